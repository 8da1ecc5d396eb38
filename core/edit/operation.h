#pragma once
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "core/edit/edit_rules.h"
#include "core/edit/edit_transaction.h"
#include "core/image/axis_map.h"

namespace recontour {

/// Edits without a pointer's path. What each does to the organ is told at its function.
enum class OperationKind {
  FillBetweenSlices,  ///< plane: shapes between the slices that are drawn
  FillHoles,          ///< plane: background that the organ encloses on a slice
  KeepLargest,        ///< all but the largest `amount` connected parts go
  DropSmall,          ///< connected parts below `amount` mL go
  TakePiece,          ///< the connected part of another organ at `atMm`, or beside it, becomes the organ
  TakeSlicePiece,     ///< plane, slice: the same of what is connected on that slice
  Margin,             ///< grows by `amount` mm, shrinks where it is negative
  Smooth,             ///< Gaussian of `amount` mm, cut at one half
  SmoothAll,          ///< the same of all organs together: no gaps, no overlaps
  Median,             ///< each voxel as most within `amount` mm along the axes: spikes go, edges stay
  CopySlice,          ///< plane, slice: as it is there, on the next slice (step 1) or the previous one (step -1)
  ClearSlice,         ///< plane, slice
  ClearFrom,          ///< plane, slice and all beyond it (step 1: rising slice numbers)
  RevertOrgan,        ///< as it was at the start
  RevertSlice,        ///< plane, slice: the same there alone
  RevertSlices,       ///< plane, slice: the same from there to slice number `amount`, counted from 1
  Swap,               ///< with `other`
  Merge,              ///< `other` becomes the organ
  KeepAway,           ///< what lies within `amount` mm of `other` is taken away
  KeepNear,           ///< what lies farther than `amount` mm from `other` is taken away
};
inline constexpr int kOperationKinds = static_cast<int>(OperationKind::KeepNear) + 1;
const char* operationName(OperationKind kind);  ///< "fill between slices", ...: of the log's event

struct Operation {
  OperationKind kind = OperationKind::FillHoles;
  Label organ = 1, other = 0;
  double amount = 0;
  Plane plane = Plane::Axial;
  int slice = -1;  ///< none, for what is not about a slice
  int step = 1;
  Point3 atMm = {};
  friend bool operator==(const Operation&, const Operation&) = default;
};

std::string toJson(const Operation& operation, const EditRules& rules);
struct LoggedOperation {
  Operation operation;
  EditRules rules;
};
/// @throws Error when the text is not such an operation
LoggedOperation operationFrom(const std::string& json);

/// Follows an operation, on the thread that it runs on or one that it started.
struct OperationProgress {
  std::function<void(double part)> report = {};  ///< of 1
  std::stop_token stop = {};                     ///< looked at between the parts of what takes long
};

/// What an operation works on; values, so it may run on any thread.
struct OperationInput {
  LabelMap labels;  ///< of the layer that it changes
  LabelMap start;   ///< what RevertOrgan and RevertSlice go back to; may be without a grid
  Geometry geometry;
  WriteFilter filter;
  OperationProgress progress = {};
  /// Labels that `other`, or a piece to take, lies in where that is another layer. They stay as they are.
  std::optional<LabelMap> otherLayer = {};
  const LabelMap& others() const { return otherLayer ? *otherLayer : labels; }
};
/// The layer that an operation changes.
Label layerOf(const Operation& operation, const LabelLayers& layers);
/// What an operation works on in these layers, but for filter and progress.
OperationInput inputOf(const Operation& operation, const LabelLayers& layers, const LabelLayers& start,
                       const Geometry& geometry);

struct OperationResult {
  LabelMap labels;                  ///< as they were where the operation was stopped
  Refusal refusal = Refusal::None;  ///< why voxels were held back, if any were
  bool stopped = false;
};
/// The labels after the operation. What it paints passes the filter, voxel by voxel. @throws Error from a filter
OperationResult executed(const Operation& operation, const OperationInput& input);

}  // namespace recontour
