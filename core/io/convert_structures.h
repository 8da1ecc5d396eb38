#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/image/label_values.h"
#include "core/structures/contour_trace.h"
#include "core/structures/flattened.h"

namespace recontour {

/// What a file of structures is.
enum class StructureFormat { LabelMap, StructureSet, Segmentation };
/// By ending and content; none for what holds no structures, such as a CT. @throws Error when it cannot be read
std::optional<StructureFormat> structureFormatOf(const std::filesystem::path& file);

struct StructureConversion {
  std::filesystem::path source, target;
  StructureFormat targetFormat = StructureFormat::LabelMap;
  std::filesystem::path ct;  ///< CT or label map whose grid it takes; RTSTRUCT needs one, others may have their own
  OrganTable organs;
  std::optional<LabelValueTable> values;       ///< what a label map's values mean; without it they are labels
  std::map<std::string, std::string> roiKeys;  ///< organ by ROI name, where names alone do not say it
  std::optional<OverlapWinner> onOverlap;      ///< for a label map; none: refused, with what each pair would lose
  double fractionalThreshold = 0.5;            ///< of a fractional SEG: from this part of a voxel on it counts
  std::string date, time;                      ///< YYYYMMDD, HHMMSS: of what is written as DICOM
  ContourStyle contours;                       ///< of an RTSTRUCT
  std::string uidRoot = "2.25";
};

/// Writes label maps, RTSTRUCT and SEG in one another's format. @return what people should know, in particular what did
/// not map to an organ. @throws Error; the target is then untouched
std::vector<std::string> convertStructures(const StructureConversion& conversion, ProgressSink& progress,
                                           std::stop_token stop);

}  // namespace recontour
