// Predictions of the shipped model on real CTs: cancelled in mid-network, and the next case of a list in advance.
#include <QElapsedTimer>

#include "tests/ui/window/loop_fixture.h"

namespace recontour {
namespace {

constexpr int kSoonMs = 500;          // what a reader does not wait for
constexpr int kBusyMachineMs = 2000;  // for a machine with other work on it

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
  ASSERT_TRUE(waitFor([&] { return program.workbench->prediction().state == PredictionState::Done; }));
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

TEST(WindowPredictionLoop, TheNextCaseIsOnTheScreenAtOnceWithItsContours) {
  REQUIRE_MODEL_AND_DATA();
  const TemporaryFolder sessions, cases;
  std::filesystem::create_symlink(referenceData("ct_totalsegmentator/example_ct.nii.gz"), cases / "1.nii.gz");
  std::filesystem::create_symlink(referenceData("ct_lits0/lits0_ct_256x256x75.nii.gz"), cases / "2.nii.gz");
  const Program program(sessions.path(), false);
  program.window->openPath(cases.path());
  ASSERT_TRUE(waitFor([&] { return program.workbench->nextCaseReady(); }));
  PaintWatch paint(program);
  QElapsedTimer timer;
  std::int64_t openedMs = -1;
  QObject::connect(program.workbench.get(), &Workbench::caseOpened, &paint, [&] {
    openedMs = timer.elapsed();
    paint.restart();
  });
  timer.start();
  program.workbench->openWorkItem(1);
  ASSERT_TRUE(waitFor([&] { return openedMs >= 0 && paint.all(); }));
  const std::int64_t paintedMs = timer.elapsed();
  testing::Test::RecordProperty("opened_ms", static_cast<int>(openedMs));
  testing::Test::RecordProperty("painted_ms", static_cast<int>(paintedMs));
  EXPECT_LE(paintedMs, kBusyMachineMs);
  EXPECT_EQ(program.workbench->prediction().state, PredictionState::Done);
  EXPECT_GT(labelCounts(program.workbench->labels())[kLiver], 100'000);
  EXPECT_EQ(program.workbench->undoDepth(), 1);
}

}  // namespace
}  // namespace recontour
