#pragma once
#include <string>

#include "core/edit/edit_target.h"
#include "core/edit/write_filter.h"

namespace recontour {

/// The only way to change labels, those of one layer. Filters every write by locks, editable area and overwrite mode.
/// Lives from press to release on the GUI thread; its target must outlive it. Ends by commit() or cancel(); when
/// destroyed before either, it cancels.
class EditTransaction {
 public:
  /// @param layer  that it changes; all others stay as they are
  EditTransaction(EditTarget& target, std::string name, WriteFilter filter, Label layer = LabelLayers::kOrgans);
  ~EditTransaction();
  EditTransaction(const EditTransaction&) = delete;
  EditTransaction& operator=(const EditTransaction&) = delete;

  /// Labels voxels x0..x1 (inclusive) of row (y, z); parts outside the grid are left out.
  /// @return the box that really changed, empty if none
  Box paintRow(int y, int z, int x0, int x1, Label label);
  /// Writes `labels` over `box` (same size); for operations that worked on a dense copy.
  Box write(const Box& box, const DenseBox& labels);
  const LabelMap& labels() const { return target_.editableLabels(layer_); }
  const Geometry& geometry() const { return target_.geometry(); }
  const Box& changedBox() const { return changed_; }
  /// The weightiest reason why a write was held back.
  Refusal refusal() const { return refusal_; }
  /// Whether a voxel of the grid may get the label, or has it.
  bool allows(const Index3& at, Label label) const;

  /// Makes it one undo step and one event of the log; nothing happens if no voxel changed.
  /// @param inputs  JSON of the tool's inputs, see EditRecord
  void commit(std::string inputs = {});
  void cancel();  ///< restores the labels as they were at the start

 private:
  template <typename WantedAt>
  Box writeRow(int y, int z, int x0, int x1, WantedAt wantedAt);
  EditTarget& target_;
  std::string name_;
  Label layer_;
  WriteFilter filter_;
  LabelMap before_;  // shares its bricks with the target until they are written
  Box changed_;
  Refusal refusal_ = Refusal::None;
  bool open_ = true;
};

}  // namespace recontour
