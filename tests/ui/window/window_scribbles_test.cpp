// Scribble mode in the window: strokes are drawn, erased, cut and given to other organs; contours stay as they are.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QSlider>
#include <QTableWidget>

#include "core/base/progress_sink.h"
#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_export.h"
#include "core/strokes/scribble_json.h"
#include "core/strokes/scribble_raster.h"
#include "core/workbench/scribbling.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/coverage_strip.h"
#include "ui/panels/measure_panel.h"
#include "ui/panels/organ_note.h"
#include "ui/panels/scribble_panel.h"
#include "ui/window/scribble_export_dialog.h"

namespace recontour {
namespace {

class WindowScribbles : public Window {
 protected:
  void openScribbling() {
    open();
    view(Plane::Axial).setCrosshair(world({5, 5, 2}));
    keys(Qt::Key_P);
    ASSERT_TRUE(scribbling().on());
    setWidth(1);  // one row of voxels
  }
  Scribbling& scribbling() { return workbench().scribbling(); }
  ScribblePanel& panel() { return window->scribblePanel(); }
  void setWidth(double radiusMm) {
    Scribbling::Brush pen = scribbling().brush();
    pen.radiusMm = radiusMm * 0.4;
    scribbling().setBrush(pen);
  }
  void choose(Scribbling::Tool tool) {
    Scribbling::Brush pen = scribbling().brush();
    pen.tool = tool;
    scribbling().setBrush(pen);
  }
  void stroke(const Index3& from, const Index3& to, Qt::MouseButton button = Qt::LeftButton,
              Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    SliceView& axial = view(Plane::Axial);
    press(axial, axial.widgetFromWorld(world(from)), button, modifiers);
    drag(axial, axial.widgetFromWorld(world(to)), button, modifiers);
    release(axial, axial.widgetFromWorld(world(to)), button);
  }
  std::int64_t voxels(Label label) { return labelCounts(scribbling().raster())[rasterLabel(label)]; }
  bool panelSays(const QString& key, const QString& text) {
    return waitFor([&] { return panel().text(key) == text; }, 3000);
  }
  QColor pixelAt(const Index3& voxel) {
    SliceView& axial = view(Plane::Axial);
    return axial.grab().toImage().pixelColor(axial.widgetFromWorld(world(voxel)).toPoint());
  }
};

TEST_F(WindowScribbles, TheLeftButtonSaysTheOrganAndTheRightOneBackground) {
  openScribbling();
  workbench().selectOrgan(kSpleen);
  stroke({2, 3, 2}, {7, 3, 2});
  stroke({2, 9, 2}, {4, 9, 2}, Qt::RightButton);
  EXPECT_EQ(voxels(kSpleen), 6);
  EXPECT_EQ(voxels(0), 3);
  EXPECT_EQ(labelCounts(workbench().labels())[kSpleen], 0) << "no contour changes";
  EXPECT_TRUE(panelSays(QStringLiteral("without"), QStringLiteral("15 of 16")));
  EXPECT_TRUE(panelSays(QStringLiteral("background"), QStringLiteral("1")));
  EXPECT_TRUE(panelSays(QStringLiteral("slices"), QStringLiteral("1 of 6")));
}

TEST_F(WindowScribbles, StrokesAreSeenInTheirColourOverAContourAndInOtherPlanes) {
  openScribbling();
  ASSERT_TRUE(fixture->predict());
  workbench().selectOrgan(kSpleen);
  stroke({2, 3, 2}, {7, 3, 2});
  const auto colour = workbench().organs().find(kSpleen)->displayColour;
  const QColor seen = pixelAt({4, 3, 2});
  EXPECT_NEAR(seen.green(), colour[1] * 235 / 255, 25) << "the liver below does not dye it";
  EXPECT_GT(seen.green(), seen.red() + 100);
  view(Plane::Coronal).setCrosshair(world({5, 3, 2}));
  const QImage coronal = view(Plane::Coronal).grab().toImage();
  const QColor across = coronal.pixelColor(view(Plane::Coronal).widgetFromWorld(world({4, 3, 2})).toPoint());
  EXPECT_GT(across.green(), across.red() + 100);
}

TEST_F(WindowScribbles, LockedOrgansCanBeScribbled) {
  openScribbling();
  workbench().setLocked(workbench().selectedOrgan(), true);
  stroke({2, 3, 2}, {7, 3, 2});
  EXPECT_EQ(voxels(workbench().selectedOrgan()), 6);
}

TEST_F(WindowScribbles, ControlErasesAndUndoBringsBack) {
  openScribbling();
  stroke({1, 3, 2}, {10, 3, 2});
  stroke({5, 2, 2}, {5, 4, 2}, Qt::LeftButton, Qt::ControlModifier);
  EXPECT_EQ(scribbling().layer().strokes().size(), 2u);
  EXPECT_LT(voxels(1), 10);
  keys(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(scribbling().layer().strokes().size(), 1u);
  EXPECT_EQ(voxels(1), 10);
  keys(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(voxels(1), 0);
  keys(Qt::Key_Y, Qt::ControlModifier);
  EXPECT_EQ(voxels(1), 10);
}

TEST_F(WindowScribbles, AClickCutsAStrokeAndGivesAPieceToAnotherOrgan) {
  openScribbling();
  stroke({1, 3, 2}, {10, 3, 2});
  choose(Scribbling::Tool::Cut);
  stroke({5, 3, 2}, {5, 3, 2});
  ASSERT_EQ(scribbling().layer().strokes().size(), 2u);
  choose(Scribbling::Tool::Organ);
  workbench().selectOrgan(kSpleen);
  stroke({9, 3, 2}, {9, 3, 2});
  EXPECT_EQ(voxels(kSpleen), 6) << "from the cut to the end";
  stroke({9, 3, 2}, {9, 3, 2}, Qt::RightButton);
  EXPECT_EQ(voxels(0), 6);
  stroke({9, 9, 2}, {9, 9, 2});
  EXPECT_TRUE(hasMessage(*window, "No stroke lies there"));
}

TEST_F(WindowScribbles, EscapeGivesTheStrokeUp) {
  openScribbling();
  SliceView& axial = view(Plane::Axial);
  press(axial, axial.widgetFromWorld(world({2, 3, 2})));
  drag(axial, axial.widgetFromWorld(world({7, 3, 2})));
  EXPECT_EQ(voxels(1), 6);
  keys(Qt::Key_Escape);
  EXPECT_EQ(voxels(1), 0);
  EXPECT_TRUE(scribbling().layer().strokes().empty());
}

TEST_F(WindowScribbles, TheDockAndTheListTellStrokesWhileTheModeIsOn) {
  openScribbling();
  EXPECT_TRUE(panel().isVisible());
  EXPECT_FALSE(window->measurePanel().isVisible());
  stroke({2, 3, 2}, {7, 3, 2});
  const OrganModel& model = window->organPanel().model();
  EXPECT_EQ(organNote(model.row(0)).texts.front(), QStringLiteral("1 stroke"));
  EXPECT_TRUE(organNote(model.row(1)).warns());
  keys(Qt::Key_1);
  EXPECT_TRUE(scribbling().on()) << "looking around does not end it";
  keys(Qt::Key_4);
  EXPECT_FALSE(scribbling().on()) << "a tool that paints contours does";
  EXPECT_FALSE(panel().isVisible());
  EXPECT_EQ(voxels(1), 6) << "the strokes stay";
}

TEST_F(WindowScribbles, CostsFollowTheStrokesAndTheContours) {
  openScribbling();
  stroke({1, 3, 2}, {10, 3, 2});
  EXPECT_TRUE(panelSays(QStringLiteral("fg"), QStringLiteral("-"))) << "there is no contour yet";
  ASSERT_TRUE(fixture->predict());  // liver fills slice 2, spleen slice 3: 288 voxels
  EXPECT_TRUE(panelSays(QStringLiteral("fg"), QStringLiteral("3.5 %")))
      << panel().text(QStringLiteral("fg")).toStdString();
  EXPECT_TRUE(panelSays(QStringLiteral("sliceRatio"), QStringLiteral("50 %")));
  EXPECT_TRUE(panelSays(QStringLiteral("length"), QStringLiteral("1.8 cm")));
}

TEST_F(WindowScribbles, SuggestedSlicesAreLinksToThem) {
  openScribbling();
  ASSERT_TRUE(fixture->predict());
  Q_EMIT panel().suggestedText().linkActivated({});
  ASSERT_TRUE(waitFor([&] { return panel().suggestedText().text().contains(QLatin1String("Spleen")); }, 3000));
  Q_EMIT panel().suggestedText().linkActivated(QStringLiteral("3"));
  EXPECT_EQ(view(Plane::Axial).sliceNumber(), 3);
}

TEST_F(WindowScribbles, StrokesOfAnotherReaderAreAddedFilteredAndCompared) {
  openScribbling();
  stroke({2, 3, 2}, {7, 3, 2});
  ScribbleFile theirs{"small", workbench().currentCase()->imageHash, scribbling().layer().strokes(), {}};
  theirs.strokes[0].author = "R2";
  theirs.strokes[0].label = kSpleen;
  const auto file = fixture->folder.path() / "theirs.json";
  writeFileSafely(file, toJson(theirs, workbench().organs()));
  scribbling().addFrom(file);
  ASSERT_TRUE(waitFor([&] { return scribbling().layer().strokes().size() == 2; }, 3000));
  ASSERT_TRUE(waitFor([&] { return panel().conflictText().text().contains(QLatin1String("Spleen")); }, 3000));
  EXPECT_EQ(scribbling().conflicts().size(), 1u);
  EXPECT_EQ(voxels(kSpleen), 6);
  Q_EMIT panel().authorChosen(QStringLiteral("R1"));
  EXPECT_EQ(voxels(1), 6);
  EXPECT_EQ(voxels(kSpleen), 0);
  Q_EMIT panel().authorChosen({});
  EXPECT_EQ(voxels(kSpleen), 6);
  scribbling().addFrom(file);
  EXPECT_TRUE(waitFor([&] { return hasMessage(*window, "All of these strokes are there already"); }, 3000));
}

TEST_F(WindowScribbles, StrokesOfAnotherImageAreRefused) {
  openScribbling();
  stroke({2, 3, 2}, {7, 3, 2});
  const ScribbleFile other{"other", std::string(64, 'a'), scribbling().layer().strokes(), {}};
  writeFileSafely(fixture->folder.path() / "other.json", toJson(other, workbench().organs()));
  scribbling().addFrom(fixture->folder.path() / "other.json");
  EXPECT_TRUE(waitFor([&] { return hasMessage(*window, "belongs to another image"); }, 3000));
  EXPECT_EQ(scribbling().layer().strokes().size(), 1u);
}

TEST_F(WindowScribbles, StrokesDriveAFillAndStay) {
  openScribbling();
  workbench().selectOrgan(kSpleen);
  stroke({2, 3, 2}, {2, 8, 2});
  stroke({9, 3, 2}, {9, 8, 2}, Qt::RightButton);
  Q_EMIT panel().fillAsked();
  ASSERT_NE(workbench().correction(), nullptr);
  EXPECT_FALSE(scribbling().on());
  EXPECT_EQ(workbench().labels().at({4, 5, 2}), kSpleen) << "nearer to the spleen's line";
  EXPECT_EQ(workbench().labels().at({8, 5, 2}), 0) << "nearer to the background's";
  keys(Qt::Key_Return);
  EXPECT_EQ(workbench().correction(), nullptr);
  EXPECT_EQ(workbench().labels().at({4, 5, 2}), kSpleen);
  EXPECT_EQ(workbench().undoDepth(), 1);
  EXPECT_EQ(scribbling().layer().strokes().size(), 2u);
}

TEST_F(WindowScribbles, ASplitThatChangedNothingBeforeTheModeEndsNothing) {
  open();
  view(Plane::Axial).setCrosshair(world({5, 5, 2}));
  keys(Qt::Key_K);
  stroke({2, 3, 2}, {7, 3, 2});
  keys(Qt::Key_P);
  stroke({2, 3, 2}, {7, 3, 2});
  EXPECT_EQ(scribbling().layer().strokes().size(), 1u);
  EXPECT_TRUE(window->actions().accept->isEnabled()) << "strokes alone are work that can be accepted";
  keys(Qt::Key_4);
  EXPECT_TRUE(window->actions().accept->isEnabled());
}

TEST_F(WindowScribbles, CorrectionsBecomeStrokes) {
  open();
  ASSERT_TRUE(fixture->predict());
  workbench().selectOrgan(kSpleen);
  view(Plane::Axial).setCrosshair(world({5, 5, 1}));
  BrushSettings brush = workbench().brush();
  brush.radiusMm = 7;
  workbench().setBrush(brush);
  fixture->paint({5, 5, 1});  // spleen where there was nothing
  scribbling().addFromCorrections();
  ASSERT_TRUE(waitFor([&] { return !scribbling().layer().strokes().empty(); }, 3000));
  ASSERT_EQ(scribbling().layer().strokes().size(), 1u);
  EXPECT_EQ(scribbling().layer().strokes()[0].label, kSpleen);
  EXPECT_EQ(scribbling().layer().strokes()[0].origin, StrokeOrigin::Corrected);
  EXPECT_EQ(scribbling().layer().strokes()[0].slice, 1);
  scribbling().addFromCorrections();
  EXPECT_TRUE(waitFor([&] { return hasMessage(*window, "Nothing more was corrected"); }, 3000));
}

TEST_F(WindowScribbles, ACaseOfStrokesAloneCanBeAcceptedAndWritesThem) {
  openScribbling();
  for (std::size_t i = 0; i < workbench().organs().organs().size(); ++i) {
    const int row = static_cast<int>(i) % 11, from = i < 11 ? 1 : 7;
    stroke({from, row, 2}, {from + 3, row, 2});
    keys(Qt::Key_Tab);
  }
  EXPECT_EQ(scribbling().nextWithoutStroke(), 0);
  QSignalSpy finished(&workbench(), &Workbench::acceptFinished);
  workbench().accept();
  ASSERT_TRUE(waitFor([&] { return finished.count() > 0; }));
  const auto folder = workbench().sessionFolder();
  const ScribbleFile written = scribbleFileFrom(readWholeFile(folder / "scribbles.json"), folder / "scribbles.json");
  EXPECT_EQ(written.strokes, scribbling().layer().strokes());
  EXPECT_EQ(withBackgroundSwapped(readLabelFileOn(folder / "scribbles.nii.gz", workbench().currentCase()->geometry)),
            scribbling().raster());
  QProcess example;
  example.start(QStringLiteral(PYTHON), {QStringLiteral("-B"), QStringLiteral(EXAMPLES "/read_strokes.py"),
                                         QString::fromStdString((folder / "scribbles.json").string()),
                                         QString::fromStdString((folder / "scribbles.nii.gz").string())});
  ASSERT_TRUE(example.waitForFinished(60'000));
  const QString said = QString::fromUtf8(example.readAllStandardOutput());
  EXPECT_EQ(example.exitCode(), 0) << example.readAllStandardError().toStdString();
  EXPECT_TRUE(said.contains(QLatin1String("liver by R1: 1 strokes, 6.0 mm"))) << said.toStdString();
  EXPECT_TRUE(said.contains(QLatin1String("32 of 32 points lie on their label"))) << said.toStdString();
}

TEST_F(WindowScribbles, TheExportDialogShowsWhatIsWrongAndWhatEachTargetGetsBeforeItWrites) {
  openScribbling();
  stroke({2, 3, 2}, {7, 3, 2});
  auto* dialog = new ScribbleExportDialog(scribbling(), workbench().organs(), window.get());
  QPointer<ScribbleExportDialog> guard(dialog);
  const auto cases = fixture->folder.path() / "cases", out = fixture->folder.path() / "out";
  QSignalSpy previewed(dialog, &ScribbleExportDialog::previewed), exported(dialog, &ScribbleExportDialog::exported);
  dialog->setFolders(QString::fromStdString(cases.string()), QString::fromStdString(out.string()));
  ASSERT_TRUE(waitFor([&] { return exported.count() == 1; }, 3000)) << "the folder is not there yet";
  dialog->putButton().click();
  ASSERT_TRUE(waitFor([&] { return previewed.count() == 1; }, 5000)) << dialog->said().toStdString();
  EXPECT_EQ(dialog->caseTable().item(0, 0)->text(), QStringLiteral("small"));
  EXPECT_EQ(dialog->caseTable().item(0, 1)->text(), QStringLiteral("1 of 16"));
  EXPECT_TRUE(dialog->caseTable().item(0, 4)->text().contains(QLatin1String("no stroke in the background")));
  EXPECT_TRUE(dialog->formatTable().item(0, 1)->text().contains(QLatin1String("Dataset501_WORDScribble")));
  EXPECT_TRUE(dialog->formatTable().item(0, 2)->text().startsWith(QLatin1String("0..16, 17")));
  dialog->exportButton().click();
  ASSERT_TRUE(waitFor([&] { return exported.count() == 2; }, 5000));
  EXPECT_FALSE(exported[1][0].toBool());
  EXPECT_TRUE(dialog->said().contains(QLatin1String("no stroke in the background")));
  EXPECT_FALSE(std::filesystem::exists(out / "nnUNet_raw"));
  dialog->forceBox().setChecked(true);
  dialog->exportButton().click();
  ASSERT_TRUE(waitFor([&] { return exported.count() == 3; }, 5000));
  EXPECT_TRUE(exported[2][0].toBool()) << dialog->said().toStdString();
  EXPECT_TRUE(std::filesystem::exists(out / "nnUNet_raw" / "Dataset501_WORDScribble" / "labelsTr" / "small.nii.gz"));
  EXPECT_TRUE(std::filesystem::exists(cases / "scribblesTr" / "small.json"));
  delete guard;
}

// Sixteen organs and the background, then what each training code gets of it.
TEST_F(WindowScribbles, SixteenOrgansTakeOneKeyEachAndGoOutAsTheyWereDrawn) {
  openScribbling();
  int strokes = 0, pressed = 1;  // P
  for (;;) {
    const int row = strokes % 11, from = strokes < 11 ? 1 : 7;
    stroke({from, row, 2}, {from + 3, row, 2});
    ++strokes;
    if (scribbling().nextWithoutStroke() == 0) break;
    keys(Qt::Key_Tab);
    ++pressed;
  }
  stroke({1, 11, 2}, {4, 11, 2}, Qt::RightButton);
  EXPECT_EQ(strokes, 16);
  EXPECT_EQ(pressed, 16) << "P, and Tab between two organs";
  const auto cases = fixture->folder.path() / "cases";
  for (const char* part : {"imagesTr", "scribblesTr"}) std::filesystem::create_directories(cases / part);
  const Case& opened = *workbench().currentCase();
  writeVolumeFile(cases / "imagesTr" / "small.nii.gz", opened.volume, opened.geometry, "test");
  const auto map = cases / "scribblesTr" / "small.nii.gz";
  scribbling().saveAs(map);
  ASSERT_TRUE(waitFor([&] { return std::filesystem::exists(map); }, 3000));
  NoProgress quiet;
  const ScribbleExport wanted{.cases = cases,
                              .out = fixture->folder.path() / "out",
                              .formats = scribbleFormatsNamed("all"),
                              .organs = workbench().organs()};
  exportScribbles(wanted, quiet);
  const LabelMap drawn = withBackgroundSwapped(scribbling().raster());
  const LabelMap sent = readLabelFileOn(
      wanted.out / "nnUNet_raw" / "Dataset501_WORDScribble" / "labelsTr" / "small.nii.gz", opened.geometry);
  const auto counts = labelCounts(sent);
  for (std::size_t label = 0; label <= 17; ++label) EXPECT_GT(counts[label], 0) << label;
  EXPECT_EQ(counts[255], 0);
  std::vector<Label> expected = drawn.toDense();
  std::ranges::replace(expected, Label{255}, Label{17});
  EXPECT_EQ(sent.toDense(), expected);
  EXPECT_EQ(readLabelFileOn(wanted.out / "PyMIC" / "preprocess" / "scribble" / "small.nii.gz", opened.geometry), sent);
  for (const char* folder : {"WORD", "MONAI"})
    EXPECT_EQ(readLabelFileOn(wanted.out / folder / "scribblesTr" / "small.nii.gz", opened.geometry), drawn) << folder;
  EXPECT_EQ(
      readLabelFileOn(wanted.out / "WSL4MIS" / "ACDC_training" / "patient001_frame01_scribble.nii.gz", opened.geometry),
      sent);
}

}  // namespace
}  // namespace recontour
