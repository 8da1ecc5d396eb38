#include "core/workbench/scribbling.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/strokes/scribble_raster.h"
#include "core/strokes/stroke_shape.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

constexpr double kWidestMm = 5;
constexpr double kReachMm = 3;  // how far beside a line a click still means it

}  // namespace

void Scribbling::setOn(bool on) {
  if (std::exchange(on_, on) == on) return;
  if (on) state_.owner.acceptCorrection();
  if (on) requestCoverage();  // contours may have come meanwhile
  if (!on) cancel();
  Q_EMIT modeChanged(on);
  Q_EMIT state_.owner.undoChanged();
}

void Scribbling::setBrush(const Brush& brush) {
  brush_ = brush;
  Q_EMIT brushChanged();
}

const ScribbleLayer& Scribbling::layer() const {
  static const ScribbleLayer kNone;
  return state_.session ? state_.session->scribbles() : kNone;
}

const LabelMap& Scribbling::raster() const {
  static const LabelMap kNone;
  if (!state_.session) return kNone;
  return shownRaster_ ? *shownRaster_ : state_.session->scribbleLabels();
}

bool Scribbling::active() const { return state_.session && state_.session->scribbleActive(); }
bool Scribbling::canUndo() const { return state_.session && state_.session->canUndoScribble(); }
bool Scribbling::canRedo() const { return state_.session && state_.session->canRedoScribble(); }

void Scribbling::refuse(const QString& why) { Q_EMIT state_.owner.message(MessageKind::Warning, why); }

void Scribbling::press(const PointerSample& at, bool background) {
  if (!state_.session || active()) return;
  if (!state_.editable()) return refuse(tr("The case is open for reading only"));
  if (shownAuthor_) showAuthor(std::nullopt);  // nobody draws what is not seen
  Session& session = *state_.session;
  const Label label = background ? Label{0} : session.selectedOrgan();
  if (brush_.tool == Tool::Erase || at.control)
    Q_EMIT changed(session.beginErasingScribbles(std::max(brush_.radiusMm, 1.0), at));
  else if (brush_.tool == Tool::Draw)
    Q_EMIT changed(session.beginScribble(label, brush_.radiusMm, at));
  else
    changeStrokeAt(at, label);
}

/// Cuts the stroke under the pointer, or gives it to the selected organ.
void Scribbling::changeStrokeAt(const PointerSample& at, Label label) {
  Session& session = *state_.session;
  const auto place = strokeAt(layer().strokes(), {at.pointMm, at.plane, at.slice, state_.axisMap}, kReachMm);
  if (!place) return refuse(tr("No stroke lies there"));
  const ScribbleStroke stroke = *layer().find(place->id);
  const ScribbleChange change =
      brush_.tool == Tool::Cut ? cutAt(stroke, *place, layer().nextId()) : withLabel(stroke, label, layer().nextId());
  if (change.empty()) return;
  changedNow(session.changeScribbles(change, state_.clock.monotonicMs()));
}

void Scribbling::drag(const PointerSample& to) {
  if (!active()) return;
  const Box voxels = state_.session->continueScribble(to);
  if (!voxels.empty()) Q_EMIT changed(voxels);
}

void Scribbling::release() {
  if (!active()) return;
  state_.session->endScribble();
  changedNow({});
}

void Scribbling::cancel() {
  if (active()) changedNow(state_.session->cancelScribble());
}

void Scribbling::undo() {
  if (canUndo()) changedNow(state_.session->undoScribble());
}

void Scribbling::redo() {
  if (canRedo()) changedNow(state_.session->redoScribble());
}

/// After each step.
void Scribbling::changedNow(const Box& voxels) {
  if (shownAuthor_)
    showAuthor(shownAuthor_);
  else if (!voxels.empty())
    Q_EMIT changed(voxels);
  state_.accepted = false;
  state_.applyTimes();
  requestCoverage();
  Q_EMIT state_.owner.organStatusChanged();
  Q_EMIT state_.owner.undoChanged();
}

void Scribbling::requestCoverage() {
  if (!state_.session) return;
  const auto count = [strokes = layer().strokes(), raster = state_.session->scribbleLabels(),
                      labels = state_.session->labels(), grid = state_.opened->geometry, organs = state_.organs] {
    return std::pair(coverageOf(strokes, raster, labels, grid, organs), strokeConflicts(strokes, grid));
  };
  const auto take = [this, number = ++asked_](std::pair<ScribbleCoverage, std::vector<StrokeConflict>> counted) {
    counted_ = number;
    std::tie(coverage_, conflicts_) = std::move(counted);
    Q_EMIT coverageChanged();
  };
  state_.inBackground("coverage", count, take);
}

void Scribbling::fillFrom(Plane plane, int slice) {
  if (!state_.editable()) return;
  BrushSettings brush = state_.brush;
  brush.correction = CorrectionMethod::Growth;  // a cut is about one organ
  state_.owner.setBrush(brush);
  CorrectionInputs inputs = state_.correctionSettings();
  inputs.radiusMm = kWidestMm;
  Label first = 0;
  for (const ScribbleStroke& stroke : layer().strokes()) {
    if (stroke.plane != plane || stroke.slice != slice) continue;
    inputs.strokes.push_back({stroke.label, {}});
    for (const ScribblePoint& point : stroke.points)
      inputs.strokes.back().samples.push_back(
          {.pointMm = point.mm, .plane = plane, .slice = slice, .timeMs = point.timeMs});
    inputs.radiusMm = std::min(inputs.radiusMm, stroke.radiusMm);  // a broad line must not make a thin one broad
    if (first == 0) first = stroke.label;
  }
  if (first == 0) return refuse(tr("No organ has a stroke on this slice"));
  inputs.organ = first;
  setOn(false);
  state_.labelsEdited(state_.session->beginCorrection(inputs));
  Q_EMIT state_.owner.correctionChanged();
  Q_EMIT state_.owner.undoChanged();
}

Label Scribbling::nextWithoutStroke() const {
  const auto& organs = state_.organs.organs();
  const auto selected = std::ranges::find(organs, state_.owner.selectedOrgan(), &Organ::label);
  const auto first = static_cast<std::size_t>(selected - organs.begin());
  for (std::size_t step = 1; step <= organs.size(); ++step) {
    const Label label = organs[(first + step) % organs.size()].label;
    const auto isIt = [label](const ScribbleStroke& stroke) { return stroke.label == label; };
    if (std::ranges::none_of(layer().strokes(), isIt)) return label;
  }
  return 0;
}

void Scribbling::suggestSlices() {
  if (!state_.session) return;
  const auto choose = [labels = state_.session->labels(), grid = state_.opened->geometry] {
    return recontour::suggestedSlices(labels, grid);
  };
  state_.inBackground("suggest", choose, [this](std::vector<SuggestedSlice> slices) {
    suggested_ = std::move(slices);
    Q_EMIT suggested();
  });
}

void Scribbling::showAuthor(const std::optional<std::string>& author) {
  if (!state_.session) return;
  shownAuthor_ = author;
  shownRaster_.reset();
  if (author) {
    std::vector<ScribbleStroke> own = layer().strokes();
    std::erase_if(own, [&](const ScribbleStroke& stroke) { return stroke.author != *author; });
    shownRaster_ = rasterOf(own, state_.opened->geometry);
  }
  Q_EMIT changed(state_.opened->geometry.box());
}

void Scribbling::caseOpened() {
  suggested_.clear();
  Q_EMIT changed(state_.opened->geometry.box());
  requestCoverage();
}

void Scribbling::caseClosed() {
  coverage_ = {};
  suggested_.clear();
  conflicts_.clear();
  shownAuthor_.reset();
  shownRaster_.reset();
  counted_ = asked_;
  adding_ = false;
  Q_EMIT coverageChanged();
}

}  // namespace recontour
