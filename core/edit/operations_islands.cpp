// Operations on connected parts.
#include <optional>

#include "core/edit/organ_cut.h"
#include "core/image/islands.h"

namespace recontour {
namespace {

/// Removes the parts that `stays` (number from 1 on, by size; voxels) does not want.
template <typename Stays>
void keepParts(const Operation& operation, const OperationInput& input, EditTransaction& edit, Stays stays) {
  OrganCut cut = cutOut(input.labels, input.geometry, operation.organ, 0);
  if (cut.box.empty()) return;
  const auto parts = islandsOf(cut.dense, operation.organ);
  const auto numbers = islandNumbers(cut.dense, operation.organ);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto number = static_cast<std::size_t>(numbers[i]);
    if (number > 0 && !stays(number, parts[number - 1].voxels)) cut.dense.labels[i] = 0;
  }
  edit.write(cut.box, cut.dense);
}

/// The voxel of another organ that lies nearest to `atMm`, at most one voxel away: a surface lies between voxels.
std::optional<Index3> otherOrganAt(const Operation& operation, const OperationInput& input, const Box& area) {
  const Index3 middle = input.geometry.nearestVoxel(operation.atMm);
  const Box around = intersect(grow({middle, {middle.x + 1, middle.y + 1, middle.z + 1}}, 1), area);
  std::optional<Index3> nearest;
  for (int z = around.lower.z; z < around.upper.z; ++z) {
    for (int y = around.lower.y; y < around.upper.y; ++y) {
      for (int x = around.lower.x; x < around.upper.x; ++x) {
        const Index3 at{x, y, z};
        const Label label = input.others().at(at);
        if (label == 0 || label == operation.organ) continue;
        const auto mm = [&](const Index3& voxel) { return length(input.geometry.toWorld(voxel) - operation.atMm); };
        if (!nearest || mm(at) < mm(*nearest)) nearest = at;
      }
    }
  }
  return nearest;
}

}  // namespace

void keepLargest(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  keepParts(operation, input, edit,
            [&](std::size_t number, std::int64_t) { return double(number) <= operation.amount; });
}

void dropSmall(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  const double voxelMl = input.geometry.voxelVolumeMm3() / 1000;
  keepParts(operation, input, edit,
            [&](std::size_t, std::int64_t voxels) { return double(voxels) * voxelMl >= operation.amount; });
}

void takePiece(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  Box area = input.geometry.box();
  if (operation.kind == OperationKind::TakeSlicePiece)
    area = slicesBox(input.geometry, operation.plane, operation.slice, operation.slice);
  const auto found = otherOrganAt(operation, input, area);
  if (!found) return;
  const Index3 at = *found;
  const Label there = input.others().at(at);
  OrganCut cut{intersect(area, boundingBox(input.others(), there)), {}};
  const auto numbers = islandNumbers(input.others().copy(cut.box), there);
  cut.dense = input.labels.copy(cut.box);
  const int wanted = numbers[cut.placeOf(at)];
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] == wanted) cut.dense.labels[i] = operation.organ;
  }
  edit.write(cut.box, cut.dense);
}

}  // namespace recontour
