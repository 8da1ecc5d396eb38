// Mouse, pen and keys of SliceView.
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QTabletEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/views/slice_view.h"

namespace recontour {
namespace {

constexpr int kWheelNotch = 120;
constexpr double kZoomPerNotch = 1.2;
constexpr double kZoomPerPixel = 1.008;
constexpr double kClickPx = 4;  // a hand is not still while it clicks
constexpr int kLargeStep = 5;   // voxels, with Shift

PointerState stateOf(const QMouseEvent& event) { return {event.position(), event.modifiers()}; }
PointerState stateOf(const QTabletEvent& event) {
  return {event.position(), event.modifiers(), event.pressure(),
          event.pointerType() == QPointingDevice::PointerType::Eraser};
}

}  // namespace

bool SliceView::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto& help = static_cast<const QHelpEvent&>(*event);
    const QString text =
        tr("Slices, from end to end of the scan. The broad band is where the active organ lies, the narrow "
           "one at the right where edits are.");
    if (hasPicture() && sliderRect().contains(help.pos())) QToolTip::showText(help.globalPos(), text, this);
    return true;
  }
  const bool handled = QWidget::event(event);
  if (event->type() == QEvent::ScreenChangeInternal || event->type() == QEvent::Show)
    transformChanged();  // pixel ratio
  return handled;
}

void SliceView::mousePressEvent(QMouseEvent* event) { pressAt(stateOf(*event), event->button()); }
void SliceView::mouseMoveEvent(QMouseEvent* event) { moveTo(stateOf(*event)); }
void SliceView::mouseReleaseEvent(QMouseEvent* event) { releaseAt(stateOf(*event), event->button()); }

void SliceView::mouseDoubleClickEvent(QMouseEvent* event) {
  const bool dabs = paints(tool_);  // two quick dabs are not a double click
  if (dabs || event->button() != Qt::LeftButton || sliderRect().contains(event->position()))
    return mousePressEvent(event);
  Q_EMIT maximiseRequested();
}

void SliceView::tabletEvent(QTabletEvent* event) {
  event->accept();
  if (event->type() == QEvent::TabletPress) pressAt(stateOf(*event), event->button());
  if (event->type() == QEvent::TabletMove) moveTo(stateOf(*event));
  if (event->type() == QEvent::TabletRelease) releaseAt(stateOf(*event), event->button());
}

void SliceView::pressAt(const PointerState& state, Qt::MouseButton button) {
  Q_EMIT activated();
  if (!hasPicture()) return;
  const bool onSlider = sliderRect().adjusted(-4, 0, 6, 0).contains(state.at);
  const bool picks = button == Qt::LeftButton && state.modifiers.testFlag(Qt::AltModifier) && !onSlider;
  if (picks && gesture_.kind() == DragKind::None) return Q_EMIT organPicked(worldFromWidget(state.at));
  switch (gesture_.press(button, state, state.eraserTip ? ViewTool::Eraser : tool_, onSlider)) {
    case DragKind::Stroke:
      if (pressCorner(state)) break;
      strokeTime_.start();
      erases_ = tool_ == ViewTool::Eraser || state.eraserTip || button == Qt::RightButton ||
                (state.modifiers & (Qt::ControlModifier | Qt::ShiftModifier)) == Qt::ControlModifier;
      if (drawsPath(tool_)) path_.add(worldFromWidget(state.at));
      Q_EMIT pointerPressed(sampleAt(state), erases_);
      break;
    case DragKind::WindowLevel:
      windowAtPress_ = window_;
      break;
    case DragKind::Measure:
      measurement_ = SliceMeasurement{tool_ == ViewTool::Ellipse, plane_,      slice_, worldFromWidget(state.at),
                                      worldFromWidget(state.at),  std::nullopt};
      break;
    case DragKind::Crosshair:
    case DragKind::Slider:
      dragBy(state);
      break;
    default:
      break;
  }
}

void SliceView::moveTo(const PointerState& state) {
  if (!hasPicture()) return;
  if (gesture_.kind() != DragKind::None) {
    dragBy(state);
  } else if (state.modifiers == Qt::ShiftModifier && transform_.pictureRect().contains(state.at)) {
    moveCrosshair(worldFromWidget(state.at));
  }
  hoverAt(state.at);
}

void SliceView::dragBy(const PointerState& state) {
  const QPointF way = gesture_.move(state.at);
  switch (gesture_.kind()) {
    case DragKind::Crosshair:
      return moveCrosshair(worldFromWidget(state.at));
    case DragKind::Stroke:
      if (drawsPath(tool_)) return dragLasso(state);
      Q_EMIT pointerMoved(sampleAt(state));
      return;
    case DragKind::Measure:
      return measureTo(state.at);
    case DragKind::Slider:
      return setSlice(sliceAtSlider(size(), state.at.y(), sliceCount()));
    case DragKind::WindowLevel:
      return dragWindowLevel(state.at);
    case DragKind::Pan:
      transform_.panBy(way);
      return lookChanged();
    case DragKind::Zoom:
      transform_.zoomAbout(gesture_.start(), std::pow(kZoomPerPixel, -way.y()));
      return lookChanged();
    case DragKind::None:
      return;
  }
}

void SliceView::releaseAt(const PointerState& state, Qt::MouseButton button) {
  const bool click = (state.at - gesture_.start()).manhattanLength() < kClickPx;
  const DragKind ended = gesture_.release(button);
  if (ended == DragKind::Measure && click) measurement_.reset();
  if (ended == DragKind::Measure && measurement_) Q_EMIT measured(*measurement_);
  if (ended == DragKind::Measure) update();
  if (ended == DragKind::Zoom && click) Q_EMIT menuAsked(mapToGlobal(state.at).toPoint());
  if (ended != DragKind::Stroke || (drawsPath(tool_) && releaseLasso(state, click))) return;
  erases_ = false;
  Q_EMIT pointerReleased(sampleAt(state));
}

void SliceView::cancelStroke() {
  if (gesture_.kind() != DragKind::Stroke) return;
  gesture_.cancel();
  erases_ = false;
  path_.clear();
  draggedCorner_.reset();
  update();
  Q_EMIT pointerCancelled();
}

/// A wide window takes larger steps, so that the hand's way is the same for bone and for brain.
void SliceView::dragWindowLevel(const QPointF& at) {
  const QPointF way = at - gesture_.start();
  const double huPerPixel = std::max(0.25, windowAtPress_.widthHu / 300);
  const double width = std::clamp(windowAtPress_.widthHu + way.x() * huPerPixel, 1.0, 8000.0);
  const double level = std::clamp(windowAtPress_.levelHu - way.y() * huPerPixel, -2000.0, 6000.0);
  setWindowLevel({std::round(width), std::round(level)});
  Q_EMIT windowLevelDragged(window_);
}

PointerSample SliceView::sampleAt(const PointerState& state) const {
  return {.pointMm = worldFromWidget(state.at),
          .plane = plane_,
          .slice = slice_,
          .pressure = state.pressure,
          .shift = state.modifiers.testFlag(Qt::ShiftModifier),
          .control = state.modifiers.testFlag(Qt::ControlModifier) || (state.eraserTip && tool_ == ViewTool::Scribble),
          .alt = state.modifiers.testFlag(Qt::AltModifier),
          .timeMs = static_cast<double>(strokeTime_.nsecsElapsed()) / 1e6};
}

void SliceView::hoverAt(const std::optional<QPointF>& at) {
  updateBrush(at);
  const bool inside = at && hasPicture() && transform_.pictureRect().contains(*at);
  Q_EMIT hovered(inside ? std::optional(worldFromWidget(*at)) : std::nullopt);
}

void SliceView::updateBrush(const std::optional<QPointF>& at) {
  if (hasCircle(tool_) && brushAt_) update(brushRect(*brushAt_));
  brushAt_ = at && sliderRect().adjusted(-4, 0, 6, 0).contains(*at) ? std::nullopt : at;
  updateToolPointer();
  if (hasCircle(tool_) && brushAt_) update(brushRect(*brushAt_));
}

void SliceView::updateToolPointer() {
  const bool circle = hasCircle(tool_) && brushAt_ && hasPicture();  // a small one would vanish beneath a cross
  const Qt::CursorShape shape = circle                           ? Qt::BlankCursor
                                : tool_ == ViewTool::Browse      ? Qt::OpenHandCursor
                                : tool_ == ViewTool::WindowLevel ? Qt::SizeAllCursor
                                                                 : Qt::CrossCursor;
  if (cursor().shape() != shape) setCursor(shape);
}

/// Mouse buttons are gestures; only the key asks here.
void SliceView::contextMenuEvent(QContextMenuEvent* event) {
  if (event->reason() == QContextMenuEvent::Keyboard) Q_EMIT menuAsked(mapToGlobal(rect().center()));
}

void SliceView::leaveEvent(QEvent*) { hoverAt(std::nullopt); }

void SliceView::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  Q_EMIT activated();
}

void SliceView::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (!hasPicture()) return;
  const int turn =
      event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();  // Alt, Shift turn it
  wheelRest_ += turn;
  const int notches = wheelRest_ / kWheelNotch;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    wheelRest_ = 0;  // zoom is continuous: a touch pad's small turns count at once
    transform_.zoomAbout(event->position(), std::pow(kZoomPerNotch, static_cast<double>(turn) / kWheelNotch));
    return lookChanged();
  }
  if (notches == 0) return;
  wheelRest_ -= notches * kWheelNotch;
  if (event->modifiers().testFlag(Qt::ShiftModifier)) {
    Q_EMIT brushSizeStep(notches);
  } else {
    setSlice(slice_ + notches);
  }
}

bool SliceView::stepByKey(int key) {
  switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Right:
      setSlice(slice_ + 1);
      return true;
    case Qt::Key_Down:
    case Qt::Key_Left:
      setSlice(slice_ - 1);
      return true;
    case Qt::Key_Home:
      setSlice(0);
      return true;
    case Qt::Key_End:
      setSlice(sliceCount() - 1);
      return true;
    default:
      return false;
  }
}

/// The crosshair tool's arrows: the way they point, inside the volume.
bool SliceView::moveByKey(int key, int pixels) {
  QPointF way;
  if (key == Qt::Key_Left) way = {-1, 0};
  if (key == Qt::Key_Right) way = {1, 0};
  if (key == Qt::Key_Up) way = {0, -1};
  if (key == Qt::Key_Down) way = {0, 1};
  if (way.isNull() || !hasGrid_) return false;
  const Point3 now = axisMap_.pictureAt(plane_, crosshair_);
  const double column = std::clamp(now.x + way.x() * pixels, 0.0, axisMap_.columns(plane_) - 1.0);
  const double row = std::clamp(now.y + way.y() * pixels, 0.0, axisMap_.rows(plane_) - 1.0);
  moveCrosshair(axisMap_.worldAt(plane_, column, row, slice_));
  return true;
}

void SliceView::keyPressEvent(QKeyEvent* event) {
  const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
  const bool plain = modifiers == Qt::NoModifier, shift = modifiers == Qt::ShiftModifier;
  if (plain && draftKey(event->key())) return;
  const bool crosshair = tool_ == ViewTool::Crosshair && (plain || shift);
  if (crosshair && moveByKey(event->key(), shift ? kLargeStep : 1)) return;
  if (plain && stepByKey(event->key())) return;
  if (plain && event->key() == Qt::Key_F) return fit();
  QWidget::keyPressEvent(event);
}

}  // namespace recontour
