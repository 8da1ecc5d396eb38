#include "models/engine/pickle_stack.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr std::size_t kMostValues = 4'000'000;
constexpr int kDeepest = 256;  // LibTorch's own functions call themselves for each level

void require(bool holds, const std::string& cause) {
  if (!holds) throw Error(cause);
}

void requireRoom(std::size_t size) {
  require(size < kMostValues, "has more than " + std::to_string(kMostValues) + " values");
}

}  // namespace

void PickleStack::push(PickleValue value) {
  requireRoom(values_.size());
  values_.push_back(std::move(value));
  pushAgain(static_cast<std::uint32_t>(values_.size() - 1));
}

void PickleStack::pushNamed(PickleKind kind, std::string name) {
  names_.push_back(std::move(name));
  push(PickleValue{kind, 0, names_.back()});
}

void PickleStack::pushAgain(std::uint32_t place) {
  requireRoom(stack_.size());
  stack_.push_back(place);
}

std::uint32_t PickleStack::pop() {
  require(stack_.size() > (marks_.empty() ? 0 : marks_.back()), "takes a value from an empty stack");
  const std::uint32_t last = stack_.back();
  stack_.pop_back();
  return last;
}

PickleValue& PickleStack::top() {
  require(!stack_.empty(), "uses a value of an empty stack");
  return values_[stack_.back()];
}

void PickleStack::mark() {
  requireRoom(marks_.size());
  marks_.push_back(stack_.size());
}

std::vector<std::uint32_t> PickleStack::sinceMark() {
  require(!marks_.empty(), "has no mark where one is needed");
  const auto start = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  marks_.pop_back();
  std::vector<std::uint32_t> items(start, stack_.end());
  stack_.erase(start, stack_.end());
  return items;
}

void PickleStack::put(std::uint32_t owner, const std::vector<std::uint32_t>& items) {
  PickleValue& container = values_[owner];
  require(!container.complete, "changes a value that lies in another one");
  for (const std::uint32_t item : items) {
    require(item != owner, "has a value that holds itself");
    values_[item].complete = true;
    container.depth = std::max(container.depth, values_[item].depth + 1);
    container.children.push_back(item);
  }
  require(container.depth <= kDeepest, "is nested deeper than " + std::to_string(kDeepest) + " levels");
}

void PickleStack::pushTuple(const std::vector<std::uint32_t>& items) {
  push(PickleKind::Tuple);
  put(stack_.back(), items);
}

void PickleStack::pushTuple(int count) {
  std::vector<std::uint32_t> items(static_cast<std::size_t>(count));
  for (std::size_t i = items.size(); i-- > 0;) items[i] = pop();
  pushTuple(items);
}

void PickleStack::addToTop(PickleKind kind, const std::vector<std::uint32_t>& items) {
  require(top().kind == kind, "adds to a value of another kind");
  require(kind != PickleKind::Dict || items.size() % 2 == 0, "has a key without a value");
  put(stack_.back(), items);
}

void PickleStack::remember(std::uint64_t slot) {
  require(slot <= memory_.size(), "leaves out numbers in its memory");
  require(!stack_.empty(), "uses a value of an empty stack");
  if (slot == memory_.size()) memory_.push_back(0);
  memory_[slot] = stack_.back();
}

void PickleStack::recall(std::uint64_t slot) {
  require(slot < memory_.size(), "recalls a value that it has not stored");
  pushAgain(memory_[slot]);
}

}  // namespace recontour
