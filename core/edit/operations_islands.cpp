// Operations on connected parts.
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
  const Index3 at = input.geometry.nearestVoxel(operation.atMm);
  if (!input.geometry.box().contains(at)) return;
  const Label there = input.labels.at(at);
  if (there == 0 || there == operation.organ) return;
  OrganCut cut = cutOut(input.labels, input.geometry, there, 0);
  const auto numbers = islandNumbers(cut.dense, there);
  const Index3 inBox{at.x - cut.box.lower.x, at.y - cut.box.lower.y, at.z - cut.box.lower.z};
  const int wanted = numbers[cut.offset(inBox)];
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] == wanted) cut.dense.labels[i] = operation.organ;
  }
  edit.write(cut.box, cut.dense);
}

}  // namespace recontour
