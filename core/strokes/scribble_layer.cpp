#include "core/strokes/scribble_layer.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/error.h"

namespace recontour {

const ScribbleStroke* ScribbleLayer::find(std::uint64_t id) const {
  const auto at = std::ranges::find(strokes_, id, &ScribbleStroke::id);
  return at != strokes_.end() ? &*at : nullptr;
}

std::vector<ScribbleLayer::Erased> ScribbleLayer::erased() const {
  std::vector<Erased> gone;
  for (std::size_t step = 0; step < depth_; ++step) {
    for (const ScribbleStroke& stroke : steps_[step].change.removed) gone.push_back({stroke, steps_[step].event});
  }
  std::ranges::sort(gone, {}, [](const Erased& one) { return one.stroke.id; });
  return gone;
}

std::vector<std::string> ScribbleLayer::authors() const {
  std::set<std::string> names;
  for (const ScribbleStroke& stroke : strokes_) names.insert(stroke.author);
  return {names.begin(), names.end()};
}

/// All is looked at before anything changes.
void ScribbleLayer::exchange(const ScribbleChange& change) {
  std::vector<ScribbleStroke> strokes = strokes_;
  for (const ScribbleStroke& stroke : change.removed) {
    const auto at = std::ranges::find(strokes, stroke.id, &ScribbleStroke::id);
    if (at == strokes.end()) throw Error("stroke " + std::to_string(stroke.id) + " is taken away but is not there");
    strokes.erase(at);
  }
  for (const ScribbleStroke& stroke : change.added) {
    if (stroke.points.empty()) throw Error("a stroke has no points");
    if (std::ranges::find(strokes, stroke.id, &ScribbleStroke::id) != strokes.end())
      throw Error("two strokes have number " + std::to_string(stroke.id));
    strokes.insert(std::ranges::upper_bound(strokes, stroke, liesBelow), stroke);
  }
  strokes_ = std::move(strokes);
}

void ScribbleLayer::apply(ScribbleChange change, std::uint64_t event) {
  exchange(change);
  for (const ScribbleStroke& stroke : change.added) nextId_ = std::max(nextId_, stroke.id + 1);
  steps_.resize(depth_);
  steps_.push_back({std::move(change), event});
  ++depth_;
}

ScribbleChange ScribbleLayer::undo() {
  const ScribbleChange back = steps_.at(depth_ - 1).change.reversed();
  exchange(back);
  --depth_;
  return back;
}

ScribbleChange ScribbleLayer::redo() {
  const ScribbleChange again = steps_.at(depth_).change;
  exchange(again);
  ++depth_;
  return again;
}

}  // namespace recontour
