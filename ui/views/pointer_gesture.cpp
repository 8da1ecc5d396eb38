#include "ui/views/pointer_gesture.h"

namespace recontour {
namespace {

DragKind kindOf(Qt::MouseButton button, const PointerState& state, ViewTool tool, bool onSlider) {
  switch (button) {
    case Qt::LeftButton:
      if (onSlider) return DragKind::Slider;
      if (paints(tool)) return DragKind::Stroke;
      if (measures(tool)) return DragKind::Measure;
      if (tool == ViewTool::Browse || state.modifiers & Qt::ShiftModifier) return DragKind::Pan;
      return tool == ViewTool::WindowLevel ? DragKind::WindowLevel : DragKind::Crosshair;
    case Qt::MiddleButton:
      return DragKind::Pan;
    case Qt::RightButton:
      if (state.modifiers & Qt::ControlModifier) return DragKind::WindowLevel;
      return paints(tool) ? DragKind::Stroke : DragKind::Zoom;
    default:
      return DragKind::None;
  }
}

}  // namespace

DragKind PointerGesture::press(Qt::MouseButton button, const PointerState& state, ViewTool tool, bool onSlider) {
  if (kind_ != DragKind::None) return DragKind::None;
  kind_ = kindOf(button, state, tool, onSlider);
  button_ = button;
  start_ = last_ = state.at;
  return kind_;
}

QPointF PointerGesture::move(const QPointF& at) {
  const QPointF way = at - last_;
  last_ = at;
  return way;
}

DragKind PointerGesture::release(Qt::MouseButton button) { return button == button_ ? cancel() : DragKind::None; }

DragKind PointerGesture::cancel() {
  const DragKind ended = kind_;
  kind_ = DragKind::None;
  button_ = Qt::NoButton;
  return ended;
}

}  // namespace recontour
