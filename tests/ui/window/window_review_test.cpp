// Saying what organs are, and accepting a case with some that are not there.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/session/session.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/organ_note.h"
#include "ui/window/reason_dialog.h"

namespace recontour {
namespace {

constexpr Label kKidneyLeft = 3;

const OrganRow& rowOf(const OrganModel& model, Label organ) { return model.row(model.rowOf(organ)); }

class WindowReview : public Window {
 protected:
  /// Liver and spleen are drawn, 14 organs are not.
  void openPredicted() {
    open();
    ASSERT_TRUE(fixture->predict());
    ASSERT_TRUE(waitFor([&] { return !rowOf(model(), kSpleen).status.box.empty(); }));
  }
  const OrganModel& model() { return window->organPanel().model(); }
  ReasonDialog* dialog() { return window->findChild<ReasonDialog*>(); }
  static QPushButton* button(ReasonDialog& dialog, const QString& text) {
    for (auto* one : dialog.findChildren<QPushButton*>()) {
      if (one->text() == text) return one;
    }
    return nullptr;
  }
  QString doneText() {
    for (const auto* label : window->organPanel().findChildren<QLabel*>()) {
      if (label->text().contains("done")) return label->text();
    }
    return {};
  }
};

TEST_F(WindowReview, AcceptingACaseAsksWhyOrgansHaveNoContour) {
  openPredicted();
  keys(Qt::Key_Return, Qt::ControlModifier);
  ASSERT_TRUE(waitFor([&] { return dialog() != nullptr; }));
  const auto reasons = dialog()->findChildren<QComboBox*>();
  ASSERT_EQ(reasons.size(), 15);  // one for all, then fourteen
  QPushButton* accept = button(*dialog(), "Accept the case");
  ASSERT_NE(accept, nullptr);
  EXPECT_FALSE(accept->isEnabled());
  dialog()->findChild<QComboBox*>("all")->setCurrentText("Outside the scan");
  reasons[1]->setCurrentText("Absent");  // kidney L
  dialog()->findChildren<QLineEdit*>().front()->setText("removed in 2019");
  ASSERT_TRUE(accept->isEnabled());
  accept->click();
  ASSERT_TRUE(waitFor([&] { return workbench().accepted(); }));
  const Json organs = readJsonFile(workbench().sessionFolder() / "result.json").at("organs");
  EXPECT_EQ(organs.at(1).at("state"), "none");
  EXPECT_EQ(organs.at(2).at("state"), "absent");
  EXPECT_EQ(organs.at(2).at("reason"), "removed in 2019");
  EXPECT_EQ(organs.at(3).at("state"), "outside_scan");
}

TEST_F(WindowReview, CancellingTheQuestionAcceptsNothing) {
  openPredicted();
  keys(Qt::Key_Return, Qt::ControlModifier);
  ASSERT_TRUE(waitFor([&] { return dialog() != nullptr; }));
  button(*dialog(), "Cancel")->click();
  EXPECT_TRUE(waitFor([&] { return dialog() == nullptr; }));
  EXPECT_FALSE(workbench().accepted());
  EXPECT_EQ(workbench().organsWithoutReason().size(), 14u);
}

TEST_F(WindowReview, OneKeyAcceptsAnOrganAndGoesToTheNext) {
  openPredicted();
  workbench().selectOrgan(kLiver);
  keys(Qt::Key_N);
  EXPECT_EQ(rowOf(model(), kLiver).status.statement.verdict, OrganVerdict::Accepted);
  EXPECT_EQ(workbench().selectedOrgan(), kSpleen);
  EXPECT_EQ(doneText(), "1 of 16 done");
  keys(Qt::Key_N);
  EXPECT_EQ(workbench().selectedOrgan(), kKidneyLeft);
  keys(Qt::Key_N);  // has no contour: why?
  ASSERT_NE(dialog(), nullptr);
  dialog()->findChild<QComboBox*>()->setCurrentText("Absent");
  button(*dialog(), "Next organ")->click();
  EXPECT_EQ(rowOf(model(), kKidneyLeft).status.statement.verdict, OrganVerdict::Absent);
  EXPECT_EQ(workbench().selectedOrgan(), kKidneyLeft + 1);
  EXPECT_EQ(doneText(), "3 of 16 done");
}

TEST_F(WindowReview, AStrokeTakesAnOrgansAcceptanceBack) {
  openPredicted();
  workbench().selectOrgan(kLiver);
  workbench().stateOrgan(kLiver, {OrganVerdict::Accepted, ""});
  keys(Qt::Key_4);
  window->views().setCrosshair(world({5, 5, 4}));
  strokeThrough(view(Plane::Axial), {world({5, 5, 4})});
  ASSERT_TRUE(waitFor([&] { return rowOf(model(), kLiver).status.edits == 1; }));
  EXPECT_EQ(rowOf(model(), kLiver).status.statement.verdict, OrganVerdict::None);
}

TEST_F(WindowReview, TheMenuOfARowIsOfThatOrgan) {
  openPredicted();
  workbench().selectOrgan(kLiver);
  OrganList& list = window->organPanel().list();
  const QPoint at = list.visualRect(model().index(model().rowOf(kKidneyLeft))).center();
  QContextMenuEvent event(QContextMenuEvent::Mouse, at, list.viewport()->mapToGlobal(at));
  QCoreApplication::sendEvent(list.viewport(), &event);
  EXPECT_EQ(workbench().selectedOrgan(), kKidneyLeft);
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  ASSERT_NE(menu, nullptr);
  EXPECT_TRUE(menu->actions().contains(window->actions().outsideScan));
  menu->close();
  window->actions().outsideScan->trigger();
  EXPECT_EQ(rowOf(model(), kKidneyLeft).status.statement.verdict, OrganVerdict::OutsideScan);
  EXPECT_EQ(organNote(rowOf(model(), kKidneyLeft)).texts.value(0), "outside");
  window->actions().takeBack->trigger();
  EXPECT_EQ(rowOf(model(), kKidneyLeft).status.statement.verdict, OrganVerdict::None);
}

TEST_F(WindowReview, TheMenuKeyOpensTheMenuOfTheActiveOrgan) {
  openPredicted();
  workbench().selectOrgan(kSpleen);
  OrganList& list = window->organPanel().list();
  QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
  QCoreApplication::sendEvent(list.viewport(), &event);
  EXPECT_NE(qobject_cast<QMenu*>(QApplication::activePopupWidget()), nullptr);
  EXPECT_EQ(workbench().selectedOrgan(), kSpleen);
  QApplication::activePopupWidget()->close();
}

TEST_F(WindowReview, WarningsMayComeFirstAndTheActiveOrganStaysActive) {
  openPredicted();  // the slabs are far smaller than a liver and a spleen
  ASSERT_TRUE(waitFor([&] { return !rowOf(model(), kSpleen).status.concerns.empty(); }));
  workbench().selectOrgan(kKidneyLeft);
  explainEmptyOrgans(workbench());
  workbench().stateOrgan(kLiver, {OrganVerdict::Accepted, ""});
  fixture->workbench.selectOrgan(5);
  window->actions().concernsFirst->trigger();
  EXPECT_LT(model().rowOf(kSpleen), 2);
  EXPECT_EQ(window->organPanel().list().currentIndex().row(), model().rowOf(5));
  EXPECT_EQ(workbench().selectedOrgan(), 5);
  window->actions().concernsFirst->trigger();
  EXPECT_EQ(model().rowOf(kSpleen), 1);
}

TEST_F(WindowReview, JGoesToThePlacesThatWarningsName) {
  openPredicted();
  const auto concerns = [&] { return rowOf(model(), kLiver).status.concerns; };
  ASSERT_TRUE(waitFor([&] { return !concerns().empty(); }));
  EXPECT_TRUE(concerns().front().places.empty()) << "a small volume lies nowhere";
  keys(Qt::Key_J);
  EXPECT_TRUE(hasMessage(*window, "names a place"));
  keys(Qt::Key_4);
  workbench().setBrush({9, false});
  window->views().setCrosshair(world({5, 5, 5}));
  strokeThrough(view(Plane::Axial), {world({5, 5, 5})});  // three slices above the liver, at the scan's end
  ASSERT_TRUE(waitFor([&] { return concerns().size() == 3; }));
  for (const int turn : {1, 2, 3}) {  // island, scan edge, and round again
    window->views().setCrosshair(world({1, 1, 0}));
    keys(Qt::Key_J);
    EXPECT_EQ(workbench().axisMap().geometry().nearestVoxel(window->views().crosshair()).z, 5) << turn;
  }
  EXPECT_EQ(workbench().selectedOrgan(), kLiver);
}

TEST_F(WindowReview, AcceptingTellsWhatMayHaveBeenOverlooked) {
  openPredicted();
  ASSERT_TRUE(waitFor([&] { return !rowOf(model(), kSpleen).status.concerns.empty(); }));
  explainEmptyOrgans(workbench());
  workbench().stateOrgan(kLiver, {OrganVerdict::Accepted, ""});
  window->actions().accept->trigger();
  ASSERT_TRUE(waitFor([&] { return hasMessage(*window, "warnings open: Spleen"); }));
  EXPECT_FALSE(hasMessage(*window, "Liver"));
}

TEST_F(WindowReview, ScrollingThroughAnOrganMakesItSeen) {
  openPredicted();
  EXPECT_FALSE(rowOf(model(), kSpleen).status.seen);
  view(Plane::Axial).setCrosshair(world({5, 5, 0}));
  for (int slice = 0; slice < 5; ++slice) keys(Qt::Key_PageUp);
  ASSERT_TRUE(waitFor([&] { return rowOf(model(), kSpleen).status.seen; }));
  EXPECT_TRUE(organToolTip(rowOf(model(), kSpleen)).contains("All its slices were viewed"));
}

}  // namespace
}  // namespace recontour
