#pragma once
#include <memory>
#include <optional>
#include <unordered_map>

#include "core/edit/correction_inputs.h"
#include "core/edit/edit_transaction.h"
#include "core/edit/geodesic_growth.h"
#include "core/image/volume.h"

namespace recontour {

/// A correction by strokes that say what lies where; the labels around them are solved anew as they are drawn, and all
/// of it is one edit. The labels before it are what stays out of reach. Lives on the GUI thread, beside the transaction
/// that it writes into, whose labels nobody else changes meanwhile.
class Correction {
 public:
  /// What a correction works on. `labels` are those before it.
  struct Ground {
    LabelMap labels;
    Volume volume;
    AxisMap axisMap;
    LabelSet locked = {};
    bool readOnly = false;
    LabelLayers layers = {};  ///< all of them, where `inside` of the rules may lie in another than `labels`
  };
  /// @param inputs  without strokes
  Correction(CorrectionInputs inputs, Ground ground);
  ~Correction();

  // Each returns the voxels that may have changed.
  Box beginStroke(Label label, const PointerSample& at, EditTransaction& edit);
  Box continueStroke(const PointerSample& to, EditTransaction& edit);
  Box endStroke(EditTransaction& edit);
  Box takeBackStroke(EditTransaction& edit);                                           ///< the last one
  Box drawAgain(const std::vector<CorrectionStroke>& strokes, EditTransaction& edit);  ///< these and no others
  /// Method, reach and rules for all strokes so far and to come; `settings` may have strokes, which do not count.
  Box setSettings(const CorrectionInputs& settings, EditTransaction& edit);

  const CorrectionInputs& inputs() const { return inputs_; }
  /// Why the last stroke took none of the voxels that it ran over; None where it took one.
  Refusal refusal() const { return tookSeed_ ? Refusal::None : refusal_; }
  /// Why it took some of them alone.
  Refusal heldBack() const { return tookSeed_ ? refusal_ : Refusal::None; }
  WriteFilter lockFilter() const;  ///< of the transaction; all else is seen to here

 private:
  class Line;
  /// Labels of a part of one slice, as a cut left them.
  struct SliceCut {
    Box box;
    std::vector<Label> labels;
  };
  void draw(Line& line, const Box& drawn, Label label);
  void forgetStrokes();
  Box solve(EditTransaction& edit);
  void startGrowth();
  void cutSlices();
  SliceCut cutSlice(Plane plane, int slice) const;
  std::optional<Label> solvedAt(const Index3& voxel) const;
  Box show(const Box& box, EditTransaction& edit);
  std::vector<bool> passable(const Box& box) const;
  Box reachOf(const Box& box, double reachMm) const;

  CorrectionInputs inputs_;
  Ground ground_;
  WriteFilter filter_;  ///< all that holds, by the labels before the correction
  std::unique_ptr<Line> line_;
  std::unordered_map<std::size_t, Label> seeds_;  ///< by place in the grid, x fastest; of all strokes
  Box seedBox_;
  Box shownBox_;  ///< where labels may differ from before
  std::optional<GeodesicGrowth> growth_;
  std::vector<SliceCut> cuts_;
  Refusal refusal_ = Refusal::None;
  bool tookSeed_ = false;  ///< of the last stroke
};

/// Solves a correction again in `edit`. @return the voxels that may have changed
Box execute(const CorrectionInputs& inputs, const Correction::Ground& ground, EditTransaction& edit);

}  // namespace recontour
