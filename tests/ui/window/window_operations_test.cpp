// Operations of the menu: applied, previewed, given up, refused.
#include <QDoubleSpinBox>
#include <QPushButton>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/session/session_log_reader.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/window/operation_dialog.h"

namespace recontour {
namespace {

class WindowOperations : public Window {
 protected:
  void openPredicted() {
    open();
    ASSERT_TRUE(fixture->predict());
    depth_ = workbench().undoDepth();
  }
  QAction* command(const char* name) {
    for (QAction* action : window->actions().operations()) {
      if (action->objectName() == name) return action;
    }
    return nullptr;
  }
  bool done() {
    return waitFor([&] { return workbench().undoDepth() == depth_ + 1; });
  }
  OperationDialog* dialog() { return window->findChild<OperationDialog*>(); }
  std::int64_t count(Label organ) { return labelCounts(workbench().labels())[organ]; }
  int depth_ = 0;
};

TEST_F(WindowOperations, AContourIsCopiedToTheSliceBelowByOneKey) {
  openPredicted();
  const Box liver = boundingBox(workbench().labels(), kLiver);
  view(Plane::Axial).setCrosshair(world({5, 5, liver.lower.z}));
  keys(Qt::Key_PageDown, Qt::ControlModifier);
  ASSERT_TRUE(done());
  EXPECT_EQ(boundingBox(workbench().labels(), kLiver).lower.z, liver.lower.z - 1);
  keys(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(boundingBox(workbench().labels(), kLiver), liver);
}

TEST_F(WindowOperations, AMarginIsPreviewedAndAppliedByItsButton) {
  openPredicted();
  const std::int64_t before = count(kLiver);
  command("margin")->trigger();
  ASSERT_NE(dialog(), nullptr);
  dialog()->amountBox().setValue(-5);  // the liver is one slice of 5 mm
  LabelMap previewed;
  QObject::connect(&workbench(), &Workbench::operationPreviewed, dialog(),
                   [&](const LabelMap& labels) { previewed = labels; });
  ASSERT_TRUE(waitFor([&] { return !previewed.empty(); }));
  EXPECT_LT(labelCounts(previewed)[kLiver], before);
  EXPECT_EQ(count(kLiver), before) << "only a preview";
  dialog()->applyButton().click();
  ASSERT_TRUE(done());
  EXPECT_EQ(workbench().labels(), previewed);
}

TEST_F(WindowOperations, APreviewThatIsGivenUpLeavesNoTrace) {
  openPredicted();
  const LabelMap before = workbench().labels();
  command("smoothOrgan")->trigger();
  ASSERT_NE(dialog(), nullptr);
  ASSERT_TRUE(waitFor([&] { return view(Plane::Axial).hasReference(); }));
  dialog()->reject();
  EXPECT_FALSE(view(Plane::Axial).hasReference());
  EXPECT_EQ(workbench().labels(), before);
  EXPECT_EQ(workbench().undoDepth(), depth_);
}

TEST_F(WindowOperations, ALockedOrganRefusesAndSaysWhy) {
  openPredicted();
  workbench().setLocked(kLiver, true);
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  command("clearSlice")->trigger();
  EXPECT_TRUE(waitFor([&] { return hasMessage(*window, "locked"); }));
  EXPECT_EQ(workbench().undoDepth(), depth_);
}

TEST_F(WindowOperations, WhatTheLogHoldsOfAnOperationLeadsToTheSameLabelsAgain) {
  openPredicted();
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  for (const char* name : {"clearSlice", "fillBetween", "keepLargest", "copyUp", "revertSlice"}) {
    depth_ = workbench().undoDepth();
    bool ended = false;
    const auto connection =
        QObject::connect(&workbench(), &Workbench::operationEnded, window.get(), [&] { ended = true; });
    command(name)->trigger();
    ASSERT_TRUE(waitFor([&] { return ended; })) << name;
    QObject::disconnect(connection);
    if (workbench().undoDepth() == depth_) continue;
    ASSERT_TRUE(workbench().flush());
    const auto events = readSessionLog(sessionLogPath(workbench().sessionFolder())).events;
    const auto edit = std::find_if(events.rbegin(), events.rend(), [](const Event& e) { return e.type == "edit"; });
    const LoggedOperation logged = operationFrom(parseJson(edit->header, "event").at("inputs").dump());
    const ReplayedSession at = replayEvents(events, edit->sequence - 1);
    const Case& opened = *workbench().currentCase();
    OperationInput input = inputOf(logged.operation, at.labels, beforeLabels(at), opened.geometry);
    input.filter = filterOf(logged.rules, logged.operation.organ, workbench().axisMap(), opened.volume);
    const auto again = executed(logged.operation, input);
    EXPECT_EQ(again.labels, workbench().labels()) << name;
  }
}

}  // namespace
}  // namespace recontour
