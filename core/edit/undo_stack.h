#pragma once
#include <bitset>
#include <cstddef>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

/// One brick before and after an edit; shared, so a step costs only what it changed.
struct BrickChange {
  std::size_t number = 0;
  LabelMap::BrickPointer before, after;
};

/// What one edit changed.
struct UndoStep {
  std::vector<BrickChange> bricks;
  Box changed;  ///< voxels that may differ
};

/// The bricks that differ between two states of one map; `changed` is their boxes' union.
UndoStep differenceOf(const LabelMap& before, const LabelMap& after);

/// Labels that a step takes away or brings, voxel by voxel; background is none.
std::bitset<256> organsIn(const UndoStep& step);

/// Undo and redo without limit. Knows labels only; its owner logs and redraws.
class UndoStack {
 public:
  /// Adds a step that was just done; what could be redone is gone.
  void push(UndoStep step);
  bool canUndo() const { return done_ > 0; }
  bool canRedo() const { return done_ < steps_.size(); }
  int depth() const { return static_cast<int>(done_); }
  const UndoStep& step(std::size_t number) const { return steps_[number]; }  ///< undone ones included
  /// Takes the last step back in `map`. @return the voxels that may have changed
  Box undo(LabelMap& map);
  Box redo(LabelMap& map);

 private:
  std::vector<UndoStep> steps_;
  std::size_t done_ = 0;
};

}  // namespace recontour
