#include <cstring>

#include <nlohmann/json.hpp>

#include "core/session/edit_times.h"
#include "core/session/log_record.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "tests/fuzz/fuzz_file.h"

namespace {

using namespace recontour;

void read(const std::filesystem::path& path) {
  expectErrorOrNone([&] { readSessionLog(path); });
  expectErrorOrNone([&] { replay(path); });
}

/// Length, checksum and hash hold chance off; so each line of the trial also becomes an event that has them right.
std::string logOf(const std::string& lines) {
  std::string log;
  Sha256Digest previous{};
  std::uint64_t sequence = 0;
  for (std::size_t at = 0; at < lines.size();) {
    const auto end = std::min(lines.find('\n', at), lines.size());
    const std::string line = lines.substr(at, end - at);
    const auto payload = std::min(line.find('\t'), line.size());
    Event event;
    event.sequence = sequence++;
    event.header = line.substr(0, payload);
    event.payload = payload < line.size() ? line.substr(payload + 1) : "";
    const LogRecord record = encodeRecord(event, previous);
    log += record.bytes;
    previous = record.hash;
    at = end + 1;
  }
  return log;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const FuzzFile file(".rclog");
  read(file.holding(data, size));
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    const std::string log = logOf(text);
    read(file.holding(reinterpret_cast<const std::uint8_t*>(log.data()), log.size()));
  } catch (const nlohmann::json::exception&) {  // a line that is no header
  }
  return 0;
}
