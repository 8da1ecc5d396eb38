#pragma once
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/image/label_values.h"
#include "core/io/open_case.h"
#include "core/structures/structure_set.h"

namespace recontour {

struct SegToWrite;
struct StructureSetJob;

/// The structures of an RTSTRUCT or a SEG.
struct ReadStructures {
  std::string kind;              ///< "rtstruct" or "seg"
  std::string sha256;            ///< of the file
  StructureSet set;              ///< of a SEG: its segments as ROIs without contours
  std::vector<LabelMap> voxels;  ///< of a SEG: of each ROI on the grid, 1 where it is
};

/// Opens medical files. Blocks, so it is for background threads; may be used from several.
class FileReader {
 public:
  virtual ~FileReader() = default;
  /// As openCase() of core/io/open_case.h.
  virtual Case openCase(const std::filesystem::path& path, const std::string& series, OpenProgress& progress,
                        std::stop_token stop) = 0;
  /// The CTs directly inside a folder of DICOM files, those that can be opened first; empty when there is none.
  virtual std::vector<CtSeries> listSeries(const std::filesystem::path& folder, std::stop_token stop) = 0;
  /// An RTSTRUCT or SEG. @param grid  of the CT, which a SEG must lie on. @throws Error
  virtual ReadStructures readStructures(const std::filesystem::path& file, const Geometry& grid,
                                        std::stop_token stop) = 0;
  /// Makes a structure set, see structureSetBytes(). @return the bytes of its file. @throws Error
  virtual std::string makeStructureSet(const StructureSetJob& job, std::stop_token stop) = 0;
  /// Makes a SEG, see segmentationBytes(). @return the bytes of its file. @throws Error
  virtual std::string makeSegmentation(const SegToWrite& job, std::stop_token stop) = 0;
  /// As readLabelValues() of core/io/label_file.h.
  virtual LabelValues readLabels(const std::filesystem::path& file, std::stop_token stop) = 0;
};

/// Reads a file of structures in this process. @throws Error
ReadStructures readStructureFile(const std::filesystem::path& file, const Geometry& grid);

/// Reads in this process.
std::shared_ptr<FileReader> makeLocalReader();

}  // namespace recontour
