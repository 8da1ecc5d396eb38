// Scribble -> train -> predict -> revise in one program: strokes drawn in the window, the real trainer, its model run
// on the open case, and the brush.
#include <QComboBox>
#include <QElapsedTimer>
#include <QPushButton>
#include <QTableWidget>
#include <cstdio>
#include <fstream>

#include "core/io/label_file.h"
#include "core/metrics/overlap.h"
#include "core/phantom/phantom.h"
#include "core/scribble/scribble_generator.h"
#include "core/workbench/scribbling.h"
#include "tests/ui/window/loop_fixture.h"
#include "ui/window/training_dialog.h"
#include "ui/window/training_form.h"
#include "ui/window/training_live.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr int kLongestMs = 300'000;
const Point3 kCoarseMm{6, 6, 8};

Phantom phantom(std::uint64_t seed) {
  PhantomOptions options;
  options.seed = seed;
  options.spacingMm = kCoarseMm;
  NoProgress quiet;
  return generatePhantom(options, quiet, {});
}

/// A case of a folder with WORD's layout.
void put(const fs::path& cases, const std::string& name, const Phantom& one, const std::optional<LabelMap>& strokes,
         bool dense) {
  for (const char* part : {"imagesTr", "scribblesTr", "labelsTr"}) fs::create_directories(cases / part);
  const std::string file = name + ".nii.gz";
  writeVolumeFile(cases / "imagesTr" / file, one.volume, one.geometry, "synthetic");
  if (strokes) writeLabelFile(cases / "scribblesTr" / file, *strokes, one.geometry);
  if (dense) writeLabelFile(cases / "labelsTr" / file, one.labels, one.geometry);
}

/// The longest run of voxels with a label along a row of a slice, without its ends.
struct Stretch {
  int y = 0, from = 0, to = -1;
  int length() const { return to - from + 1; }
};
Stretch longestStretch(const Phantom& one, Label label, int z, const std::function<bool(const Index3&)>& counts) {
  Stretch longest;
  for (int y = 0; y < one.geometry.size.y; ++y) {
    for (int x = 0, from = 0; x < one.geometry.size.x; ++x) {
      const Index3 at{x, y, z};
      if (one.labels.at(at) != label || !counts(at)) {
        from = x + 1;
      } else if (x - from + 1 > longest.length() + 2) {
        longest = {y, from + 1, x - 1};
      }
    }
  }
  return longest;
}

class TrainingLoop : public testing::Test {
 protected:
  TrainingLoop() : trust(folder / "trusted-models.json"), mine(phantom(3)) {
    const Phantom learned = phantom(1), heldBack = phantom(2);
    put(cases(), "learned", learned, generateScribbles(learned.labels, learned.geometry, {}), false);
    put(cases(), "held_back", heldBack, std::nullopt, true);
    std::ofstream(folder / "split.json") << R"({"training": ["learned", "mine"], "validation": ["held_back"]})";
    put(folder / "mine", "mine", mine, std::nullopt, false);
    Workbench::Options options;
    options.sessionsFolder = folder / "sessions";
    options.device = "cpu";
    options.modelTrust = folder / "trusted-models.json";
    options.allowUnsandboxed = true;  // where there is no sandbox
    workbench = std::make_unique<Workbench>(options, OrganTable::named("word"), makeThreadCaseSource(),
                                            std::make_shared<WorkerPredictor>());
    Settings(folder / "recontour.ini").setModelChoice({});  // no other model draws contours
    window = std::make_unique<MainWindow>(
        *workbench, Settings(folder / "recontour.ini"),
        MainWindow::Options{.threeD = false, .trainer = makeWorkerTrainer(WorkerSettings::standard(), trust)});
    window->resize(1400, 900);
    window->show();
    window->openCase(folder / "mine" / "imagesTr" / "mine.nii.gz");
  }
  fs::path cases() const { return folder / "cases"; }
  fs::path model() const { return folder / "model"; }
  SliceView& axial() { return window->views().view(Plane::Axial); }
  Point3 world(int x, int y, int z) const { return mine.geometry.toWorld(Index3{x, y, z}); }
  double liverDsc() const { return dice(workbench->labels(), mine.labels, kLiver).value_or(0); }

  void draw(const Stretch& along, int z, Qt::MouseButton button) {
    if (along.length() < 2) return;
    const QPointF from = axial().widgetFromWorld(world(along.from, along.y, z));
    const QPointF to = axial().widgetFromWorld(world(along.to, along.y, z));
    press(axial(), from, button);
    for (int i = 1; i <= 8; ++i) drag(axial(), from + (to - from) * (i / 8.0), button);
    release(axial(), to, button);
  }
  /// As a reader does it: on some slices a line through each organ, two through what is none, and one through air.
  void scribble() {
    window->actions().scribble->trigger();
    const Box liver = boundingBox(mine.labels, kLiver);
    for (int z = liver.lower.z + 1; z < liver.upper.z; z += 3) {
      axial().setCrosshair(world(mine.geometry.size.x / 2, mine.geometry.size.y / 2, z));
      const auto any = [](const Index3&) { return true; };
      for (const Organ& organ : workbench->organs().organs()) {
        workbench->selectOrgan(organ.label);
        draw(longestStretch(mine, organ.label, z, any), z, Qt::LeftButton);
      }
      const auto isTissue = [&](const Index3& at) { return mine.volume.at(at) > -200; };
      draw(longestStretch(mine, 0, z, isTissue), z, Qt::RightButton);
      draw(
          longestStretch(mine, 0, z, [&](const Index3& at) { return isTissue(at) && at.y > mine.geometry.size.y / 2; }),
          z, Qt::RightButton);
      draw(longestStretch(mine, 0, z, [&](const Index3& at) { return !isTissue(at); }), z, Qt::RightButton);
    }
    workbench->scribbling().setOn(false);
  }
  /// The eraser, no wider than a voxel, along the longest line of liver that the model drew where no organ is.
  void revise() {
    const auto isWrong = [&](const Index3& at) { return workbench->labels().at(at) == kLiver; };
    Stretch worst;
    int slice = 0;
    for (int z = 0; z < mine.geometry.size.z; ++z) {
      const Stretch stretch = longestStretch(mine, 0, z, isWrong);
      if (stretch.length() > worst.length()) worst = stretch, slice = z;
    }
    ASSERT_GT(worst.length(), 1) << "a network of a minute draws too much liver";
    workbench->selectOrgan(kLiver);
    for (const Organ& organ : workbench->organs().organs()) workbench->setLocked(organ.label, false);
    BrushSettings brush = workbench->brush();
    brush.radiusMm = 2;
    workbench->setBrush(brush);
    axial().setCrosshair(world(worst.from, worst.y, slice));
    window->actions().eraser->trigger();
    draw(worst, slice, Qt::LeftButton);
  }

  TemporaryFolder folder;
  ModelTrust trust;
  Phantom mine;
  std::unique_ptr<Workbench> workbench;
  std::unique_ptr<MainWindow> window;
};

TEST_F(TrainingLoop, StrokesTrainAModelWhoseContoursAreRevised) {
  QElapsedTimer timer;
  timer.start();
  ASSERT_TRUE(waitFor([&] { return workbench->caseState() == CaseState::Open; }));
  ASSERT_EQ(liverDsc(), 0);
  scribble();
  ASSERT_GT(workbench->scribbling().layer().strokes().size(), 20U);

  window->actions().train->trigger();
  TrainingDialog& dialog = window->training();
  TrainingForm& form = dialog.form();
  form.restore({{QStringLiteral("network"), QStringLiteral("resunet2d")},
                {QStringLiteral("loss"), QStringLiteral("pce+em+ivm")},
                {QStringLiteral("epochs"), 6},
                {QStringLiteral("iterations"), 20},
                {QStringLiteral("patchSide"), 64},
                {QStringLiteral("patchSlices"), 1},
                {QStringLiteral("rate"), 0.03},
                {QStringLiteral("split"), QString::fromStdString((folder / "split.json").string())}});
  dialog.setFolders(QString::fromStdString(cases().string()), QString::fromStdString(model().string()));
  form.addButton().click();
  ASSERT_TRUE(waitFor([&] { return form.caseTable().rowCount() == 3; }));
  ASSERT_TRUE(waitFor([&] { return dialog.startButton().isEnabled(); })) << dialog.said().toStdString();
  dialog.startButton().click();
  ASSERT_TRUE(waitFor([&] { return !dialog.running(); }, kLongestMs));
  ASSERT_TRUE(dialog.useButton().isVisible()) << dialog.said().toStdString();
  const double trainedS = timer.elapsed() / 1000.0;
  const CurvePlot& plot = dialog.live().plot();
  EXPECT_EQ(plot.loss.size(), 120U);
  EXPECT_EQ(plot.score.size(), 6U);
  EXPECT_LT(runningMean(plot.loss, 20).back().y(), runningMean(plot.loss, 20)[19].y());

  dialog.useButton().click();
  ASSERT_TRUE(waitFor([&] { return workbench->prediction().state != PredictionState::Running; }, kLongestMs));
  ASSERT_EQ(workbench->prediction().state, PredictionState::Done) << workbench->prediction().error;
  const double predicted = liverDsc();
  EXPECT_GE(predicted, 0.5);
  ASSERT_EQ(workbench->undoDepth(), 1) << "the model's contours, and nothing else";
  revise();
  EXPECT_EQ(workbench->undoDepth(), 2);
  EXPECT_GT(liverDsc(), predicted);
  std::printf("liver DSC 0 -> %.3f after %.0f s (trained after %.0f s, held-back mean %.3f) -> %.3f revised\n",
              predicted, timer.elapsed() / 1000.0, trainedS, plot.score.back().y(), liverDsc());
  EXPECT_LT(timer.elapsed(), kLongestMs);
}

}  // namespace
}  // namespace recontour
