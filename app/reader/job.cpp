#include "app/reader/job.h"

#include <nlohmann/json.hpp>

#include "app/reader/memory_limit.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/image/job_files.h"
#include "core/io/dicom_series.h"
#include "core/io/file_reader.h"
#include "core/io/label_file.h"
#include "core/io/reader_messages.h"
#include "core/io/structure_job.h"
#include "core/structures/structure_files.h"

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

Json series(const std::filesystem::path& path, const std::filesystem::path& folder, Told& told) {
  const Json list = seriesMessage(ctSeriesIn(*openFolder(path), told, {}));
  writeFileSafely(folder / kSeriesFile, list.dump(-1, ' ', false, Json::error_handler_t::replace));  // any bytes
  return {{"file", kSeriesFile}};
}

constexpr const char* kMadeFile = "made.dcm";
constexpr std::uint64_t kGridsInMemory = 16;  // label maps of a CT that a SEG may need at once
constexpr std::uint64_t kBytesInMemory = 12;  // for each byte of a structure set: numbers as text, and DCMTK's own

std::uint64_t bytesOf(const std::filesystem::path& file) {
  std::error_code missing;
  const auto bytes = std::filesystem::file_size(file, missing);
  return missing ? 0 : bytes;
}

Json structures(const Json& request, const std::filesystem::path& path, const std::filesystem::path& folder,
                Told& told) {
  const Geometry grid = geometryOf(request.at("geometry"));
  told.declares(kBytesInMemory * bytesOf(path) + kGridsInMemory * voxelCount(grid.size));
  const ReadStructures read = readStructureFile(path, grid);
  Json result = structureSetMessage(read.set, folder);
  result["kind"] = read.kind;
  result["sha256_of_file"] = read.sha256;
  for (std::size_t i = 0; i < read.voxels.size(); ++i)
    result["voxels"].push_back(labelBoxMessage(read.voxels[i], folder, "segment-" + std::to_string(i) + ".u8"));
  return result;
}

Json made(const std::string& bytes, const std::filesystem::path& folder) {
  writeFileSafely(folder / kMadeFile, bytes);
  return {{"file", kMadeFile}, {"sha256", sha256Hex(bytes)}};
}

Json writeStructures(const Json& request, const std::filesystem::path& folder, Told& told) {
  const auto contours = folder / plainName(request.at("contours"));
  told.declares(kBytesInMemory * (bytesOf(percentDecoded(request.at("path"))) + bytesOf(contours)));
  return made(structureSetBytes(structureSetJobOf(request, folder)), folder);
}

Json writeSegmentation(const Json& request, const std::filesystem::path& folder, Told& told) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) bytes += bytesOf(entry.path());
  told.declares(kBytesInMemory * bytes);
  return made(segmentationJobBytes(segmentationJobOf(request, folder)), folder);
}

}  // namespace

Json runJob(const Json& request, JobReport& report) {
  const std::string type = request.at("type");
  const std::filesystem::path path = percentDecoded(request.at("path")), folder = percentDecoded(request.at("folder"));
  Told told(report, folder);
  if (type == "open") return open(path, request.value("series", ""), folder, told);
  if (type == "series") return series(path, folder, told);
  if (type == "structures") return structures(request, path, folder, told);
  if (type == "write_structures") return writeStructures(request, folder, told);
  if (type == "write_segmentation") return writeSegmentation(request, folder, told);
  if (type == "labels") return labelsMessage(readLabelValues(path, told), folder);
  throw Error("request type '" + type + "' is not known");
}

}  // namespace recontour::reader
