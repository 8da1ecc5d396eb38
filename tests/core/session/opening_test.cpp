// Opening a session after a crash, after damage, and while another program has it.
#include <fstream>

#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/session/replay.h"
#include "core/session/session_lock.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

class Opening : public SessionTest {
 protected:
  std::unique_ptr<Session> openAs(Access access) {
    return Session::open(folder.path() / "R1", smallCase(), organs, "R1", clock, {.access = access});
  }
  /// A session with `strokes` dabs, as a program leaves it that is killed.
  void leaveCutShort(int strokes) {
    const auto session = open();
    for (int stroke = 0; stroke < strokes; ++stroke) dab(*session, {stroke % 12, stroke / 12, 3});
    EXPECT_TRUE(session->flush());
    killed = readWholeFile(log());
  }
  void restoreCutShort() const { std::ofstream(log(), std::ios::binary) << killed; }
  std::string killed;
};

TEST_F(Opening, AfterAnOrdinaryCloseThereIsNothingToTell) {
  open();
  const auto session = open();
  EXPECT_FALSE(session->recovery().has_value());
  EXPECT_TRUE(session->notes().empty());
}

TEST_F(Opening, AfterACrashTellsTheLastTenStepsThatHold) {
  leaveCutShort(12);
  restoreCutShort();
  const auto session = open();
  ASSERT_TRUE(session->recovery().has_value());
  ASSERT_EQ(session->recovery()->lastSteps.size(), 10u);
  EXPECT_EQ(session->recovery()->lastSteps.back().name, "brush");
  EXPECT_EQ(session->recovery()->lastSteps.back().voxels, session->steps()[11].voxels);
  EXPECT_TRUE(session->recovery()->damage.empty());
  EXPECT_EQ(session->undoDepth(), 12);
}

TEST_F(Opening, KilledFiftyTimesWhileRecoveringItLosesNothing) {
  leaveCutShort(12);
  killed += "half an event";
  const LabelLayers before = replay(log()).labels;
  for (int kill = 0; kill < 50; ++kill) {
    restoreCutShort();
    const auto session = open();
    ASSERT_EQ(session->layers(), before);
    ASSERT_TRUE(session->flush());
    killed = readWholeFile(log()) + "half an event";
  }
  EXPECT_TRUE(std::filesystem::exists(log().string() + ".damaged-1"));
  EXPECT_FALSE(std::filesystem::exists(log().string() + ".damaged-2"));
}

TEST_F(Opening, AGarbageLogNoLongerKeepsTheCaseFromBeingEdited) {
  std::filesystem::create_directories(log().parent_path());
  std::ofstream(log()) << "zeroed by a disk that failed";
  {
    const auto session = open();
    ASSERT_EQ(session->notes().size(), 2u);
    EXPECT_NE(session->notes()[0].find("a new one was begun"), std::string::npos);
    EXPECT_EQ(session->recovery()->setAside->filename(), "session.rclog.damaged-1");
    dab(*session, {1, 1, 1});
  }
  EXPECT_EQ(replay(log()).undo.depth(), 1);
}

TEST_F(Opening, AnEmptyLogIsBegunAnew) {
  std::filesystem::create_directories(log().parent_path());
  std::ofstream(log()) << "";
  open();
  EXPECT_NO_THROW(replay(log()));
}

TEST_F(Opening, WhileAnotherHasItItIsOnlyReadAndSaysSo) {
  const auto editor = open();
  dab(*editor, {1, 1, 1});
  ASSERT_TRUE(editor->flush());
  std::ofstream(log(), std::ios::binary | std::ios::app) << "an event that is being wri";
  const auto reader = openAs(Access::EditOrRead);
  EXPECT_TRUE(reader->readOnly());
  EXPECT_NE(reader->heldBy()->find("process "), std::string::npos);
  EXPECT_EQ(reader->undoDepth(), 1);
  EXPECT_THROW(openAs(Access::Edit), Error);
}

TEST_F(Opening, WhereNobodyHasItItIsEdited) {
  const auto session = openAs(Access::EditOrRead);
  EXPECT_FALSE(session->readOnly());
  EXPECT_FALSE(session->heldBy().has_value());
}

TEST_F(Opening, ALockThatADeadProgramLeftIsTakenOverWithAWord) {
  open();
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  std::ofstream(folder / "R1/lock") << R"({"host":")" << host << R"(","pid":1,"started":"14:02","process_start":"-"})";
  const auto session = openAs(Access::EditOrRead);
  ASSERT_EQ(session->notes().size(), 1u);
  EXPECT_EQ(session->notes()[0],
            "The program that had it open (process 1 since 14:02) no longer runs; its lock was taken over.");
}

}  // namespace
}  // namespace recontour
