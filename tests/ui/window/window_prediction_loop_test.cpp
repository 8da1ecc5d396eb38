// Predictions of the shipped model on real CTs: cancelled in mid-network, and the next case of a list in advance.
#include <QElapsedTimer>

#include "tests/ui/window/loop_fixture.h"

namespace recontour {
namespace {

constexpr int kSoonMs = 500;          // what a reader does not wait for
constexpr int kBusyMachineMs = 2000;  // for a machine with other work on it
constexpr int kLongestMs = 120'000;

TEST(WindowPredictionLoop, CancelEndsTheWorkerSoonAndAnotherRunStartsAtOnce) {
  REQUIRE_MODEL_AND_DATA();
  const TemporaryFolder sessions;
  const Program program(sessions.path(), false);
  ASSERT_TRUE(program.open("ct_lits0/lits0_ct_256x256x75.nii.gz"));
  ASSERT_TRUE(waitFor([&] { return program.workbench->prediction().stage == "network"; }));
  ASSERT_EQ(workerProcesses().size(), 1U);
  QElapsedTimer timer;
  timer.start();
  program.workbench->cancelPrediction();
  ASSERT_TRUE(waitFor([&] { return program.workbench->prediction().state == PredictionState::Cancelled; }));
  const auto elapsed = static_cast<int>(timer.elapsed());
  testing::Test::RecordProperty("cancelled_ms", elapsed);
  EXPECT_LE(elapsed, kSoonMs);
  EXPECT_TRUE(workerProcesses().empty());
  EXPECT_EQ(program.workbench->undoDepth(), 0);
  program.workbench->predictAgain();
  ASSERT_TRUE(waitFor([&] { return !program.predicting(); }));
  EXPECT_EQ(program.workbench->prediction().state, PredictionState::Done) << program.workbench->prediction().error;
  EXPECT_GT(labelCounts(program.workbench->labels())[kLiver], 100'000);
}

TEST(WindowPredictionLoop, ARunThatIsReplacedEndsWithoutHoldingTheWindowUp) {
  REQUIRE_MODEL_AND_DATA();
  const TemporaryFolder sessions;
  const Program program(sessions.path(), false);
  ASSERT_TRUE(program.open("ct_lits0/lits0_ct_256x256x75.nii.gz"));
  ASSERT_TRUE(waitFor([&] { return program.workbench->prediction().stage == "network"; }));
  QElapsedTimer timer;
  timer.start();
  program.workbench->predict(resource("models/zoo/word-demo"));
  EXPECT_LE(timer.elapsed(), 50);  // it must not wait for the process that it ends
  EXPECT_TRUE(program.predicting());
  ASSERT_TRUE(waitFor([&] { return program.workbench->prediction().state == PredictionState::Done; }, kLongestMs));
  EXPECT_EQ(program.workbench->undoDepth(), 1);
}

/// Counts the slice views that have painted since it was made.
class PaintWatch final : public QObject {
 public:
  explicit PaintWatch(const Program& program) {
    for (const Plane plane : kPlanes) program.view(plane).installEventFilter(this);
  }
  void restart() { painted_.clear(); }
  bool all() const { return painted_.size() == 3; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint) painted_.insert(watched);
    return false;
  }

 private:
  std::set<QObject*> painted_;
};

/// What a reader waits for when going to a case of the work list.
struct Waited {
  int openedMs = -1, paintedMs = -1;  ///< until caseOpened, until the three views have painted it
};

Waited goTo(const Program& program, int number) {
  PaintWatch paint(program);
  QElapsedTimer timer;
  Waited waited;
  QObject::connect(program.workbench.get(), &Workbench::caseOpened, &paint, [&] {
    waited.openedMs = static_cast<int>(timer.elapsed());
    paint.restart();
  });
  timer.start();
  program.workbench->openWorkItem(number);
  waitFor([&] { return waited.openedMs >= 0 && paint.all(); });
  waited.paintedMs = static_cast<int>(timer.elapsed());
  return waited;
}

TEST(WindowPredictionLoop, TheNextCaseIsOnTheScreenAtOnceWithItsContours) {
  REQUIRE_MODEL_AND_DATA();
  const TemporaryFolder sessions, cases;
  std::filesystem::create_symlink(referenceData("ct_totalsegmentator/example_ct.nii.gz"), cases / "1.nii.gz");
  std::filesystem::create_symlink(referenceData("ct_lits0/lits0_ct_256x256x75.nii.gz"), cases / "2.nii.gz");
  std::filesystem::create_symlink(referenceData("ct_lits0/ScalarVolume_0_dicom.zip"), cases / "3.zip");
  const Program program(sessions.path(), false);
  program.window->openPath(cases.path());
  for (const int number : {1, 2}) {
    ASSERT_TRUE(waitFor([&] { return program.workbench->nextCaseReady(); }, kLongestMs));
    const Waited waited = goTo(program, number);
    const Size3 size = program.workbench->currentCase()->geometry.size;
    const std::string name =
        "case_" + std::to_string(size.x) + "x" + std::to_string(size.y) + "x" + std::to_string(size.z);
    testing::Test::RecordProperty(name + "_opened_ms", waited.openedMs);
    testing::Test::RecordProperty(name + "_painted_ms", waited.paintedMs);
    EXPECT_GE(waited.openedMs, 0);
    EXPECT_LE(waited.paintedMs, kBusyMachineMs);
    EXPECT_EQ(program.workbench->prediction().state, PredictionState::Done);
    EXPECT_GT(labelCounts(program.workbench->labels())[kLiver], 100'000);
    EXPECT_EQ(program.workbench->undoDepth(), 1);
  }
}

}  // namespace
}  // namespace recontour
