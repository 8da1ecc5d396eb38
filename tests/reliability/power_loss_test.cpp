// The power goes. A run is recorded call by call (call_recorder.c); then the disk is rebuilt as it may be found had the
// power gone at any moment, and opened.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "tests/data/temporary_folder.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/crash_states.h"
#include "tests/reliability/log_check.h"
#include "tests/reliability/scripted_editing.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;
constexpr int kGrid = 32;
constexpr auto kSession = "sessions/0123/R1";

/// What a run said up to a moment, and the files that it put into place as a whole.
struct Promises {
  std::vector<Said::Acknowledged> acknowledged;
  bool accepted = false;
  std::set<std::string> whole;  ///< SHA-256 of every revision.nii.gz and result.json that was ever there
};

struct Totals {
  /// Each with how much had been promised then: what was a state without loss at first is one later.
  std::set<std::pair<FolderState, std::size_t>> states;
  int opened = 0, lost = 0, halfWritten = 0, missing = 0, tailsLost = 0;
};

/// A run of the editor that is recorded.
class RecordedRun {
 public:
  /// @param tail  bytes that lie behind the log's last event when it begins; a log is made for it
  RecordedRun(int edits, std::string tail) : tail_(std::move(tail)) {
    fs::create_directory(root_ / "root");
    if (!tail_.empty()) leaveTail();
    model_.emplace(root_ / "root");
    EditorProcess editor(
        root_ / "root" / kSession,
        {.seed = 2,
         .edits = edits,
         .grid = kGrid,
         .mode = "accept",
         .environment = {"LD_PRELOAD=" CALL_RECORDER_LIBRARY, "RECONTOUR_TRACE=" + (root_ / "trace").string(),
                         "RECONTOUR_TRACE_FOLDER=" + (root_ / "root").string()}});
    EXPECT_EQ(editor.finish(), "exit 0");
    calls_ = readTrace(root_ / "trace");
  }

  /// Rebuilds the disk after each call in every fate, and at random until there are `count` different states.
  Totals loseThePower(int count, std::uint64_t seed) {
    Totals totals;
    PortableRandom random(seed);
    for (std::size_t round = 0; static_cast<int>(totals.states.size()) < count && round < 100; ++round)
      runThrough(round == 0, random, totals, count);
    return totals;
  }

  std::size_t calls() const { return calls_.size(); }
  /// The model, followed to the end, has what really lies there.
  bool modelIsRight() const {
    DiskModel model = *model_;
    for (const RecordedCall& call : calls_) model.apply(call);
    FolderState real;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / "root")) {
      const std::string name = entry.path().lexically_relative(root_ / "root");
      if (entry.is_directory())
        real.folders.insert(name);
      else
        real.files[name] = readWholeFile(entry.path());
    }
    const FolderState modelled = model.now();
    return !(real < modelled) && !(modelled < real);
  }

 private:
  void leaveTail() {
    EditorProcess editor(root_ / "root" / kSession, {.seed = 1, .edits = 5, .grid = kGrid});
    EXPECT_EQ(editor.finish(), "exit 0");
    before_ = editor.said().acknowledged;
    std::ofstream(root_ / "root" / kSession / "session.rclog", std::ios::app | std::ios::binary) << tail_;
  }

  void runThrough(bool firstRound, PortableRandom& random, Totals& totals, int count) {
    DiskModel model = *model_;
    Promises promises{before_, false, {}};
    const std::vector<Fate> fates =
        firstRound ? std::vector{Fate::NoneDone, Fate::AllDone, Fate::NoData, Fate::DataAlone, Fate::Random}
                   : std::vector{Fate::Random};
    for (const RecordedCall& call : calls_) {
      model.apply(call);
      keep(call, model, promises);
      for (const Fate fate : fates) {
        const FolderState state = model.afterPowerLoss(fate, random);
        if (!firstRound && static_cast<int>(totals.states.size()) >= count) return;
        if (totals.states.insert({state, promises.acknowledged.size()}).second) judge(state, promises, totals);
      }
    }
  }

  static void keep(const RecordedCall& call, const DiskModel& model, Promises& promises) {
    if (call.kind == 'S') {
      std::istringstream words(call.first);
      std::string what;
      Said::Acknowledged one;
      words >> what >> one.event >> one.hash;
      if (what == "acknowledged") promises.acknowledged.push_back(one);
      promises.accepted = promises.accepted || what == "accepted";
    }
    if (call.kind == 'R' || call.kind == 'E')
      for (const char* name : {"/revision.nii.gz", "/result.json"})
        if (const auto state = model.now(); state.files.contains(std::string(kSession) + name))
          promises.whole.insert(sha256Hex(state.files.at(std::string(kSession) + name)));
  }

  void judge(const FolderState& state, const Promises& promises, Totals& totals) const {
    for (const char* name : {"/revision.nii.gz", "/result.json"}) {
      const auto found = state.files.find(std::string(kSession) + name);
      if (found == state.files.end())
        totals.missing += promises.accepted;
      else
        totals.halfWritten += !promises.whole.contains(sha256Hex(found->second));
    }
    const TemporaryFolder disk;
    state.writeInto(disk.path());
    try {
      const SystemClock clock;
      Session::open(disk / kSession, scriptedCase({kGrid, kGrid, kGrid / 2}, 2), OrganTable::named("word"), "R1",
                    clock);
      ++totals.opened;
    } catch (const std::exception& error) {
      ADD_FAILURE() << "not opened: " << error.what();
    }
    totals.lost += checkLog(disk / kSession, promises.acknowledged).lost;
    totals.tailsLost += !isKept(disk / kSession);
  }

  bool isKept(const fs::path& folder) const {
    if (tail_.empty()) return true;
    for (const auto& entry : fs::directory_iterator(folder))
      if (readWholeFile(entry.path()).find(tail_) != std::string::npos) return true;
    return false;
  }

  TemporaryFolder root_;
  std::string tail_;
  std::vector<Said::Acknowledged> before_;
  std::optional<DiskModel> model_;  ///< before the run
  std::vector<RecordedCall> calls_;
};

void expectNothingLost(const char* what, int edits, const std::string& tail, std::uint64_t seed) {
  RecordedRun run(edits, tail);
  ASSERT_TRUE(run.modelIsRight()) << "calls were missed";
  const Totals totals = run.loseThePower(amount(1000, 20'000), seed);
  const auto states = static_cast<int>(totals.states.size());
  std::printf(
      "D2 power loss, %s (seed %d): %d states of the disk along %zu calls; %d opened, %d acknowledged edits "
      "lost, %d "
      "half-written and %d missing results, %d damaged tails lost\n",
      what, static_cast<int>(seed), states, run.calls(), totals.opened, totals.lost, totals.halfWritten, totals.missing,
      totals.tailsLost);
  EXPECT_GE(states, tail.empty() ? 1000 : 500);
  EXPECT_EQ(totals.opened, states);
  EXPECT_EQ(totals.lost, 0);
  EXPECT_EQ(totals.halfWritten, 0);
  EXPECT_EQ(totals.missing, 0);
  EXPECT_EQ(totals.tailsLost, 0);
}

TEST(PowerLoss, OfANewSessionLosesNothingThatWasAcknowledged) { expectNothingLost("a new session", 30, "", 2); }

TEST(PowerLoss, WhileADamagedLogIsRecoveredLosesNothing) {
  std::string tail(3000, '\0');
  PortableRandom random(9);
  for (char& byte : tail) byte = static_cast<char>(random.below(256));
  expectNothingLost("a recovery", 30, tail, 3);
}

}  // namespace
}  // namespace recontour
