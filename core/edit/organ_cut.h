#pragma once
// Private to core/edit: an organ's box as an array, for operations that change it as a whole.
#include <functional>

#include "core/edit/operation.h"

namespace recontour {

/// Thrown between the parts of an operation that is to end; executed() catches it.
struct OperationStopped {};
/// Tells how much of an operation is done. @throws OperationStopped when it is to end
void tellDone(const OperationInput& input, double part);
/// A part of an operation's progress as that of one filter.
OperationProgress partOf(const OperationProgress& whole, double from, double to);

/// A part of the labels as an array.
struct OrganCut {
  Box box;
  DenseBox dense;
  std::size_t offset(const Index3& inBox) const {
    return (static_cast<std::size_t>(inBox.z) * static_cast<std::size_t>(dense.size.y) +
            static_cast<std::size_t>(inBox.y)) *
               static_cast<std::size_t>(dense.size.x) +
           static_cast<std::size_t>(inBox.x);
  }
  /// Of a voxel of the grid, which lies in the box.
  std::size_t placeOf(const Index3& voxel) const {
    return offset({voxel.x - box.lower.x, voxel.y - box.lower.y, voxel.z - box.lower.z});
  }
};
/// The box with a margin in mm on every side, inside the grid; an empty one stays empty.
Box grownByMm(const Box& box, const Geometry& geometry, double marginMm);
/// The organ's box with a margin in mm, inside the grid; an empty box where there is no organ.
Box organBox(const LabelMap& labels, const Geometry& geometry, Label organ, double marginMm);
/// The labels of that box.
OrganCut cutOut(const LabelMap& labels, const Geometry& geometry, Label organ, double marginMm);

/// The array box of slices first..last of a plane, inside the grid.
Box slicesBox(const Geometry& geometry, Plane plane, int first, int last);

/// Which voxels of an array are an organ.
std::vector<bool> maskOf(const DenseBox& dense, Label organ);
/// Gives the organ to exactly the voxels of `mask`; others of it become background.
void setMask(DenseBox& dense, Label organ, const std::vector<bool>& mask);

// What they do to `input` is told at OperationKind.
void fillBetweenSlices(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void fillHoles(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void keepLargest(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void dropSmall(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void takePiece(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void addMargin(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void smooth(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void smoothAll(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void smoothByMedian(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void keepByDistance(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void copySlice(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void clearSlices(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void revert(const Operation& operation, const OperationInput& input, EditTransaction& edit);
void swapOrMerge(const Operation& operation, const OperationInput& input, EditTransaction& edit);

}  // namespace recontour
