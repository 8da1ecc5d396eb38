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
