#include "ui/views/pointer_gesture.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(PointerGesture, EachButtonHasItsDrag) {
  PointerGesture gesture;
  EXPECT_EQ(gesture.press(Qt::LeftButton, {}, ViewTool::Crosshair, false), DragKind::Crosshair);
  EXPECT_EQ(gesture.release(Qt::LeftButton), DragKind::Crosshair);
  EXPECT_EQ(gesture.press(Qt::LeftButton, {}, ViewTool::Brush, false), DragKind::Stroke);
  gesture.cancel();
  EXPECT_EQ(gesture.press(Qt::LeftButton, {}, ViewTool::Brush, true), DragKind::Slider);
  gesture.cancel();
  EXPECT_EQ(gesture.press(Qt::MiddleButton, {}, ViewTool::Brush, false), DragKind::Pan);
  gesture.cancel();
  EXPECT_EQ(gesture.press(Qt::RightButton, {}, ViewTool::Brush, false), DragKind::Stroke);  // it erases
  gesture.cancel();
  EXPECT_EQ(gesture.press(Qt::RightButton, {}, ViewTool::Browse, false), DragKind::Zoom);
  gesture.cancel();
  EXPECT_EQ(gesture.press(Qt::RightButton, {{}, Qt::ControlModifier}, ViewTool::Brush, false), DragKind::WindowLevel);
}

TEST(PointerGesture, TheLeftButtonDoesWhatTheToolIsFor) {
  const auto left = [](ViewTool tool, Qt::KeyboardModifiers keys = Qt::NoModifier) {
    return PointerGesture().press(Qt::LeftButton, {{}, keys}, tool, false);
  };
  EXPECT_EQ(left(ViewTool::Browse), DragKind::Pan);
  EXPECT_EQ(left(ViewTool::WindowLevel), DragKind::WindowLevel);
  EXPECT_EQ(left(ViewTool::Eraser), DragKind::Stroke);
  EXPECT_EQ(left(ViewTool::Crosshair, Qt::ShiftModifier), DragKind::Pan);
  EXPECT_EQ(left(ViewTool::Brush, Qt::ShiftModifier), DragKind::Stroke);
}

TEST(PointerGesture, SecondButtonDoesNotDisturbADrag) {
  PointerGesture gesture;
  gesture.press(Qt::LeftButton, {}, ViewTool::Brush, false);
  EXPECT_EQ(gesture.press(Qt::RightButton, {}, ViewTool::Brush, false), DragKind::None);
  EXPECT_EQ(gesture.release(Qt::RightButton), DragKind::None);
  EXPECT_EQ(gesture.kind(), DragKind::Stroke);
  EXPECT_EQ(gesture.release(Qt::LeftButton), DragKind::Stroke);
  EXPECT_EQ(gesture.release(Qt::LeftButton), DragKind::None);
}

TEST(PointerGesture, MoveGivesTheWaySinceTheLastOne) {
  PointerGesture gesture;
  gesture.press(Qt::MiddleButton, {QPointF(10, 10), Qt::NoModifier, 1}, ViewTool::Browse, false);
  EXPECT_EQ(gesture.move({13, 8}), QPointF(3, -2));
  EXPECT_EQ(gesture.move({14, 8}), QPointF(1, 0));
}

}  // namespace
}  // namespace recontour
