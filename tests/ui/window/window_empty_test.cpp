// What the panels say before there is anything to show, while it comes, and when it failed.
#include <QLabel>
#include <QPushButton>

#include "tests/ui/window/window_fixture.h"
#include "ui/panels/measure_panel.h"
#include "ui/panels/prediction_line.h"

namespace recontour {
namespace {

class WindowEmpty : public Window {
 protected:
  MeasurePanel& measure() { return window->measurePanel(); }
  PredictionLine& line() { return *window->findChild<PredictionLine*>(); }
};

TEST_F(WindowEmpty, BeforeACaseEachPanelSaysWhatItIsAndWhatToDo) {
  fixture = std::make_unique<WorkbenchFixture>();
  window = shownWindow(fixture->workbench);
  EXPECT_TRUE(measure().emptyText().contains("Open a case"));
  EXPECT_TRUE(window->historyPanel().emptyText().contains("Open a case"));
  EXPECT_TRUE(window->caseList().isVisible());
  EXPECT_TRUE(window->caseList().isEmpty());
  EXPECT_TRUE(window->findChild<QLabel*>(QStringLiteral("organsNote"))->isVisible());
  EXPECT_EQ(line().text(), "");
}

TEST_F(WindowEmpty, ACaseWithoutContoursSaysHowToGetThem) {
  open();
  EXPECT_EQ(line().text(), "no contours yet");
  EXPECT_FALSE(window->findChild<QLabel*>(QStringLiteral("organsNote"))->isVisible());
  ASSERT_TRUE(waitFor([&] { return measure().emptyText().startsWith("No contours yet"); }));
  EXPECT_EQ(window->historyPanel().emptyText(), "");
  fixture->paint({5, 5, 2});
  EXPECT_EQ(line().text(), "");
  ASSERT_TRUE(waitFor([&] { return measure().emptyText().isEmpty(); }));
  workbench().undo();
  EXPECT_EQ(line().text(), "no contours yet");
}

TEST_F(WindowEmpty, AFailedPredictionIsRunAgainFromItsLine) {
  open();
  workbench().predict("model");
  fixture->predictor->release(true);
  ASSERT_TRUE(waitFor([&] { return line().text().startsWith("failed: "); }));
  ASSERT_TRUE(line().againButton().isVisible());
  fixture->predictor->release(false);
  line().againButton().click();
  ASSERT_TRUE(waitFor([&] { return workbench().prediction().state == PredictionStatus::State::Done; }));
  EXPECT_FALSE(line().againButton().isVisible());
}

TEST_F(WindowEmpty, ACancelledPredictionIsRunAgainFromItsLine) {
  open();
  workbench().predict("model");
  workbench().cancelPrediction();
  ASSERT_TRUE(waitFor([&] { return line().text() == "cancelled"; }));
  fixture->predictor->release();
  line().againButton().click();
  ASSERT_TRUE(waitFor([&] { return workbench().prediction().state == PredictionStatus::State::Done; }));
}

}  // namespace
}  // namespace recontour
