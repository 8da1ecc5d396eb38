#include <nlohmann/json.hpp>

#include "core/base/helper_client.h"
#include "core/io/reader_messages.h"
#include "core/predict/job_messages.h"
#include "tests/fuzz/fuzz_file.h"

namespace {

using namespace recontour;

/// What is wrong with a message is an Error, or an exception of the JSON library, which the clients turn into one.
template <typename Trial>
void expectRefusalOrNone(Trial&& trial) {
  try {
    expectErrorOrNone(trial);
  } catch (const nlohmann::json::exception&) {
  }
}

}  // namespace

/// A helper's answer, as its clients read it. The job folder is empty.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const OrganTable organs = OrganTable::named("word");
  Json message;
  expectErrorOrNone([&] { message = parseJson({reinterpret_cast<const char*>(data), size}, "message"); });
  const std::filesystem::path folder = "/nowhere";
  expectRefusalOrNone([&] { readCase(message, folder); });
  expectRefusalOrNone([&] { readSlice(message, folder); });
  expectRefusalOrNone([&] { readLabelsMessage(message, folder); });
  expectRefusalOrNone([&] { readSeries(message); });
  expectRefusalOrNone([&] { readPrediction(message, folder, {2, 2, 2}, organs); });
  expectRefusalOrNone([&] {
    NoProgress quiet;
    tellProgress(message, quiet);
  });
  expectRefusalOrNone([&] { percentDecoded(std::string(reinterpret_cast<const char*>(data), size)); });
  return 0;
}
