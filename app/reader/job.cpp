#include "app/reader/job.h"

#include <nlohmann/json.hpp>

#include "app/reader/memory_limit.h"
#include "core/io/label_file.h"
#include "core/io/reader_messages.h"

namespace recontour::reader {
namespace {

/// Tells the client what happens, and gives the memory that a file declares.
class Told final : public OpenProgress {
 public:
  Told(JobReport& report, std::filesystem::path folder) : report_(report), folder_(std::move(folder)) {}
  void progress(std::string_view stage, int done, int total, double secondsLeft) override {
    report_.progress(stage, done, total, secondsLeft);
  }
  void firstSlice(const FirstSlice& slice) override { report_.tell(sliceMessage(slice, folder_)); }
  bool goesOnWithFirst(const std::vector<CtSeries>& series) override {
    several = series;
    return false;
  }
  void declares(std::uint64_t bytes) override { limitMemory(bytes); }
  std::vector<CtSeries> several;

 private:
  JobReport& report_;
  std::filesystem::path folder_;
};

Json open(const std::filesystem::path& path, const std::string& series, const std::filesystem::path& folder,
          Told& told) {
  try {
    return caseMessage(openCase(path, told, {}, {series, LeaningGrid::Refused}), folder);
  } catch (const Error&) {
    if (told.several.empty()) throw;
    return {{"choose", seriesMessage(told.several)}};
  }
}

}  // namespace

Json runJob(const Json& request, JobReport& report) {
  const std::string type = request.at("type");
  const std::filesystem::path path = percentDecoded(request.at("path")), folder = percentDecoded(request.at("folder"));
  Told told(report, folder);
  if (type == "open") return open(path, request.value("series", ""), folder, told);
  if (type == "labels") return labelsMessage(readLabelValues(path, told), folder);
  throw Error("request type '" + type + "' is not known");
}

}  // namespace recontour::reader
