// Organs, tools and strokes.
#include <QAction>
#include <QApplication>
#include <QTimer>
#include <algorithm>

#include "core/edit/hu_around.h"
#include "core/image/label_difference.h"
#include "core/session/session.h"
#include "core/workbench/scribbling.h"
#include "ui/panels/brush_panel.h"
#include "ui/panels/organ_panel.h"
#include "ui/panels/scribble_panel.h"
#include "ui/panels/status_line.h"
#include "ui/panels/theme.h"
#include "ui/window/key_editor.h"
#include "ui/window/main_window.h"
#include "ui/window/organ_picker.h"
#include "ui/window/organ_place.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

constexpr double kPenStepMm = 0.25, kWidestPenMm = 5;  // radii

StrokeKind kindOf(ViewTool tool) {
  switch (tool) {
    case ViewTool::ThresholdBrush:
      return StrokeKind::ThresholdBrush;
    case ViewTool::Lasso:
      return StrokeKind::Lasso;
    case ViewTool::FloodFill:
      return StrokeKind::FloodFill;
    case ViewTool::AdaptiveBrush:
      return StrokeKind::AdaptiveBrush;
    case ViewTool::Redraw:
      return StrokeKind::Redraw;
    case ViewTool::Nudge:
      return StrokeKind::Nudge;
    case ViewTool::Cut:
      return StrokeKind::Cut;
    default:
      return StrokeKind::Brush;
  }
}

/// The tools that paint stand in the same order in both.
PaintTool paintToolOf(ViewTool tool) {
  static_assert(static_cast<int>(ViewTool::Cut) - static_cast<int>(ViewTool::Brush) ==
                static_cast<int>(PaintTool::Cut));
  return static_cast<PaintTool>(static_cast<int>(tool) - static_cast<int>(ViewTool::Brush));
}

}  // namespace

Label MainWindow::activeOrgan() const { return workbench_.selectedOrgan(); }

QColor MainWindow::colourOf(Label organ) const {
  const Organ* entry = workbench_.organs().find(organ);
  if (entry == nullptr) return {};
  const auto& colour = entry->displayColour;
  return {colour[0], colour[1], colour[2]};
}

void MainWindow::chooseOrgan(Label organ) {
  workbench_.selectOrgan(organ);
  showOrganInSlices(organ);
}

/// Goes there only as far as the organ is not on the slices already.
void MainWindow::showOrganInSlices(Label organ) {
  const auto place = placeOfOrgan(workbench_.layers().of(organ), workbench_.axisMap(), organ);
  if (place) grid_->setCrosshair(broughtInto(*place, workbench_.axisMap(), grid_->crosshair()));
}

void MainWindow::chooseNeighbour(int step) {
  const OrganModel& model = organs_->model();
  const int count = model.rowCount(), row = model.rowOf(activeOrgan());
  if (row >= 0) chooseOrgan(model.row((row + step + count) % count).status.organ);
}

void MainWindow::centreOrgan(Label organ) {
  workbench_.selectOrgan(organ);
  const auto place = placeOfOrgan(workbench_.layers().of(organ), workbench_.axisMap(), organ);
  if (place) grid_->setCrosshair(place->centre);
}

void MainWindow::showActiveOrgan() {
  const Organ* organ = workbench_.organs().find(activeOrgan());
  if (actions_->operationTarget != nullptr && organ != nullptr)
    actions_->operationTarget->setText(tr("On %1").arg(QString::fromStdString(organ->name)));
  organs_->setActive(activeOrgan());
  if (display_.hidden[activeOrgan()]) setOrganVisible(activeOrgan(), true);
  showMarks();
  showOrganStatus();
  enableActions();
}

void MainWindow::showMarks() {
  if (!showsCue("slider_marks")) return grid_->setSliceMarks({}, {}, {}, workbench_.axisMap());
  const LabelMap& labels = workbench_.layers().of(activeOrgan());
  const Box box = labels.empty() ? Box{} : boundingBox(labels, activeOrgan());
  const bool started = workbench_.session() != nullptr && !labels.empty();
  const auto edited =
      started ? differingSlices(workbench_.session()->beforeLayers().of(activeOrgan()), labels) : SlicesByAxis();
  grid_->setSliceMarks(box, colourOf(activeOrgan()), edited, workbench_.axisMap());
}

void MainWindow::showPalette() {
  grid_->setPalettes(display_.slicePalette(workbench_.organs()), display_.surfacePalette(workbench_.organs()));
  refreshOtherMaps();
}

void MainWindow::chooseTheme(bool light) {
  settings_.setLightTheme(light);
  applyTheme(*qApp, light ? kLight : kDark);
  actions_->renewIcons();
  showHeader();
  showCases();
  showOrganStatus();
}

void MainWindow::showSliceOptions() {
  grid_->setOptions(
      {actions_->smooth->isChecked(), actions_->crosshair->isChecked(), actions_->annotations->isChecked()});
}

void MainWindow::keepWindow() {
  auto windows = settings_.ownWindows();
  const WindowLevel now = grid_->windowLevel();
  if (std::ranges::find(windows, now) != windows.end()) return;
  windows.push_back(now);
  settings_.setOwnWindows(windows);
  actions_->setOwnWindows(windows);
}

OwnKeys MainWindow::ownKeys() const {
  OwnKeys keys;
  for (const auto& [command, texts] : settings_.ownKeys()) {
    for (const QString& text : texts) keys[command] << QKeySequence(text, QKeySequence::PortableText);
    if (texts.isEmpty()) keys[command] = {};
  }
  return keys;
}

void MainWindow::changeKeys() {
  auto* editor = new KeyEditor(*actions_, ownKeys(), this);
  connect(editor, &KeyEditor::keysChanged, this, &MainWindow::keepKeys);
  editor->show();
}

void MainWindow::keepKeys(const OwnKeys& keys) {
  std::map<QString, QStringList> texts;
  for (const auto& [command, sequences] : keys) {
    texts[command] = {};
    for (const QKeySequence& key : sequences) texts[command] << key.toString(QKeySequence::PortableText);
  }
  settings_.setOwnKeys(texts);
  actions_->setOwnKeys(keys);
}

void MainWindow::changeFill(double by) { setFill(std::clamp(display_.fillOpacity + by, 0.0, 1.0)); }

void MainWindow::setFill(double opacity) {
  display_.fillOpacity = opacity;
  organs_->setFill(opacity);
  showPalette();
}

void MainWindow::setOrganVisible(Label organ, bool visible) {
  display_.hidden.set(organ, !visible);
  organs_->setOrganVisible(organ, visible);
  showPalette();
}

/// What the model's card calls poor starts hidden: it is more in the way than of use.
void MainWindow::hideUnreliable() {
  showOrganStatus();
  const OrganModel& model = organs_->model();
  for (int row = 0; row < model.rowCount(); ++row)
    setOrganVisible(model.row(row).status.organ, model.row(row).active || model.row(row).reliable());
}

void MainWindow::chooseTool(ViewTool tool, bool endsScribbling) {
  if (!allowsTool(tool)) return;
  const bool scribbles = tool == ViewTool::Scribble;
  if (scribbles || paints(tool) || endsScribbling) workbench_.scribbling().setOn(scribbles);
  if (tool != tool_) previousTool_ = std::exchange(tool_, tool);
  BrushSettings brush = workbench_.brush();
  brush.kind = kindOf(tool);
  brush.corrects = tool == ViewTool::Correct;
  workbench_.setBrush(brush);
}

/// Escape: first the polygon or stroke, then the tool.
void MainWindow::putToolAway() {
  if (grid_->dropDraft()) return;
  if (workbench_.correction() != nullptr) return workbench_.rejectCorrection();
  if (workbench_.strokeActive()) return grid_->cancelStroke();
  chooseTool(ViewTool::Crosshair);
}

void MainWindow::pickOrgan() {
  auto* picker = new OrganPicker(workbench_.organs(), activeOrgan(), this);
  connect(picker, &OrganPicker::organChosen, this, [this](int organ) { chooseOrgan(static_cast<Label>(organ)); });
  picker->show();
}

/// The organ under the pointer becomes the active one; the views stay. Where several lie over one another, each click
/// takes the next.
void MainWindow::pickOrganAt(const Point3& world) {
  const auto there = organsAt(world);
  if (there.empty()) return;
  const auto active = std::ranges::find(there, activeOrgan(), [](const Organ* organ) { return organ->label; });
  const bool isLast = active == there.end() || std::next(active) == there.end();
  workbench_.selectOrgan((isLast ? there.front() : *std::next(active))->label);
}

/// Structures that lie over others first, then the organ.
std::vector<const Organ*> MainWindow::organsAt(const Point3& world) const {
  const LabelLayers& layers = workbench_.layers();
  const Index3 voxel = workbench_.axisMap().geometry().nearestVoxel(world);
  std::vector<const Organ*> found;
  if (layers.empty() || !Box{{}, layers.size()}.contains(voxel)) return found;
  for (const Label layer : layers.numbers()) {
    const Organ* organ = workbench_.organs().find(layers.layer(layer).at(voxel));
    if (organ != nullptr) found.insert(layer == LabelLayers::kOrgans ? found.end() : found.begin(), organ);
  }
  return found;
}

void MainWindow::showTool() {
  const BrushSettings& brush = workbench_.brush();
  const bool scribbles = tool_ == ViewTool::Scribble, changesLabels = paints(tool_) && !scribbles;
  grid_->setTool(tool_, scribbles ? workbench_.scribbling().brush().radiusMm : brush.radiusMm, brush.ball);
  brush_->setBrush(brush);
  brush_->setVisible(changesLabels);
  if (changesLabels) brush_->setTool(paintToolOf(tool_));
  scribble_->setBrush(workbench_.scribbling().brush());
  actions_->ball->setChecked(brush.ball);
  actions_->tools()[static_cast<std::size_t>(tool_)]->setChecked(true);
}

/// The lines of the correction that waits for an answer.
void MainWindow::showCorrection() {
  std::vector<SliceLine> lines;
  const CorrectionInputs* correction = workbench_.correction();
  const auto strokes = correction != nullptr ? correction->strokes : std::vector<CorrectionStroke>();
  for (const CorrectionStroke& stroke : strokes) {
    const PointerSample& first = stroke.samples.front();
    lines.push_back({first.plane, first.slice, {}, stroke.label == 0 ? QColor(Qt::white) : colourOf(stroke.label)});
    for (const PointerSample& sample : stroke.samples) lines.back().path.push_back(sample.pointMm);
  }
  grid_->setLines(lines);
  brush_->correctionEditor().setStrokes(static_cast<int>(strokes.size()));
  actions_->acceptCorrection->setEnabled(!strokes.empty());
  showNote();
}

void MainWindow::fillPolygon(const std::vector<PointerSample>& corners, bool erase) {
  showForStroke();
  workbench_.drawPolygon(corners, erase);
}

/// HU around the pointer, as far as the brush reaches: what two standard deviations hold.
void MainWindow::pickHu() {
  if (!pointer_ || workbench_.currentCase() == nullptr) return;
  BrushSettings brush = workbench_.brush();
  const Case& opened = *workbench_.currentCase();
  const auto range = huAround(opened.volume, opened.geometry, *pointer_, brush.radiusMm);
  if (!range) return;
  brush.hu = *range;
  workbench_.setBrush(brush);
}

void MainWindow::stepBrush(int steps) {
  if (tool_ == ViewTool::Scribble) {
    Scribbling::Brush pen = workbench_.scribbling().brush();
    pen.radiusMm = std::clamp(pen.radiusMm + steps * kPenStepMm, kPenStepMm, kWidestPenMm);
    return workbench_.scribbling().setBrush(pen);
  }
  BrushSettings brush = workbench_.brush();
  brush.radiusMm = steppedRadius(brush.radiusMm, steps);
  workbench_.setBrush(brush);
}

/// Nobody paints what is not seen, nor what is not shown.
void MainWindow::showForStroke() {
  if (workbench_.scribbling().on()) return;  // strokes are always seen
  if (display_.hidden[activeOrgan()]) setOrganVisible(activeOrgan(), true);
  showRevision();
}

void MainWindow::pressStroke(const PointerSample& sample, bool erase) {
  showForStroke();
  workbench_.pressStroke(sample, erase);
}

void MainWindow::goToStep(int depth) {
  const auto origin = workbench_.origin();
  bringsChangeIntoView_ = true;  // a change that is not seen is worse than none
  workbench_.goToStep(depth);
  bringsChangeIntoView_ = false;
  if (!origin || workbench_.origin()) return;
  const QString key = actions_->redo->shortcut().toString(QKeySequence::NativeText);
  messages_->add(
      MessageKind::Information,
      tr("The contours from %1 are taken back; %2 brings them again.").arg(QString::fromStdString(origin->name), key));
}

void MainWindow::showPointer(const std::optional<Point3>& world) {
  workbench_.noteActivity();
  if (world) pointer_ = world;
  const Case* opened = workbench_.currentCase();
  if (!world || opened == nullptr) return status_->setReading(std::nullopt);
  const Index3 voxel = opened->geometry.nearestVoxel(*world);
  const Size3& size = opened->geometry.size;
  PointerReading reading{*world, std::nullopt, {}};
  if (Box{{}, size}.contains(voxel)) {
    reading.hu = opened->volume.at(voxel);
    QStringList names;
    for (const Organ* organ : organsAt(*world)) names << QString::fromStdString(organ->name);
    reading.organ = names.join(QStringLiteral(" + "));
  }
  status_->setReading(reading);
}

}  // namespace recontour
