#pragma once
#include <QPointF>
#include <Qt>

namespace recontour {

/// What the left button does on a picture.
enum class ViewTool {
  Crosshair,
  Browse,
  WindowLevel,
  Ruler,
  Ellipse,
  Brush,
  Eraser,
  ThresholdBrush,
  Lasso,
  FloodFill,
  AdaptiveBrush,
  Redraw,
  Nudge,
  Correct,
  Cut,
  Scribble
};
/// Its drags measure the picture.
constexpr bool measures(ViewTool tool) { return tool == ViewTool::Ruler || tool == ViewTool::Ellipse; }
/// Its drags are strokes that change labels.
constexpr bool paints(ViewTool tool) { return tool >= ViewTool::Brush; }
/// Its pointer is the circle that it paints.
constexpr bool hasCircle(ViewTool tool) {
  return paints(tool) && tool != ViewTool::Lasso && tool != ViewTool::FloodFill && tool != ViewTool::Redraw &&
         tool != ViewTool::Correct && tool != ViewTool::Cut;
}
/// What it changes follows from the whole path, which is seen until then.
constexpr bool drawsPath(ViewTool tool) {
  return tool == ViewTool::Lasso || tool == ViewTool::Redraw || tool == ViewTool::Cut;
}

/// What a drag that is under way does.
enum class DragKind { None, Crosshair, Stroke, Measure, Pan, WindowLevel, Zoom, Slider };

/// Where mouse or pen is.
struct PointerState {
  QPointF at;  ///< widget, logical pixels
  Qt::KeyboardModifiers modifiers = Qt::NoModifier;
  double pressure = 1;
  bool eraserTip = false;  ///< the pen is held upside down
};

/// Tells from presses, moves and releases what is being dragged and how far. One drag at a time: a second button does
/// nothing until the first is up.
class PointerGesture {
 public:
  /// @param onSlider  the press is on the slice slider
  /// @return          what begins, None when nothing does
  DragKind press(Qt::MouseButton button, const PointerState& state, ViewTool tool, bool onSlider);
  /// @return the way since the last press or move
  QPointF move(const QPointF& at);
  /// @return what ends, None when another button is up than the one that began it
  DragKind release(Qt::MouseButton button);
  /// @return what was given up
  DragKind cancel();

  DragKind kind() const { return kind_; }
  QPointF start() const { return start_; }

 private:
  DragKind kind_ = DragKind::None;
  Qt::MouseButton button_ = Qt::NoButton;
  QPointF start_, last_;
};

}  // namespace recontour
