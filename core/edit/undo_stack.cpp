#include "core/edit/undo_stack.h"

#include <utility>

namespace recontour {
namespace {

/// What it brings to memory: the bricks before it. Those after it are the map's, or those before a later step.
std::size_t bytesOf(const UndoStep& step) {
  return step.bricks.size() * (sizeof(LabelMap::Brick) + sizeof(BrickChange));
}

}  // namespace

void UndoStep::append(UndoStep more) {
  bricks.insert(bricks.end(), more.bricks.begin(), more.bricks.end());
  changed = unite(changed, more.changed);
}

UndoStep differenceOf(const LabelMap& before, const LabelMap& after, Label layer) {
  UndoStep step;
  for (std::size_t number = 0; number < after.brickCount(); ++number) {
    if (before.brick(number) == after.brick(number)) continue;
    step.bricks.push_back({number, before.brick(number), after.brick(number), layer});
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

void UndoStack::forgetUndone() {
  for (std::size_t number = done_; number < steps_.size(); ++number) bytes_ -= bytesOf(steps_[number].step);
  std::erase_if(held_, [this](std::size_t number) { return number >= done_; });
  steps_.resize(done_);
}

void UndoStack::pushLet() {
  forgetUndone();
  steps_.push_back({.step = {}, .pinned = false, .let = true});
  ++done_;
}

void UndoStack::push(UndoStep step, bool pinned) {
  forgetUndone();
  bytes_ += bytesOf(step);
  steps_.push_back({std::move(step), pinned});
  if (!pinned) held_.push_back(done_);
  ++done_;
}

void UndoStack::keepWithin(std::size_t bytes, const std::function<bool(std::size_t)>& may) {
  while (bytes_ > bytes && held_.size() > 1 && may(held_.front())) {
    Entry& entry = steps_[held_.front()];
    held_.pop_front();
    bytes_ -= bytesOf(entry.step);
    entry.step.bricks = {};
    entry.let = true;
  }
}

void UndoStack::giveBack(std::size_t number, UndoStep step) {
  bytes_ += bytesOf(step);
  steps_[number] = {std::move(step)};
  held_.push_back(number);
}

Box UndoStack::undo(LabelLayers& layers) {
  const UndoStep& step = steps_[--done_].step;
  for (const BrickChange& change : step.bricks) layers.layer(change.layer).setBrick(change.number, change.before);
  return step.changed;
}

Box UndoStack::redo(LabelLayers& layers) {
  const UndoStep& step = steps_[done_++].step;
  for (const BrickChange& change : step.bricks) layers.layer(change.layer).setBrick(change.number, change.after);
  return step.changed;
}

}  // namespace recontour
