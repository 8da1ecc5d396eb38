#pragma once
#include <bitset>
#include <cstddef>
#include <deque>
#include <functional>
#include <vector>

#include "core/image/label_layers.h"

namespace recontour {

/// One brick before and after an edit; shared, so a step costs only what it changed.
struct BrickChange {
  std::size_t number = 0;
  LabelMap::BrickPointer before, after;
  Label layer = LabelLayers::kOrgans;
};

/// What one edit changed.
struct UndoStep {
  std::vector<BrickChange> bricks;
  Box changed;                 ///< voxels that may differ
  void append(UndoStep more);  ///< which changes other bricks, or another layer
};

/// The bricks that differ between two states of one layer's map; `changed` is their boxes' union.
UndoStep differenceOf(const LabelMap& before, const LabelMap& after, Label layer = LabelLayers::kOrgans);

/// Labels that a step takes away or brings, voxel by voxel; background is none.
std::bitset<256> organsIn(const UndoStep& step);

/// Undo and redo without limit; bricks of steps may be let go and given back by the owner. Knows labels only; its owner
/// logs and redraws.
class UndoStack {
 public:
  /// Adds a step that was just done; what could be redone is gone.
  /// @param pinned  its bricks are never let go
  void push(UndoStep step, bool pinned = false);
  /// Adds a step without its bricks, which are given back before it is undone or redone; the labels have it already.
  void pushLet();
  /// Undone or done without any labels: those come from elsewhere. @param depth  at most the number of steps
  void goTo(std::size_t depth) { done_ = depth; }
  /// Lets bricks go until the rest takes no more than `bytes`, those first that came first; the last step keeps its.
  /// @param may  whether the owner can give the bricks of a step back
  void keepWithin(std::size_t bytes, const std::function<bool(std::size_t number)>& may);
  bool holds(std::size_t number) const { return !steps_[number].let; }
  void giveBack(std::size_t number, UndoStep step);  ///< what keepWithin() let go
  std::size_t bytes() const { return bytes_; }       ///< that all bricks take, were none of them shared
  bool canUndo() const { return done_ > 0; }
  bool canRedo() const { return done_ < steps_.size(); }
  int depth() const { return static_cast<int>(done_); }
  /// Undone ones included; without bricks where they were let go.
  const UndoStep& step(std::size_t number) const { return steps_[number].step; }
  /// Takes the last step back in `layers`; its bricks must be there. @return the voxels that may have changed
  Box undo(LabelLayers& layers);
  Box redo(LabelLayers& layers);

 private:
  void forgetUndone();
  struct Entry {
    UndoStep step;
    bool pinned = false;
    bool let = false;  ///< its bricks were let go
  };
  std::vector<Entry> steps_;
  std::deque<std::size_t> held_;  ///< steps with bricks that may be let go, in the order in which they came
  std::size_t done_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace recontour
