// The whole loop in the real window: open a real CT, predict with the shipped model while scrolling, paint in each
// plane, undo, redo, accept, start again.
#include <signal.h>

#include "core/io/label_file.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "tests/ui/window/loop_fixture.h"

namespace recontour {
namespace {

/// Turns the wheel in every view until the prediction is there. @return how often while it ran
int scrollWhilePredicting(const Program& program) {
  int scrolled = 0;
  waitFor([&] {
    if (!program.predicting()) return true;
    for (const Plane plane : kPlanes) wheel(program.view(plane), {200, 150}, scrolled % 20 < 10 ? 1 : -1);
    ++scrolled;
    return false;
  });
  return scrolled;
}

TEST(WindowLoop, OpensPredictsRevisesAcceptsAndReopens) {
  REQUIRE_MODEL_AND_DATA();
  const TemporaryFolder sessions;
  LabelMap accepted;
  int depth = 0;
  {
    const Program program(sessions.path(), true);
    ASSERT_TRUE(program.open("ct_lits0/lits0_ct_256x256x75.nii.gz"));
    ASSERT_TRUE(waitFor([&] { return program.predicting(); }));
    EXPECT_GT(scrollWhilePredicting(program), 5);
    ASSERT_EQ(program.workbench->prediction().state, PredictionState::Done) << program.workbench->prediction().error;
    const LabelMap predicted = program.workbench->labels();
    EXPECT_GT(labelCounts(predicted)[kLiver], 100'000);

    program.keys(Qt::Key_C);
    program.keys(Qt::Key_4);
    std::vector<LabelMap> states{predicted};
    for (const Plane plane : kPlanes) {
      strokeFromCrosshair(program, plane);
      EXPECT_FALSE(program.workbench->labels() == states.back()) << planeName(plane);
      states.push_back(program.workbench->labels());
    }
    for (int i = 2; i >= 0; --i) {
      program.keys(Qt::Key_Z, Qt::ControlModifier);
      EXPECT_EQ(program.workbench->labels(), states[static_cast<std::size_t>(i)]);
    }
    for (int i = 0; i < 3; ++i) program.keys(Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(program.workbench->labels(), states.back());

    program.keys(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitFor([&] { return program.workbench->accepted(); }));
    const auto folder = program.workbench->sessionFolder();
    accepted = readLabelFileOn(folder / "revision.nii.gz", program.workbench->currentCase()->geometry);
    EXPECT_EQ(accepted, states.back());
    EXPECT_EQ(accepted, replay(folder).labels);
    EXPECT_FALSE(readSessionLog(sessionLogPath(folder)).damage.has_value());
    EXPECT_TRUE(waitFor([&] { return program.window->settled(); }));
    EXPECT_GT(program.window->views().surfaces().frame().surfaces, 10);
    depth = program.workbench->undoDepth();
    EXPECT_TRUE(program.window->close());
  }
  const Program again(sessions.path(), false);
  ASSERT_TRUE(again.open("ct_lits0/lits0_ct_256x256x75.nii.gz"));
  EXPECT_EQ(again.workbench->labels(), accepted);
  EXPECT_EQ(again.workbench->undoDepth(), depth);
  EXPECT_EQ(again.workbench->prediction().state, PredictionState::None);  // it has its contours already
}

TEST(WindowLoop, AKilledWorkerIsAMessageAndEditingGoesOn) {
  REQUIRE_MODEL_AND_DATA();
  const TemporaryFolder sessions;
  const Program program(sessions.path(), false);
  ASSERT_TRUE(program.open("ct_totalsegmentator/example_ct.nii.gz"));
  ASSERT_TRUE(waitFor([&] { return program.workbench->prediction().stage == "network"; }));
  const auto workers = workerProcesses();
  ASSERT_FALSE(workers.empty());
  for (const pid_t worker : workers) ::kill(worker, SIGKILL);
  ASSERT_TRUE(waitFor([&] { return program.workbench->prediction().state == PredictionState::Failed; }));
  EXPECT_TRUE(hasMessage(*program.window, "signal 9"));
  program.keys(Qt::Key_4);
  strokeFromCrosshair(program, Plane::Axial);
  EXPECT_EQ(program.workbench->undoDepth(), 1);
  EXPECT_TRUE(program.workbench->flush());
}

}  // namespace
}  // namespace recontour
