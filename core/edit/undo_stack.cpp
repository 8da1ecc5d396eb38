#include "core/edit/undo_stack.h"

#include <utility>

namespace recontour {

UndoStep differenceOf(const LabelMap& before, const LabelMap& after) {
  UndoStep step;
  for (std::size_t number = 0; number < after.brickCount(); ++number) {
    if (before.brick(number) == after.brick(number)) continue;
    step.bricks.push_back({number, before.brick(number), after.brick(number)});
    step.changed = unite(step.changed, after.brickBox(number));
  }
  return step;
}

std::bitset<256> organsIn(const UndoStep& step) {
  static const LabelMap::Brick kEmpty;
  std::bitset<256> organs;
  for (const BrickChange& change : step.bricks) {
    const auto& before = change.before.get() != nullptr ? change.before.get()->labels : kEmpty.labels;
    const auto& after = change.after.get() != nullptr ? change.after.get()->labels : kEmpty.labels;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i] != after[i]) organs.set(before[i]).set(after[i]);
    }
  }
  return organs.reset(0);
}

void UndoStack::push(UndoStep step) {
  steps_.resize(done_);
  steps_.push_back(std::move(step));
  ++done_;
}

Box UndoStack::undo(LabelMap& map) {
  const UndoStep& step = steps_[--done_];
  for (const BrickChange& change : step.bricks) map.setBrick(change.number, change.before);
  return step.changed;
}

Box UndoStack::redo(LabelMap& map) {
  const UndoStep& step = steps_[done_++];
  for (const BrickChange& change : step.bricks) map.setBrick(change.number, change.after);
  return step.changed;
}

}  // namespace recontour
