#include "core/scribble/scribble_cost.h"

#include <array>
#include <bitset>

#include "core/base/error.h"
#include "core/image/axis_map.h"
#include "core/scribble/scribble_generator.h"
#include "core/strokes/scribble_stroke.h"

namespace recontour {
namespace {

std::optional<double> ratio(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? std::optional(static_cast<double>(part) / static_cast<double>(whole)) : std::nullopt;
}

/// Counts bricks of strokes and labels; those that have neither need not be looked into.
class Tally {
 public:
  explicit Tally(const Geometry& geometry)
      : axis_(AxisMap(geometry).axes(Plane::Axial).sliceAxis),
        hasStroke_(static_cast<std::size_t>(geometry.size[axis_])),
        hasOrgan_(hasStroke_.size()) {}

  void add(const Box& box, const DenseBox& strokes, const DenseBox& organs) {
    std::size_t i = 0;
    for (Index3 at = box.lower; at.z < box.upper.z; ++at.z) {
      for (at.y = box.lower.y; at.y < box.upper.y; ++at.y) {
        for (at.x = box.lower.x; at.x < box.upper.x; ++at.x, ++i)
          count(static_cast<std::size_t>(at[axis_]), strokes.labels[i], organs.labels[i]);
      }
    }
  }

  ScribbleCost result(std::int64_t allVoxels) {
    for (std::size_t slice = 0; slice < hasStroke_.size(); ++slice) {
      cost_.drawnSlices += hasStroke_[slice].any();
      cost_.denseSlices += hasOrgan_[slice].any();
      for (std::size_t label = 1; label < costs_.size(); ++label) {
        costs_[label].drawnSlices += hasStroke_[slice][label];
        costs_[label].denseSlices += hasOrgan_[slice][label];
      }
    }
    cost_.allVoxels = allVoxels;
    cost_.backgroundVoxels = costs_[kBackgroundStroke].drawnVoxels;
    for (std::size_t label = 1; label < kBackgroundStroke; ++label) {
      costs_[label].organ = static_cast<Label>(label);
      if (costs_[label].denseVoxels > 0 || costs_[label].drawnVoxels > 0) cost_.organs.push_back(costs_[label]);
    }
    return cost_;
  }

 private:
  void count(std::size_t slice, Label stroke, Label organ) {
    if (organ != 0) {
      ++costs_[organ].denseVoxels;
      hasOrgan_[slice].set(organ);
    }
    if (stroke == 0) return;
    ++cost_.labelledVoxels;
    ++costs_[stroke].drawnVoxels;
    costs_[stroke].inOrganVoxels += stroke == organ;
    hasStroke_[slice].set(stroke);
  }
  int axis_;
  std::array<OrganCost, 256> costs_{};
  std::vector<std::bitset<256>> hasStroke_, hasOrgan_;
  ScribbleCost cost_;
};

}  // namespace

std::optional<double> OrganCost::foregroundRatio() const { return ratio(inOrganVoxels, denseVoxels); }
std::optional<double> OrganCost::sliceRatio() const { return ratio(drawnSlices, denseSlices); }
double ScribbleCost::totalRatio() const { return ratio(labelledVoxels, allVoxels).value_or(0); }
std::optional<double> ScribbleCost::sliceRatio() const { return ratio(drawnSlices, denseSlices); }

std::optional<double> ScribbleCost::foregroundRatio() const {
  std::int64_t drawn = 0, dense = 0;
  for (const OrganCost& organ : organs) {
    drawn += organ.inOrganVoxels;
    dense += organ.denseVoxels;
  }
  return ratio(drawn, dense);
}

ScribbleCost costOfRaster(const LabelMap& raster, const LabelMap& dense, const Geometry& geometry) {
  if (!(raster.size() == dense.size())) throw Error("the strokes lie on another grid than the labels");
  Tally tally(geometry);
  forEachBrickOfEither(raster, dense, [&](const Box& box, const DenseBox& strokes, const DenseBox& organs) {
    tally.add(box, strokes, organs);
  });
  return tally.result(static_cast<std::int64_t>(voxelCount(dense.size())));
}

ScribbleCost scribbleCost(const LabelMap& scribbles, const LabelMap& dense, const Geometry& geometry) {
  return costOfRaster(withBackgroundSwapped(scribbles), dense, geometry);
}

}  // namespace recontour
