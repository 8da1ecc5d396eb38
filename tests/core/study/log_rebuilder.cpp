#include "tests/core/study/log_rebuilder.h"

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/session/log_record.h"
#include "core/session/session_log_reader.h"

namespace recontour {

void setMember(Event& event, const char* name, const char* json) {
  Json header = Json::parse(event.header);
  header[name] = Json::parse(json);
  event.header = header.dump();
}

void rebuildLog(const std::filesystem::path& log, const std::function<void(std::vector<Event>&)>& change) {
  auto events = readSessionLog(log).events;
  change(events);
  std::string bytes;
  Sha256Digest hash{};
  for (std::size_t i = 0; i < events.size(); ++i) {
    setMember(events[i], "seq", std::to_string(i).c_str());
    const LogRecord record = encodeRecord(events[i], hash);
    bytes += record.bytes;
    hash = record.hash;
  }
  writeFileSafely(log, bytes);
}

}  // namespace recontour
