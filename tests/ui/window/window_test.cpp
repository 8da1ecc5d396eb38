// The window on a case of 12 x 12 x 6 voxels, with a source and a predictor that answer at once.
#include <QSlider>
#include <fstream>

#include "tests/ui/window/window_fixture.h"
#include "ui/views/view_colours.h"

namespace recontour {
namespace {

TEST_F(Window, BrushEraserAndUndoByKeysAndMouse) {
  open();
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {world({3, 5, 2}), world({8, 5, 2})});
  EXPECT_EQ(workbench().labels().at({6, 5, 2}), kLiver);
  keys(Qt::Key_6);
  strokeThrough(view(Plane::Axial), {world({6, 5, 2})});
  EXPECT_EQ(workbench().labels().at({6, 5, 2}), 0);
  EXPECT_EQ(workbench().undoDepth(), 2);
  keys(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(workbench().labels().at({6, 5, 2}), kLiver);
  keys(Qt::Key_Z);
  EXPECT_EQ(workbench().labels().at({6, 5, 2}), 0);
  keys(Qt::Key_Y);
  keys(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(workbench().undoDepth(), 2);
  EXPECT_FALSE(window->actions().redo->isEnabled());
}

TEST_F(Window, ControlErasesWhileTheBrushIsActive) {
  open();
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {world({5, 5, 2})});
  ASSERT_EQ(workbench().labels().at({5, 5, 2}), kLiver);
  strokeThrough(view(Plane::Axial), {world({5, 5, 2})}, Qt::ControlModifier);
  EXPECT_EQ(workbench().labels().at({5, 5, 2}), 0);
}

TEST_F(Window, BrushSizeByBracketsAndShiftWheel) {
  open();
  keys(Qt::Key_4);
  const double before = workbench().brush().radiusMm;
  keys(Qt::Key_BracketRight);
  const double larger = workbench().brush().radiusMm;
  EXPECT_GT(larger, before);
  keys(Qt::Key_BracketLeft);
  EXPECT_DOUBLE_EQ(workbench().brush().radiusMm, before);
  wheel(view(Plane::Coronal), {50, 50}, 1, Qt::ShiftModifier);
  EXPECT_DOUBLE_EQ(workbench().brush().radiusMm, larger);
  const int slice = view(Plane::Coronal).sliceNumber();
  wheel(view(Plane::Coronal), {50, 50}, 1);
  EXPECT_NE(view(Plane::Coronal).sliceNumber(), slice);
}

TEST_F(Window, OrgansByAltAndNumberAndByRow) {
  open();
  keys(Qt::Key_2, Qt::AltModifier);
  EXPECT_EQ(workbench().selectedOrgan(), kSpleen);
  keys(Qt::Key_W);
  EXPECT_EQ(workbench().selectedOrgan(), 3);
  keys(Qt::Key_Q);
  keys(Qt::Key_Q);
  EXPECT_EQ(workbench().selectedOrgan(), kLiver);
  Q_EMIT window->organPanel().organChosen(5);
  EXPECT_EQ(workbench().selectedOrgan(), 5);
  EXPECT_TRUE(window->organPanel().model().row(4).active);
}

TEST_F(Window, ALockedOrganRefusesTheStrokeAndSaysWhy) {
  open();
  keys(Qt::Key_L, Qt::ShiftModifier);
  ASSERT_TRUE(workbench().isLocked(kLiver));
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {world({5, 5, 2})});
  EXPECT_EQ(workbench().undoDepth(), 0);
  EXPECT_TRUE(hasMessage(*window, "Liver is locked"));
}

TEST_F(Window, EscapeGivesTheStrokeUp) {
  open();
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  keys(Qt::Key_4);
  press(view(Plane::Axial), view(Plane::Axial).widgetFromWorld(world({5, 5, 2})));
  ASSERT_EQ(workbench().labels().at({5, 5, 2}), kLiver);
  keys(Qt::Key_Escape);
  EXPECT_EQ(workbench().labels().at({5, 5, 2}), 0);
  EXPECT_EQ(workbench().undoDepth(), 0);
}

TEST_F(Window, ThePredictionArrivesAfterTheStrokeThatIsUnderWay) {
  open();
  view(Plane::Axial).setCrosshair(world({5, 5, 4}));
  keys(Qt::Key_4);
  workbench().predict("model");
  press(view(Plane::Axial), view(Plane::Axial).widgetFromWorld(world({5, 5, 4})));
  fixture->predictor->release();
  ASSERT_TRUE(waitFor([&] { return workbench().prediction().state == PredictionStatus::State::Done; }));
  EXPECT_EQ(workbench().labels().at({0, 0, 3}), 0);
  release(view(Plane::Axial), view(Plane::Axial).widgetFromWorld(world({5, 5, 4})));
  EXPECT_EQ(workbench().labels().at({0, 0, 3}), kSpleen);
  EXPECT_EQ(workbench().labels().at({5, 5, 4}), kLiver);
  EXPECT_EQ(workbench().labels().at({0, 0, 2}), 0);  // the liver is the reader's now
}

TEST_F(Window, AFailedPredictionIsAMessageAndEditingGoesOn) {
  open();
  workbench().predict("model");
  fixture->predictor->release(true);
  ASSERT_TRUE(waitFor([&] { return workbench().prediction().state == PredictionStatus::State::Failed; }));
  EXPECT_TRUE(hasMessage(*window, "the model worker ended (signal 9)"));
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {view(Plane::Axial).crosshair()});
  EXPECT_EQ(workbench().undoDepth(), 1);
}

TEST_F(Window, ACaseThatDoesNotOpenIsNamedWithItsCause) {
  open({}, true);
  EXPECT_EQ(workbench().caseState(), CaseState::Failed);
  EXPECT_TRUE(hasMessage(*window, "small.nii.gz: no such file; check the path"));
  EXPECT_FALSE(window->actions().accept->isEnabled());
}

TEST_F(Window, ReadOnlyShowsAndChangesNothing) {
  Workbench::Options options;
  options.readOnly = true;
  open(options);
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {view(Plane::Axial).crosshair()});
  EXPECT_EQ(labelCounts(workbench().labels())[kLiver], 0);
  EXPECT_FALSE(window->actions().accept->isEnabled());
  EXPECT_TRUE(hasMessage(*window, "reading only"));
}

TEST_F(Window, ThereIsNothingToAcceptWithoutContours) {
  open();
  EXPECT_FALSE(window->actions().accept->isEnabled());
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {view(Plane::Axial).crosshair()});
  EXPECT_TRUE(window->actions().accept->isEnabled());
}

TEST_F(Window, AcceptNamesItsFolder) {
  open();
  ASSERT_TRUE(fixture->predict());
  explainEmptyOrgans(workbench());
  keys(Qt::Key_Return, Qt::ControlModifier);
  ASSERT_TRUE(waitFor([&] { return workbench().accepted(); }));
  EXPECT_TRUE(hasMessage(*window, QString::fromStdString(workbench().sessionFolder().string())));
  EXPECT_TRUE(std::filesystem::exists(workbench().sessionFolder() / "result.json"));
}

TEST_F(Window, LabelsAreHiddenAndShownByOneKey) {
  open();
  ASSERT_TRUE(fixture->predict());
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  const QImage shown = view(Plane::Axial).grab().toImage();
  keys(Qt::Key_S);
  EXPECT_NE(view(Plane::Axial).grab().toImage(), shown);
  keys(Qt::Key_S);
  EXPECT_EQ(view(Plane::Axial).grab().toImage(), shown);
}

TEST_F(Window, ClosedAndOpenedAgainItIsWhereItWas) {
  open();
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {view(Plane::Axial).crosshair()});
  const LabelMap labels = workbench().labels();
  ASSERT_TRUE(window->close());
  workbench().closeCase();
  window->show();
  window->openCase("small.nii.gz");
  ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open; }));
  EXPECT_EQ(workbench().labels(), labels);
  EXPECT_TRUE(window->actions().undo->isEnabled());
}

TEST_F(Window, TheBarGoesThroughTheArrangements) {
  open();
  const auto visible = [&] {
    int count = window->views().surfaces().isVisible() ? 1 : 0;
    for (const Plane plane : kPlanes) count += view(plane).isVisible() ? 1 : 0;
    return count;
  };
  EXPECT_EQ(visible(), 4);
  view(Plane::Sagittal).setFocus();
  window->actions().arrangement->trigger();
  EXPECT_EQ(visible(), 4);
  QCoreApplication::processEvents();
  EXPECT_GT(view(Plane::Sagittal).width(), 2 * view(Plane::Axial).width());
  window->actions().arrangement->trigger();
  EXPECT_EQ(visible(), 1);
  EXPECT_TRUE(view(Plane::Sagittal).isVisible());
  window->actions().arrangement->trigger();
  EXPECT_EQ(visible(), 4);
}

TEST_F(Window, ADoubleClickMaximisesAViewAndGivesItBack) {
  open();
  QTest::mouseDClick(&view(Plane::Coronal), Qt::LeftButton, {}, {60, 60});
  EXPECT_TRUE(view(Plane::Coronal).isVisible());
  EXPECT_FALSE(view(Plane::Axial).isVisible());
  QTest::mouseDClick(&view(Plane::Coronal), Qt::LeftButton, {}, {60, 60});
  EXPECT_TRUE(view(Plane::Axial).isVisible());
}

TEST_F(Window, WindowsByKeyAndOwnOnesAreKept) {
  open();
  keys(Qt::Key_3, Qt::ControlModifier);
  for (const Plane plane : kPlanes) EXPECT_EQ(view(plane).windowLevel(), (WindowLevel{1500, -600}));
  window->views().setWindowLevel({222, 33});
  window->actions().keepWindow->trigger();
  keys(Qt::Key_1, Qt::ControlModifier);
  EXPECT_EQ(view(Plane::Axial).windowLevel(), kAbdomenWindow);
  EXPECT_TRUE(window->actions().forgetWindows->isEnabled());
}

TEST_F(Window, ShiftAndMoveLinkAllViewsToThePointer) {
  open();
  const Point3 target = world({3, 8, 3});
  view(Plane::Axial).setCrosshair(world({6, 6, 3}));
  sendMouse(view(Plane::Axial), QEvent::MouseMove, view(Plane::Axial).widgetFromWorld(target), Qt::NoButton,
            Qt::NoButton, Qt::ShiftModifier);
  EXPECT_EQ(view(Plane::Sagittal).sliceNumber(), 3);
  EXPECT_EQ(view(Plane::Coronal).sliceNumber(), 8);
  EXPECT_EQ(view(Plane::Axial).sliceNumber(), 3);
}

TEST_F(Window, TextsAndSmoothingAreSwitchedOffForAllViews) {
  open();
  const QImage smooth = view(Plane::Sagittal).grab().toImage();
  window->actions().smooth->trigger();
  const QImage blocks = view(Plane::Sagittal).grab().toImage();
  EXPECT_NE(blocks, smooth);
  keys(Qt::Key_X);
  EXPECT_NE(view(Plane::Sagittal).grab().toImage(), blocks);
}

TEST_F(Window, TheHistoryNamesStepsAndGoesToAny) {
  open();
  ASSERT_TRUE(fixture->predict());
  view(Plane::Axial).setCrosshair(world({5, 5, 4}));
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {world({5, 5, 4})});
  const LabelMap afterFirst = workbench().labels();
  keys(Qt::Key_6);
  strokeThrough(view(Plane::Axial), {world({5, 5, 4})});
  const HistoryModel& history = window->historyPanel().model();
  const auto text = [&](int row) { return history.data(history.index(row), Qt::DisplayRole).toString(); };
  ASSERT_EQ(history.rowCount(), 4);
  EXPECT_EQ(text(0), "Erase, Liver\naxial 5");
  EXPECT_EQ(text(1), "Brush, Liver\naxial 5");
  EXPECT_EQ(text(2), "Contours from fake");
  EXPECT_EQ(text(3), "Opened");
  Q_EMIT window->historyPanel().stepChosen(0);
  EXPECT_EQ(workbench().labels(), LabelMap(workbench().labels().size()));
  Q_EMIT window->historyPanel().stepChosen(2);
  EXPECT_EQ(workbench().labels(), afterFirst);
  EXPECT_EQ(history.rowCount(), 4);  // what is undone can still be done again
  window->close();
}

TEST_F(Window, PoorOrgansStartHiddenAndAreSeenWhenTheyAreWorkedOn) {
  open();
  std::ofstream(fixture->folder.path() / "recontour.json") << R"({"expected_dsc": {"liver": 0.1, "spleen": 0.1}})";
  workbench().predict(fixture->folder.path());
  fixture->predictor->release();
  const auto visible = [&](Label organ) { return window->organPanel().model().row(organ - 1).visible; };
  ASSERT_TRUE(waitFor([&] { return !visible(kSpleen); }));
  EXPECT_TRUE(visible(kLiver));  // the active organ stays in sight
  window->openCase("small.nii.gz");
  ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open; }));
  EXPECT_FALSE(visible(kSpleen));  // also when the case is opened again
  keys(Qt::Key_2, Qt::AltModifier);
  EXPECT_TRUE(visible(kSpleen));
  Q_EMIT window->organPanel().visibilityToggled(kSpleen, false);
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {view(Plane::Axial).crosshair()});
  EXPECT_TRUE(visible(kSpleen));  // nobody paints what is not seen
}

TEST_F(Window, PoorOrgansAreCountedAmongThoseToCheckUntilTheReaderHasWorkedOnThem) {
  open();
  std::ofstream(fixture->folder.path() / "recontour.json") << R"({"expected_dsc": {"liver": 0.9, "spleen": 0.1}})";
  workbench().predict(fixture->folder.path());
  fixture->predictor->release();
  const auto concerns = [&] { return window->organPanel().model().row(kSpleen - 1).status.concerns; };
  ASSERT_TRUE(waitFor([&] { return !concerns().empty() && concerns().front().word == "not reliable"; }));
  EXPECT_TRUE(window->organPanel().model().row(kSpleen - 1).concerned()) << "hidden, but part of what is accepted";
  EXPECT_EQ(concerns().front().places.size(), 1U);
  EXPECT_EQ(window->organPanel().model().hidden(), 1);
  Q_EMIT window->organPanel().showAllAsked();
  EXPECT_EQ(window->organPanel().model().hidden(), 0);
  keys(Qt::Key_2, Qt::AltModifier);
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {view(Plane::Axial).crosshair()}, Qt::ControlModifier);
  EXPECT_TRUE(waitFor([&] { return concerns().empty() || concerns().front().word != "not reliable"; }));
}

TEST_F(Window, TakingTheContoursBackSaysHowTheyComeAgain) {
  open();
  ASSERT_TRUE(fixture->predict());
  keys(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(hasMessage(*window, "are taken back; Ctrl+Shift+Z"));
}

TEST_F(Window, TheFillSliderAndItsKeysAreOne) {
  open();
  auto* fill = window->organPanel().findChild<QSlider*>();
  ASSERT_NE(fill, nullptr);
  EXPECT_EQ(fill->value(), 35);
  window->actions().moreOpaque->trigger();
  EXPECT_EQ(fill->value(), 45);
  fill->setValue(20);
  window->actions().lessOpaque->trigger();
  EXPECT_EQ(fill->value(), 10);
}

TEST_F(Window, ALatePredictionOffersTheEditedOrganAndOneKeyTakesItOver) {
  open();
  view(Plane::Axial).setCrosshair(world({5, 5, 4}));
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {world({5, 5, 4})});
  EXPECT_FALSE(window->actions().takeOver->isEnabled());
  ASSERT_TRUE(fixture->predict());
  EXPECT_TRUE(hasMessage(*window, "Your contour was kept: Liver"));
  EXPECT_EQ(view(Plane::Axial).sliceNumber(), 4);  // the reader stays where he was
  EXPECT_EQ(labelCounts(workbench().labels())[kSpleen], 144);
  EXPECT_LT(labelCounts(workbench().labels())[kLiver], 144);
  ASSERT_TRUE(window->actions().takeOver->isEnabled());
  keys(Qt::Key_T);
  EXPECT_EQ(workbench().labels(), predictedLabels());
  EXPECT_FALSE(window->actions().takeOver->isEnabled());
  keys(Qt::Key_Z);
  EXPECT_EQ(workbench().labels().at({5, 5, 4}), kLiver);
  EXPECT_TRUE(window->actions().takeOver->isEnabled());
}

TEST_F(Window, GoesThroughAFolderOfCasesByKeys) {
  open();
  const TemporaryFolder folder;
  for (const char* name : {"one.nii", "two.nii"}) std::ofstream(folder / name) << "x";
  workbench().openFolder(folder.path());
  ASSERT_TRUE(
      waitFor([&] { return workbench().currentWorkItem() == 0 && workbench().caseState() == CaseState::Open; }));
  EXPECT_TRUE(window->caseList().isVisible());
  EXPECT_EQ(window->caseList().stateText(0), "open");
  EXPECT_FALSE(window->actions().previousCase->isEnabled());
  keys(Qt::Key_4);
  strokeThrough(view(Plane::Axial), {view(Plane::Axial).crosshair()});
  explainEmptyOrgans(workbench());
  keys(Qt::Key_A, Qt::ControlModifier | Qt::AltModifier);
  ASSERT_TRUE(waitFor([&] { return window->caseList().stateText(0).startsWith("accepted"); }));
  keys(Qt::Key_N, Qt::ControlModifier | Qt::AltModifier);
  ASSERT_TRUE(
      waitFor([&] { return workbench().currentWorkItem() == 1 && workbench().caseState() == CaseState::Open; }));
  EXPECT_EQ(labelCounts(workbench().labels())[kLiver], 0);  // a case of its own
  EXPECT_FALSE(window->actions().nextCase->isEnabled());
  Q_EMIT window->caseList().caseChosen(0);
  ASSERT_TRUE(
      waitFor([&] { return workbench().currentWorkItem() == 0 && workbench().caseState() == CaseState::Open; }));
  EXPECT_GT(labelCounts(workbench().labels())[kLiver], 0);
}

TEST_F(Window, TheSliderMarksSlicesThatWereEdited) {
  open();
  SliceView& axial = view(Plane::Axial);
  axial.setCrosshair(world({5, 5, 4}));
  keys(Qt::Key_4);
  strokeThrough(axial, {world({5, 5, 4})});
  axial.setCrosshair(world({5, 5, 0}));
  const QRectF track = sliceSliderRect(axial.size());
  const auto shade = [&](int slice) {  // at the right edge of the slider
    const double y = track.bottom() - track.height() * slice / 5;
    return axial.grab().toImage().pixelColor(QPointF(track.right() - 2, y).toPoint());
  };
  ASSERT_TRUE(waitFor([&] { return shade(4) == kViewAccent; }));
  EXPECT_NE(shade(2), kViewAccent);
  keys(Qt::Key_Z);
  ASSERT_TRUE(waitFor([&] { return shade(4) != kViewAccent; }));
}

TEST_F(Window, EveryToolHasItsIcon) {
  open();
  for (const QAction* tool : window->actions().tools())
    EXPECT_FALSE(tool->icon().isNull()) << tool->text().toStdString();
}

TEST_F(Window, TheLightThemeIsChosenWhileACaseIsOpenAndLeavesViewsBlack) {
  applyTheme(*qApp);
  open();
  const QImage dark = window->grab().toImage();
  const QImage view1 = view(Plane::Axial).grab().toImage();
  window->actions().lightTheme->trigger();
  EXPECT_EQ(&theme(), &kLight);
  EXPECT_EQ(window->organPanel().grab().toImage().pixelColor(2, 2), kLight.panel);
  EXPECT_EQ(view(Plane::Axial).grab().toImage(), view1);
  window->actions().lightTheme->trigger();
  EXPECT_EQ(&theme(), &kDark);
  EXPECT_EQ(window->grab().toImage().pixelColor(300, 300), dark.pixelColor(300, 300));
}

}  // namespace
}  // namespace recontour
