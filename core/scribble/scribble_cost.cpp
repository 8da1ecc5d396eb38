#include "core/scribble/scribble_cost.h"

#include <array>
#include <bitset>

#include "core/base/error.h"
#include "core/image/axis_map.h"
#include "core/scribble/scribble_generator.h"

namespace recontour {
namespace {

std::optional<double> ratio(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? std::optional(static_cast<double>(part) / static_cast<double>(whole)) : std::nullopt;
}

}  // namespace

std::optional<double> OrganCost::foregroundRatio() const { return ratio(inOrganVoxels, denseVoxels); }
std::optional<double> OrganCost::sliceRatio() const { return ratio(drawnSlices, denseSlices); }
double ScribbleCost::totalRatio() const { return ratio(labelledVoxels, allVoxels).value_or(0); }

std::optional<double> ScribbleCost::foregroundRatio() const {
  std::int64_t drawn = 0, dense = 0;
  for (const OrganCost& organ : organs) {
    drawn += organ.inOrganVoxels;
    dense += organ.denseVoxels;
  }
  return ratio(drawn, dense);
}

ScribbleCost scribbleCost(const LabelMap& scribbles, const LabelMap& dense, const Geometry& geometry) {
  if (!(scribbles.size() == dense.size())) throw Error("the strokes lie on another grid than the labels");
  const int axis = AxisMap(geometry).axes(Plane::Axial).sliceAxis;
  std::array<OrganCost, 256> costs{};
  ScribbleCost cost;
  cost.allVoxels = static_cast<std::int64_t>(voxelCount(dense.size()));
  for (int slice = 0; slice < dense.size()[axis]; ++slice) {
    Box box = geometry.box();
    box.lower[axis] = slice;
    box.upper[axis] = slice + 1;
    const DenseBox drawn = scribbles.copy(box), truth = dense.copy(box);
    std::bitset<256> hasStroke, hasOrgan;
    for (std::size_t i = 0; i < drawn.labels.size(); ++i) {
      const Label stroke = drawn.labels[i], organ = truth.labels[i];
      ++costs[organ].denseVoxels;
      hasOrgan.set(organ);
      if (stroke == kUnlabelled) continue;
      ++cost.labelledVoxels;
      ++costs[stroke].drawnVoxels;
      costs[stroke].inOrganVoxels += stroke == organ;
      hasStroke.set(stroke);
    }
    for (std::size_t label = 0; label < 256; ++label) {
      costs[label].drawnSlices += hasStroke[label];
      costs[label].denseSlices += hasOrgan[label];
    }
  }
  cost.backgroundVoxels = costs[0].drawnVoxels;
  for (std::size_t label = 1; label < kUnlabelled; ++label) {
    costs[label].organ = static_cast<Label>(label);
    if (costs[label].denseVoxels > 0 || costs[label].drawnVoxels > 0) cost.organs.push_back(costs[label]);
  }
  return cost;
}

}  // namespace recontour
