#include "core/edit/correction.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/edit/brush_tool.h"
#include "core/edit/grab_cut.h"
#include "core/edit/organ_cut.h"
#include "core/edit/scratch_target.h"

namespace recontour {
namespace {

constexpr double kAheadMm = 15;  // of a stroke that goes on, before growth starts anew

template <typename Visit>
void forEachVoxel(const Box& box, Visit visit) {
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      for (int x = box.lower.x; x < box.upper.x; ++x) visit(Index3{x, y, z});
    }
  }
}

bool onRim(const Index3& voxel, const Box& box, int sliceAxis) {
  for (int axis = 0; axis < 3; ++axis) {
    if (axis != sliceAxis && (voxel[axis] == box.lower[axis] || voxel[axis] == box.upper[axis] - 1)) return true;
  }
  return false;
}

}  // namespace

/// Draws one line into labels of its own: 1 where it ran.
class Correction::Line {
 public:
  Line(double radiusMm, const Geometry& geometry)
      : target_(LabelMap(geometry.size), geometry), edit_(target_, "line", {}), tool_({1, radiusMm}) {}
  Box press(const PointerSample& at) { return tool_.press(at, edit_); }
  Box drag(const PointerSample& to) { return tool_.drag(to, edit_); }
  bool ranOver(const Index3& voxel) const { return edit_.labels().at(voxel) == 1; }

 private:
  ScratchTarget target_;
  EditTransaction edit_;
  BrushTool tool_;
};

Correction::Correction(CorrectionInputs inputs, Ground ground)
    : inputs_(std::move(inputs)), ground_(std::move(ground)) {
  inputs_.strokes.clear();
  forgetStrokes();
}

Correction::~Correction() = default;

WriteFilter Correction::lockFilter() const {
  WriteFilter filter;
  filter.locked = ground_.locked;
  filter.readOnly = ground_.readOnly;
  return filter;
}

void Correction::forgetStrokes() {
  filter_ = filterOf(inputs_.rules, inputs_.organ, ground_.axisMap, ground_.volume, ground_.layers);
  filter_.locked = ground_.locked;
  filter_.readOnly = ground_.readOnly;
  seeds_.clear();
  seedBox_ = {};
  growth_.reset();
  cuts_.clear();
}

Box Correction::beginStroke(Label label, const PointerSample& at, EditTransaction& edit) {
  if (line_) return {};
  inputs_.strokes.push_back({label, {at}});
  refusal_ = Refusal::None;
  tookSeed_ = false;
  line_ = std::make_unique<Line>(inputs_.radiusMm, ground_.axisMap.geometry());
  draw(*line_, line_->press(at), label);
  return inputs_.method == CorrectionMethod::Growth ? solve(edit) : Box{};
}

Box Correction::continueStroke(const PointerSample& to, EditTransaction& edit) {
  if (!line_) return {};
  inputs_.strokes.back().samples.push_back(to);
  draw(*line_, line_->drag(to), inputs_.strokes.back().label);
  return inputs_.method == CorrectionMethod::Growth ? solve(edit) : Box{};
}

Box Correction::endStroke(EditTransaction& edit) {
  if (!std::exchange(line_, nullptr)) return {};
  return inputs_.method == CorrectionMethod::Cut ? solve(edit) : Box{};
}

/// The voxels of `drawn` that the line ran over become seeds; a later line wins. Growth that cannot take them as they
/// come is dropped.
void Correction::draw(Line& line, const Box& drawn, Label label) {
  const LabelSet before = filter_.overwritable;  // what has a line of its own may be painted over
  filter_.overwritable |= filterOf(inputs_.rules, label, ground_.axisMap, ground_.volume, ground_.layers).overwritable;
  const Box reach = reachOf(drawn, inputs_.reachMm);
  if (growth_ && (before != filter_.overwritable || !(intersect(reach, growth_->box()) == reach))) growth_.reset();
  bool fits = true;
  forEachVoxel(drawn, [&](const Index3& voxel) {
    if (!line.ranOver(voxel)) return;
    const Refusal why = filter_.judge(voxel, ground_.labels.at(voxel), label);
    refusal_ = std::max(refusal_, why);
    tookSeed_ = tookSeed_ || why == Refusal::None;
    seeds_[ground_.volume.offset(voxel)] = label;
    if (growth_ && !growth_->addSeed(voxel, label)) fits = false;
  });
  seedBox_ = unite(seedBox_, drawn);
  if (!fits) growth_.reset();
}

Box Correction::solve(EditTransaction& edit) {
  if (inputs_.method == CorrectionMethod::Growth && growth_) return show(growth_->settle(), edit);
  const Box before = shownBox_;
  if (inputs_.method == CorrectionMethod::Cut) {
    cutSlices();
    return show(unite(before, shownBox_), edit);
  }
  startGrowth();
  return growth_ ? show(unite(before, growth_->settle()), edit) : show(before, edit);
}

/// From all strokes, with room for the last one to go on.
void Correction::startGrowth() {
  if (seedBox_.empty()) return;
  const Box box = reachOf(seedBox_, inputs_.reachMm + kAheadMm);
  growth_.emplace(ground_.volume, ground_.axisMap.geometry(), box, passable(box), inputs_.reachMm);
  forEachVoxel(seedBox_, [&](const Index3& voxel) {
    const auto seed = seeds_.find(ground_.volume.offset(voxel));
    if (seed != seeds_.end()) growth_->addSeed(voxel, seed->second);
  });
}

Box Correction::reachOf(const Box& box, double reachMm) const {
  return grownByMm(box, ground_.axisMap.geometry(), reachMm);
}

std::vector<bool> Correction::passable(const Box& box) const {
  const DenseBox present = ground_.labels.copy(box);
  std::vector<bool> passable(present.labels.size());
  std::size_t i = 0;
  forEachVoxel(box, [&](const Index3& voxel) {
    const Label label = present.labels[i];
    passable[i++] = filter_.judge(voxel, label, label) == Refusal::None;
  });
  return passable;
}

/// Every slice with a stroke, in the order in which they came.
void Correction::cutSlices() {
  cuts_.clear();
  std::vector<std::pair<Plane, int>> done;
  for (const CorrectionStroke& stroke : inputs_.strokes) {
    const std::pair where(stroke.samples.front().plane, stroke.samples.front().slice);
    if (std::ranges::find(done, where) != done.end()) continue;
    done.push_back(where);
    cuts_.push_back(cutSlice(where.first, where.second));
    shownBox_ = unite(shownBox_, cuts_.back().box);
  }
}

Correction::SliceCut Correction::cutSlice(Plane plane, int slice) const {
  const int axis = ground_.axisMap.axes(plane).sliceAxis;
  SliceCut cut{reachOf(seedBox_, inputs_.reachMm), {}};
  cut.box.lower[axis] = ground_.axisMap.voxelAt(plane, 0, 0, slice)[axis];
  cut.box.upper[axis] = cut.box.lower[axis] + 1;
  cut.labels = ground_.labels.copy(cut.box).labels;
  const std::vector<bool> open = passable(cut.box);
  std::vector<CutMark> marks;
  std::vector<std::optional<Label>> drawn;
  forEachVoxel(cut.box, [&](const Index3& voxel) {
    const std::size_t i = marks.size();
    const auto seed = seeds_.find(ground_.volume.offset(voxel));
    drawn.push_back(seed != seeds_.end() && open[i] ? std::optional(seed->second) : std::nullopt);
    const bool organ = drawn[i].value_or(cut.labels[i]) == inputs_.organ;
    if (drawn[i] || !open[i] || onRim(voxel, cut.box, axis))
      marks.push_back(organ ? CutMark::Organ : CutMark::Background);
    else
      marks.push_back(organ ? CutMark::LikelyOrgan : CutMark::LikelyBackground);
  });
  const std::vector<bool> organ = grabCut(ground_.volume, cut.box, axis, marks);
  for (std::size_t i = 0; i < organ.size(); ++i) {
    Label& label = cut.labels[i];
    if (!open[i]) continue;
    if (organ[i]) label = inputs_.organ;
    if (!organ[i] && label == inputs_.organ) label = 0;
    label = drawn[i].value_or(label);
  }
  return cut;
}

std::optional<Label> Correction::solvedAt(const Index3& voxel) const {
  if (growth_ && growth_->box().contains(voxel) && growth_->reached(voxel)) return growth_->labelAt(voxel);
  for (const SliceCut& cut : cuts_) {
    if (!cut.box.contains(voxel)) continue;
    const Size3 size = cut.box.size();
    const Index3 in{voxel.x - cut.box.lower.x, voxel.y - cut.box.lower.y, voxel.z - cut.box.lower.z};
    return cut.labels[static_cast<std::size_t>((in.z * size.y + in.y) * size.x + in.x)];
  }
  return std::nullopt;
}

/// Writes what is solved, and what was there before where nothing reached.
Box Correction::show(const Box& box, EditTransaction& edit) {
  if (box.empty()) return box;
  DenseBox labels = ground_.labels.copy(box);
  std::size_t i = 0;
  forEachVoxel(box, [&](const Index3& voxel) {
    Label& label = labels.labels[i++];
    label = solvedAt(voxel).value_or(label);
  });
  const Box changed = edit.write(box, labels);
  shownBox_ = unite(shownBox_, changed);
  return changed;
}

Box Correction::takeBackStroke(EditTransaction& edit) {
  if (inputs_.strokes.empty()) return {};
  line_.reset();
  auto strokes = inputs_.strokes;
  strokes.pop_back();
  return drawAgain(strokes, edit);
}

Box Correction::setSettings(const CorrectionInputs& settings, EditTransaction& edit) {
  const bool same =
      settings.method == inputs_.method && settings.reachMm == inputs_.reachMm && settings.rules == inputs_.rules;
  if (line_ || same) return {};
  inputs_.method = settings.method;
  inputs_.reachMm = settings.reachMm;
  inputs_.rules = settings.rules;
  return drawAgain(inputs_.strokes, edit);
}

Box Correction::drawAgain(const std::vector<CorrectionStroke>& strokes, EditTransaction& edit) {
  forgetStrokes();
  inputs_.strokes = strokes;
  for (const CorrectionStroke& stroke : strokes) {
    Line line(inputs_.radiusMm, ground_.axisMap.geometry());
    draw(line, line.press(stroke.samples.front()), stroke.label);
    for (std::size_t i = 1; i < stroke.samples.size(); ++i) draw(line, line.drag(stroke.samples[i]), stroke.label);
  }
  return solve(edit);
}

Box execute(const CorrectionInputs& inputs, const Correction::Ground& ground, EditTransaction& edit) {
  return Correction(inputs, ground).drawAgain(inputs.strokes, edit);
}

}  // namespace recontour
