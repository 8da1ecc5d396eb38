// Keys people know from ITK-SNAP and 3D Slicer, and keys of one's own.
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <set>

#include "tests/ui/window/window_fixture.h"
#include "ui/window/key_editor.h"
#include "ui/window/organ_picker.h"

namespace recontour {
namespace {

const QAction* checkedTool(const MainWindow& window) {
  for (const QAction* tool : const_cast<MainWindow&>(window).actions().tools()) {
    if (tool->isChecked()) return tool;
  }
  return nullptr;
}

TEST_F(Window, NumbersPickToolsAndSpaceGoesBackToTheLastOne) {
  open();
  WindowActions& actions = window->actions();
  EXPECT_EQ(checkedTool(*window), actions.crosshairTool);
  keys(Qt::Key_4);
  EXPECT_EQ(checkedTool(*window), actions.brush);
  keys(Qt::Key_6);
  EXPECT_EQ(checkedTool(*window), actions.eraser);
  keys(Qt::Key_Space);
  EXPECT_EQ(checkedTool(*window), actions.brush);
  keys(Qt::Key_Space);
  EXPECT_EQ(checkedTool(*window), actions.eraser);
  keys(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(checkedTool(*window), actions.brush);
  keys(Qt::Key_Escape);
  EXPECT_EQ(checkedTool(*window), actions.crosshairTool);
  keys(Qt::Key_2);
  EXPECT_EQ(checkedTool(*window), actions.browse);
}

TEST_F(Window, NoTwoCommandsShareAStandardKey) {
  open();
  std::set<QString> used;
  for (const CommandGroup& group : window->actions().groups()) {
    for (const Command& command : group.commands) {
      for (const QKeySequence& key : command.standardKeys)
        EXPECT_TRUE(used.insert(key.toString()).second) << key.toString().toStdString();
    }
  }
}

TEST_F(Window, RightDragErasesWithTheBrush) {
  open();
  SliceView& axial = view(Plane::Axial);
  axial.setCrosshair(world({5, 5, 2}));
  keys(Qt::Key_4);
  strokeThrough(axial, {world({5, 5, 2})});
  ASSERT_EQ(workbench().labels().at({5, 5, 2}), kLiver);
  press(axial, axial.widgetFromWorld(world({5, 5, 2})), Qt::RightButton);
  release(axial, axial.widgetFromWorld(world({5, 5, 2})), Qt::RightButton);
  EXPECT_EQ(workbench().labels().at({5, 5, 2}), 0);
  EXPECT_EQ(workbench().undoDepth(), 2);
}

TEST_F(Window, AltAndClickMakeTheOrganUnderThePointerTheActiveOne) {
  open();
  ASSERT_TRUE(fixture->predict());
  SliceView& axial = view(Plane::Axial);
  axial.setCrosshair(world({0, 0, 3}));
  ASSERT_EQ(workbench().labels().at({0, 0, 3}), kSpleen);
  press(axial, axial.widgetFromWorld(world({0, 0, 3})), Qt::LeftButton, Qt::AltModifier);
  release(axial, axial.widgetFromWorld(world({0, 0, 3})));
  EXPECT_EQ(workbench().selectedOrgan(), kSpleen);
}

TEST_F(Window, OrgansAreChosenByPartOfTheirName) {
  open();
  keys(Qt::Key_L);
  auto* picker = window->findChild<OrganPicker*>();
  ASSERT_NE(picker, nullptr);
  auto* words = picker->findChild<QLineEdit*>();
  QTest::keyClicks(words, "pancr");
  QTest::keyClick(words, Qt::Key_Return);
  EXPECT_EQ(workbench().organs().find(workbench().selectedOrgan())->key, "pancreas");
}

TEST_F(Window, CommasAndPagesStepOrgansAndSlices) {
  open();
  keys(Qt::Key_Period);
  EXPECT_EQ(workbench().selectedOrgan(), kSpleen);
  keys(Qt::Key_Comma);
  EXPECT_EQ(workbench().selectedOrgan(), kLiver);
  const int slice = view(Plane::Axial).sliceNumber();
  keys(Qt::Key_PageUp);
  EXPECT_EQ(view(Plane::Axial).sliceNumber(), slice + 1);
  keys(Qt::Key_PageDown);
  EXPECT_EQ(view(Plane::Axial).sliceNumber(), slice);
}

TEST_F(Window, CentresOnTheCrosshairAndFitsAgain) {
  open();
  SliceView& axial = view(Plane::Axial);
  axial.setCrosshair(world({1, 1, 3}));
  const QPointF fitted = axial.widgetFromWorld(world({1, 1, 3}));
  wheel(axial, {50, 50}, 10, Qt::ControlModifier);
  keys(Qt::Key_C, Qt::ShiftModifier);
  EXPECT_NEAR(axial.widgetFromWorld(world({1, 1, 3})).x(), axial.width() / 2.0, 20);
  EXPECT_NEAR(axial.widgetFromWorld(world({1, 1, 3})).y(), axial.height() / 2.0, 2);
  keys(Qt::Key_R);
  EXPECT_EQ(axial.widgetFromWorld(world({1, 1, 3})), fitted);
}

TEST_F(Window, WindowFromThePictureAndBack) {
  open();
  keys(Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(view(Plane::Sagittal).windowLevel(), kAbdomenWindow);
  window->views().setWindowLevel({10, 10});
  keys(Qt::Key_J, Qt::ControlModifier);
  EXPECT_NE(view(Plane::Sagittal).windowLevel(), (WindowLevel{10, 10}));
}

TEST_F(Window, AKeyOfOnesOwnReplacesTheStandardAndIsTakenFromItsOwner) {
  open();
  KeyEditor editor(window->actions(), {}, window.get());
  QObject::connect(&editor, &KeyEditor::keysChanged, window.get(),
                   [&](const OwnKeys& keys) { window->actions().setOwnKeys(keys); });
  editor.select("brush");
  editor.assign(QKeySequence("T"));  // it was "take over"
  EXPECT_TRUE(window->actions().takeOver->shortcuts().isEmpty());
  keys(Qt::Key_4);
  EXPECT_EQ(checkedTool(*window), window->actions().crosshairTool);
  keys(Qt::Key_T);
  EXPECT_EQ(checkedTool(*window), window->actions().brush);
  EXPECT_TRUE(window->actions().brush->toolTip().endsWith("T"));
  editor.resetAll();
  EXPECT_EQ(window->actions().takeOver->shortcuts(), QList<QKeySequence>{QKeySequence("T")});
}

TEST(KeysOfOnesOwn, AreRememberedForTheNextStart) {
  const TemporaryFolder folder;
  {
    Settings settings(folder / "recontour.ini");
    settings.setOwnKeys({{"brush", {"Ctrl+B"}}, {"lock", {}}});
  }
  WorkbenchFixture fixture;
  MainWindow window(fixture.workbench, Settings(folder / "recontour.ini"), {.threeD = false});
  EXPECT_EQ(window.actions().brush->shortcuts(), QList<QKeySequence>{QKeySequence("Ctrl+B")});
  EXPECT_TRUE(window.actions().lock->shortcuts().isEmpty());
  EXPECT_EQ(window.actions().eraser->shortcuts(), QList<QKeySequence>{QKeySequence("6")});
}

TEST_F(Window, TheSheetShowsKeysAsTheyAre) {
  open();
  window->actions().setOwnKeys({{"brush", {QKeySequence("Ctrl+B")}}});
  keys(Qt::Key_F1);
  auto* sheet = window->findChild<QDialog*>("keySheet");
  ASSERT_NE(sheet, nullptr);
  EXPECT_LE(sheet->sizeHint().height(), 740);  // fits a screen of 768 lines
  QStringList texts;
  for (const QLabel* label : sheet->findChildren<QLabel*>()) texts << label->text();
  EXPECT_TRUE(texts.contains("Ctrl+B"));
  EXPECT_FALSE(texts.contains("4"));
}

TEST_F(Window, ARightClickOffersWhatAPictureCanDoAndADragZooms) {
  open();
  SliceView& axial = view(Plane::Axial);
  const QPointF at(200, 150);
  press(axial, at, Qt::RightButton);
  drag(axial, at + QPointF(0, -40), Qt::RightButton);
  release(axial, at + QPointF(0, -40), Qt::RightButton);
  EXPECT_EQ(QApplication::activePopupWidget(), nullptr);
  press(axial, at, Qt::RightButton);
  release(axial, at, Qt::RightButton);
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  ASSERT_NE(menu, nullptr);
  EXPECT_TRUE(menu->actions().contains(window->actions().fit));
  menu->close();
}

}  // namespace
}  // namespace recontour
