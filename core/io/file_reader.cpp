#include "core/io/file_reader.h"

#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/dicom_series.h"
#include "core/io/label_file.h"
#include "core/io/rtstruct_file.h"
#include "core/io/seg_file.h"
#include "core/io/structure_job.h"

namespace recontour {
namespace {

class LocalReader final : public FileReader {
 public:
  Case openCase(const std::filesystem::path& path, const std::string& series, OpenProgress& progress,
                std::stop_token stop) override {
    return recontour::openCase(path, progress, std::move(stop), {series, LeaningGrid::Refused});
  }
  std::vector<CtSeries> listSeries(const std::filesystem::path& folder, std::stop_token stop) override {
    OpenProgress nothing;
    return ctSeriesIn(*openFolder(folder), nothing, std::move(stop));
  }
  ReadStructures readStructures(const std::filesystem::path& file, const Geometry& grid, std::stop_token) override {
    return readStructureFile(file, grid);
  }
  std::string makeSegmentation(const SegToWrite& job, std::stop_token) override { return segmentationJobBytes(job); }
  std::string makeStructureSet(const StructureSetJob& job, std::stop_token) override { return structureSetBytes(job); }
  LabelValues readLabels(const std::filesystem::path& file, std::stop_token) override {
    OpenProgress nothing;
    return readLabelValues(file, nothing);
  }
};

}  // namespace

ReadStructures readStructureFile(const std::filesystem::path& file, const Geometry& grid) {
  const std::string bytes = readWholeFile(file);
  DicomDataset dataset = DicomDataset::parse(file, bytes);
  if (!isSegmentation(dataset)) return {"rtstruct", sha256Hex(bytes), structureSetOf(dataset), {}};
  SegmentSet segments = parseSegmentation(file, bytes, grid);
  ReadStructures read{"seg", sha256Hex(bytes), structureSetOf(segments), {}};
  for (Segment& segment : segments.segments) read.voxels.push_back(std::move(segment.voxels));
  return read;
}

std::shared_ptr<FileReader> makeLocalReader() { return std::make_shared<LocalReader>(); }

}  // namespace recontour
