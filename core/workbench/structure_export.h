#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/image/label_layers.h"
#include "core/io/structure_job.h"
#include "core/session/start_summary.h"
#include "core/session/structure_source.h"
#include "core/structures/contour_trace.h"

namespace recontour {

/// All that a revision's structure set follows from; a snapshot, for any thread.
struct StructureExport {
  Case ct;  ///< without its voxels
  OrganTable organs;
  LabelLayers labels;
  std::bitset<256> edited;                  ///< organs with edits that are not undone
  std::vector<StartSummary> starts;         ///< those that are not undone
  std::optional<StructureSource> source;    ///< the file that was revised
  std::optional<LabelLayers> sourceLabels;  ///< its structures as they came
  bool fromSegmentation = false;            ///< the contours came from a SEG
  std::filesystem::path predecessor;        ///< where that file is; empty: a set of its own is written
  std::string reader;
  std::string date, time;  ///< YYYYMMDD, HHMMSS
  std::string uidRoot = "2.25";
  std::optional<StructureSetFacts::Approval> approval;
  ContourStyle style;
};

/// The structure set of a revision. With a predecessor: an ROI whose voxels are as they came is not touched; of the
/// others the slices that differ are written anew; organs that it has no ROI for are added. Without: every structure
/// that has voxels.
StructureSetJob structureSetJobOf(const StructureExport& revision);

/// The SEG of a revision.
SegToWrite segmentationOf(const StructureExport& revision);

/// Slices (array z) in which each label of `after` has other voxels than in `before`, which is of the same grid; labels
/// without any are not in it. One pass over the bricks that differ.
std::map<Label, std::set<int>> changedSlices(const LabelLayers& before, const LabelLayers& after);

}  // namespace recontour
