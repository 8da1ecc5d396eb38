// The table of all organs, and panels that are closed and stay so.
#include <QScrollArea>
#include <QScrollBar>
#include <QTableWidget>
#include <QToolButton>

#include "tests/ui/window/window_fixture.h"
#include "ui/panels/measure_panel.h"
#include "ui/window/figures_dialog.h"

namespace recontour {
namespace {

TEST_F(Window, TheTableOfAllOrgansFollowsEdits) {
  open();
  ASSERT_TRUE(fixture->predict());
  ASSERT_TRUE(waitFor([&] { return workbench().figuresKnown() && workbench().organStatus()[0].volumeMl > 0; }));
  keys(Qt::Key_T, Qt::ControlModifier);
  auto* dialog = window->findChild<FiguresDialog*>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_EQ(dialog->textOfCells().split('\n')[1].section('\t', 0, 6), "Liver\tViewed\t2.9\t2.9\t0.0\t0\t0");
  EXPECT_FALSE(dialog->textOfCells().contains("DSC"));
  keys(Qt::Key_4);
  window->views().setCrosshair(world({5, 5, 4}));
  strokeThrough(view(Plane::Axial), {world({5, 5, 4})});
  ASSERT_TRUE(waitFor([&] { return dialog->textOfCells().contains("Liver\tEdited\t2.9"); }));
  EXPECT_TRUE(dialog->textOfCells().split('\n')[1].section('\t', 4, 4).startsWith('+'));
  EXPECT_TRUE(dialog->windowTitle().contains(QString::fromStdString(workbench().figures().caseName)));
}

TEST_F(Window, AClickIntoTheTableChoosesTheOrgan) {
  open();
  ASSERT_TRUE(fixture->predict());
  window->actions().allOrgans->trigger();
  auto* table = window->findChild<FiguresDialog*>()->findChild<QTableWidget*>();
  Q_EMIT table->cellClicked(1, 0);
  EXPECT_EQ(workbench().selectedOrgan(), kSpleen);
}

TEST_F(Window, ATableSortedByVolumeKeepsEachOrgansFiguresTogether) {
  open();
  ASSERT_TRUE(fixture->predict());
  window->actions().allOrgans->trigger();
  auto* dialog = window->findChild<FiguresDialog*>();
  auto* table = dialog->findChild<QTableWidget*>();
  table->sortByColumn(3, Qt::DescendingOrder);
  workbench().stateOrgan(kSpleen, {OrganVerdict::Accepted, ""});
  ASSERT_TRUE(waitFor([&] { return dialog->textOfCells().contains("Spleen\tAccepted\t2.9\t2.9"); }));
  EXPECT_EQ(dialog->textOfCells().count("Spleen"), 1);
  EXPECT_EQ(dialog->textOfCells().count("\n"), 17);
}

TEST_F(Window, ThePanelTellsVoxelsChangedAfterAStroke) {
  open();
  ASSERT_TRUE(fixture->predict());
  keys(Qt::Key_4);
  workbench().setBrush({0.5, false});
  window->views().setCrosshair(world({5, 5, 4}));
  strokeThrough(view(Plane::Axial), {world({5, 5, 4})});
  EXPECT_TRUE(waitFor([&] { return window->measurePanel().text("voxels") == "1 / 0"; }));
}

TEST_F(Window, ClosedPanelsStayClosedAtTheNextStart) {
  const TemporaryFolder folder;
  fixture = std::make_unique<WorkbenchFixture>();
  const auto start = [&] {
    return std::make_unique<MainWindow>(workbench(), Settings(folder / "recontour.ini"),
                                        MainWindow::Options{.threeD = false});
  };
  window = start();
  EXPECT_FALSE(window->measurePanel().isCollapsed());
  window->measurePanel().findChild<QToolButton*>()->click();
  window.reset();
  window = start();
  EXPECT_TRUE(window->measurePanel().isCollapsed());
}

TEST_F(Window, TheDockFitsASmallScreenAndScrollsWhereItDoesNot) {
  open();
  ASSERT_TRUE(fixture->predict());
  keys(Qt::Key_4);
  workbench().setBrush({0.5, false});
  fixture->paint({5, 5, 4});  // so that the change has its rows
  window->resize(1366, 768);
  ASSERT_TRUE(waitFor([&] { return window->measurePanel().text("voxels") == "1 / 0"; }));
  QCoreApplication::processEvents();
  const QWidget* dock = window->measurePanel().parentWidget();
  const auto* scrolled = window->findChild<QScrollArea*>(QStringLiteral("dock"));
  EXPECT_EQ(window->size(), QSize(1366, 768));
  EXPECT_LE(dock->minimumSizeHint().width(), 192) << "200 less a scroll bar";
  EXPECT_FALSE(scrolled->verticalScrollBar()->isVisible());
  window->resize(1366, 500);
  ASSERT_TRUE(waitFor([&] { return scrolled->verticalScrollBar()->isVisible(); }));
  EXPECT_GE(window->historyPanel().height(), window->historyPanel().minimumSizeHint().height());
}

TEST_F(Window, EnterOnAHeadingClosesItAndIsNoCommand) {
  open();
  auto* heading = window->measurePanel().findChild<QToolButton*>();
  heading->setFocus();
  QTest::keyClick(heading, Qt::Key_Return);
  EXPECT_TRUE(window->measurePanel().isCollapsed());
  QTest::keyClick(heading, Qt::Key_Space);  // elsewhere it goes back to the last tool
  EXPECT_FALSE(window->measurePanel().isCollapsed());
  EXPECT_FALSE(window->actions().brush->isChecked());
}

}  // namespace
}  // namespace recontour
