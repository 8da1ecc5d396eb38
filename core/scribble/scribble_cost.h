#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"

namespace recontour {

/// What strokes of one organ take beside its dense labels.
struct OrganCost {
  Label organ = 0;
  std::int64_t drawnVoxels = 0, inOrganVoxels = 0, denseVoxels = 0;
  int drawnSlices = 0, denseSlices = 0;           ///< axial
  std::optional<double> foregroundRatio() const;  ///< strokes in the organ by its voxels; none without such
  std::optional<double> sliceRatio() const;
};

struct ScribbleCost {
  std::vector<OrganCost> organs;  ///< those that either map has, by label
  std::int64_t labelledVoxels = 0, backgroundVoxels = 0, allVoxels = 0;
  int drawnSlices = 0, denseSlices = 0;  ///< axial, with any stroke (background too) and with any organ
  double totalRatio() const;             ///< voxels with a stroke, background included, by all
  std::optional<double> sliceRatio() const;
  std::optional<double> foregroundRatio() const;  ///< of all organs together: WORD's "less than 4 %"
};

/// @param scribbles  0 background stroke, kUnlabelled none; on the grid of `dense`. @throws Error when it is not
ScribbleCost scribbleCost(const LabelMap& scribbles, const LabelMap& dense, const Geometry& geometry);
/// The same of a raster of strokes (ScribbleRaster), at the cost of the bricks that have strokes or labels.
ScribbleCost costOfRaster(const LabelMap& raster, const LabelMap& dense, const Geometry& geometry);

}  // namespace recontour
