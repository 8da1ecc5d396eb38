// Correction by strokes: live until Enter accepts it or Esc rejects it.
#include <QPushButton>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/session/session_log_reader.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/brush_panel.h"

namespace recontour {
namespace {

class WindowCorrection : public Window {
 protected:
  void openWithTool() {
    open();
    view(Plane::Axial).setCrosshair(world({5, 5, 3}));
    keys(Qt::Key_5);
    BrushSettings brush = workbench().brush();
    brush.reachMm = 5;
    workbench().setBrush(brush);
  }
  void line(const Index3& from, const Index3& to, Qt::MouseButton button = Qt::LeftButton) {
    SliceView& axial = view(Plane::Axial);
    press(axial, axial.widgetFromWorld(world(from)), button);
    drag(axial, axial.widgetFromWorld(world(to)), button);
    release(axial, axial.widgetFromWorld(world(to)), button);
  }
  std::int64_t count(Label organ) { return labelCounts(workbench().labels())[organ]; }
  CorrectionEditor& editor() { return window->findChild<BrushPanel*>()->correctionEditor(); }
};

TEST_F(WindowCorrection, IsSeenAtOnceAndEnterMakesItOneStep) {
  openWithTool();
  EXPECT_FALSE(editor().acceptButton().isEnabled());
  line({2, 2, 3}, {2, 9, 3});
  EXPECT_GT(count(kLiver), 8) << "before it is accepted";
  EXPECT_EQ(workbench().undoDepth(), 0);
  line({9, 2, 3}, {9, 9, 3}, Qt::RightButton);
  EXPECT_EQ(workbench().correction()->strokes.size(), 2U);
  EXPECT_TRUE(editor().acceptButton().isEnabled());
  keys(Qt::Key_Return);
  EXPECT_EQ(workbench().correction(), nullptr);
  EXPECT_EQ(workbench().undoDepth(), 1);
  EXPECT_EQ(workbench().history().back().name, "correct");
  EXPECT_EQ(workbench().history().back().slice, 3);
  EXPECT_FALSE(editor().acceptButton().isEnabled());
  keys(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(count(kLiver), 0);
}

TEST_F(WindowCorrection, EscapeRejectsAllOfItAndTheToolStays) {
  openWithTool();
  line({2, 2, 3}, {2, 9, 3});
  line({6, 2, 3}, {6, 9, 3});
  keys(Qt::Key_Escape);
  EXPECT_EQ(count(kLiver), 0);
  EXPECT_EQ(workbench().undoDepth(), 0);
  EXPECT_TRUE(window->actions().correct->isChecked());
}

TEST_F(WindowCorrection, UndoTakesOneLineBack) {
  openWithTool();
  line({2, 2, 3}, {2, 4, 3});
  const LabelMap one = workbench().labels();
  line({8, 8, 3}, {8, 9, 3});
  keys(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(workbench().labels(), one);
  keys(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(workbench().correction(), nullptr);
  EXPECT_EQ(count(kLiver), 0);
}

TEST_F(WindowCorrection, AnotherOrganMayBeDrawnInTheSameCorrection) {
  openWithTool();
  line({1, 2, 3}, {1, 9, 3});
  workbench().selectOrgan(kSpleen);
  line({10, 2, 3}, {10, 9, 3});
  EXPECT_GT(count(kLiver), 8);
  EXPECT_GT(count(kSpleen), 8);
  EXPECT_EQ(workbench().correction()->strokes.back().label, kSpleen);
}

TEST_F(WindowCorrection, AnotherToolsStrokeAcceptsIt) {
  openWithTool();
  line({2, 2, 3}, {2, 9, 3});
  keys(Qt::Key_4);
  EXPECT_NE(workbench().correction(), nullptr) << "looking elsewhere does not";
  line({9, 9, 3}, {9, 9, 3});
  EXPECT_EQ(workbench().undoDepth(), 2);
  EXPECT_EQ(workbench().history().front().name, "correct");
}

TEST_F(WindowCorrection, ClosingTheCaseAcceptsIt) {
  openWithTool();
  line({2, 2, 3}, {2, 9, 3});
  const LabelMap seen = workbench().labels();
  const auto folder = workbench().sessionFolder();
  workbench().closeCase();
  EXPECT_EQ(replay(folder).labels, seen);
}

TEST_F(WindowCorrection, ReachChangesWhatIsSolved) {
  openWithTool();
  line({2, 5, 3}, {2, 5, 3});
  const auto far = count(kLiver);
  BrushSettings brush = workbench().brush();
  brush.reachMm = 3;
  workbench().setBrush(brush);
  EXPECT_LT(count(kLiver), far);
  EXPECT_GT(count(kLiver), 0);
}

TEST_F(WindowCorrection, ALockedOrganIsRefusedAtOnce) {
  openWithTool();
  workbench().setLocked(kLiver, true);
  line({2, 2, 3}, {2, 9, 3});
  EXPECT_EQ(workbench().correction(), nullptr);
  EXPECT_TRUE(hasMessage(*window, "locked"));
}

TEST_F(WindowCorrection, WhatTheLogKeepsGivesTheSameLabelsAgain) {
  openWithTool();
  line({2, 2, 3}, {2, 9, 3});
  line({9, 2, 3}, {9, 9, 3}, Qt::RightButton);
  keys(Qt::Key_Return);
  ASSERT_TRUE(workbench().flush());
  const auto events = readSessionLog(sessionLogPath(workbench().sessionFolder())).events;
  const auto edit = std::find_if(events.begin(), events.end(), [](const Event& e) { return e.type == "edit"; });
  ASSERT_NE(edit, events.end());
  const Json inputs = parseJson(edit->header, "event").at("inputs");
  EXPECT_EQ(inputs["tool"], "correct");
  EXPECT_EQ(inputs["strokes"].size(), 2U);
}

}  // namespace
}  // namespace recontour
