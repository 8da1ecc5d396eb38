#pragma once
#include <map>
#include <optional>
#include <vector>

#include "core/image/organ_table.h"
#include "core/scribble/scribble_cost.h"
#include "core/strokes/scribble_layer.h"

namespace recontour {

/// How far the strokes of a case have come.
struct ScribbleCoverage {
  std::map<Label, int> strokes;              ///< of each label that has any; 0 is background
  double lengthMm = 0;                       ///< of all lines
  std::vector<Label> without;                ///< organs of the table that have none, in its order
  std::map<int, std::vector<Label>> slices;  ///< axial slices with voxels of strokes, and the labels there
  int sliceCount = 0;                        ///< of the scan
  ScribbleCost cost;                         ///< beside the labels there are; of none its ratios are absent
};

/// @param raster  of these strokes. @param labels  on its grid; they count as the dense ones
ScribbleCoverage coverageOf(const std::vector<ScribbleStroke>& strokes, const LabelMap& raster, const LabelMap& labels,
                            const Geometry& geometry, const OrganTable& organs);

}  // namespace recontour
