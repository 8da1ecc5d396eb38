// Operations on slices, and those that bring labels from elsewhere.
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/edit/organ_cut.h"

namespace recontour {
namespace {

/// Replaces labels within a box, one by one.
template <typename Change>
void change(const Box& box, const LabelMap& labels, EditTransaction& edit, Change wanted) {
  if (box.empty()) return;
  DenseBox dense = labels.copy(box);
  std::ranges::transform(dense.labels, dense.labels.begin(), wanted);
  edit.write(box, dense);
}

/// The other structure stays as it is, since the organ may lie over it.
void mergeFromLayer(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  const Box box = boundingBox(*input.otherLayer, operation.other);
  if (box.empty()) return;
  const DenseBox from = input.otherLayer->copy(box);
  DenseBox dense = input.labels.copy(box);
  for (std::size_t i = 0; i < from.labels.size(); ++i) {
    if (from.labels[i] == operation.other) dense.labels[i] = operation.organ;
  }
  edit.write(box, dense);
}

}  // namespace

void copySlice(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  const Box from = slicesBox(input.geometry, operation.plane, operation.slice, operation.slice);
  const int next = operation.slice + operation.step;
  if (next < 0 || next >= AxisMap(input.geometry).slices(operation.plane)) return;
  const Box to = slicesBox(input.geometry, operation.plane, next, next);
  DenseBox copied = input.labels.copy(to);
  setMask(copied, operation.organ, maskOf(input.labels.copy(from), operation.organ));
  edit.write(to, copied);
}

void clearSlices(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  const int last = AxisMap(input.geometry).slices(operation.plane) - 1;
  const bool one = operation.kind == OperationKind::ClearSlice;
  const Box box = slicesBox(input.geometry, operation.plane, one || operation.step > 0 ? operation.slice : 0,
                            one || operation.step < 0 ? operation.slice : last);
  change(intersect(box, boundingBox(input.labels, operation.organ)), input.labels, edit,
         [&](Label label) { return label == operation.organ ? Label{0} : label; });
}

void revert(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  if (!(input.start.size() == input.labels.size())) return;
  Box box = unite(boundingBox(input.labels, operation.organ), boundingBox(input.start, operation.organ));
  const bool toOther = operation.kind == OperationKind::RevertSlices;
  const int other = toOther ? static_cast<int>(std::lround(operation.amount)) - 1 : operation.slice;
  if (operation.kind != OperationKind::RevertOrgan)
    box = intersect(box, slicesBox(input.geometry, operation.plane, std::min(operation.slice, other),
                                   std::max(operation.slice, other)));
  if (box.empty()) return;
  DenseBox dense = input.labels.copy(box);
  setMask(dense, operation.organ, maskOf(input.start.copy(box), operation.organ));
  edit.write(box, dense);
}

void swapOrMerge(const Operation& operation, const OperationInput& input, EditTransaction& edit) {
  const bool swaps = operation.kind == OperationKind::Swap;
  if (input.otherLayer && swaps)
    throw Error("structures of different layers cannot be swapped; merge takes one over into the other");
  if (input.otherLayer) return mergeFromLayer(operation, input, edit);
  const Box box = unite(boundingBox(input.labels, operation.organ), boundingBox(input.labels, operation.other));
  change(box, input.labels, edit, [&](Label label) {
    if (label == operation.other) return operation.organ;
    return swaps && label == operation.organ ? operation.other : label;
  });
}

}  // namespace recontour
