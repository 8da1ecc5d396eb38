// The process is killed while it accepts: what lies in the session's folder is the old file or the new one.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/layer_files.h"
#include "core/session/replay.h"
#include "tests/data/temporary_folder.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/log_check.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kSeed = 4;

std::string hashOf(const fs::path& file) { return fs::exists(file) ? sha256HexOfFile(file) : "none"; }

/// The label map that accepting would write after an event.
std::string newRevisionOf(const std::vector<Event>& events, std::uint64_t event) {
  const TemporaryFolder folder;
  const ReplayedSession replayed = replayEvents(events, event);
  writeLayerFiles(folder / "revision.nii.gz", replayed.labels, {}, replayed.geometry);
  return sha256HexOfFile(folder / "revision.nii.gz");
}

struct Totals {
  int kills = 0, within = 0, revisions = 0, results = 0, leftBehind = 0, swept = 0, lost = 0;
  std::map<std::string, int> newer;
};

std::size_t temporaryFiles(const fs::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder))
    count += entry.path().filename().string().starts_with('.') ? 1U : 0U;
  return count;
}

/// Kills while the case is accepted, again and again in one session.
class AcceptedSession {
 public:
  void kill(PortableRandom& random, int acceptUs, Totals& totals) {
    EditorProcess editor(folder_, {.seed = random.next(), .grid = kGrid, .mode = "accept"});
    const std::string oldRevision = hashOf(folder_ / "revision.nii.gz");
    const std::string oldResult = hashOf(folder_ / "result.json");
    editor.waitFor("accepting");
    editor.killAfter(random.below(acceptUs * 5 / 4));
    const Said& said = editor.said();
    const bool within = std::ranges::count(said.lines, "accepting") == 1;
    ++totals.kills;
    totals.within += within;
    totals.leftBehind += temporaryFiles(folder_) > 0;
    const LogCheck log = checkLog(folder_, said.acknowledged);
    totals.lost += log.lost;
    if (!within) return;  // a later one has begun
    const std::string revision = hashOf(folder_ / "revision.nii.gz"), result = hashOf(folder_ / "result.json");
    const std::string fresh = newRevisionOf(log.events, said.acknowledged.at(2).event);
    totals.revisions += revision == oldRevision || revision == fresh;
    totals.results += result == oldResult || result == said.last("result ");
    totals.newer["revision"] += revision == fresh;
    totals.newer["result"] += result != oldResult;
  }
  /// Opens it once more. @return whether nothing temporary lies there then
  bool swept() const {
    EditorProcess editor(folder_, {.edits = 1, .grid = kGrid});
    return editor.finish() == "exit 0" && temporaryFiles(folder_) == 0;
  }
  static constexpr int kGrid = 128;

 private:
  TemporaryFolder root_;
  fs::path folder_ = root_ / "R1";
};

/// How long the editor takes from "accepting" to "accepted", in microseconds.
int acceptTakes() {
  const TemporaryFolder root;
  EditorProcess editor(root / "R1", {.grid = AcceptedSession::kGrid, .mode = "accept"});
  editor.waitFor("accepting");
  const auto start = std::chrono::steady_clock::now();
  editor.waitFor("accepted");
  const auto took = std::chrono::steady_clock::now() - start;
  return static_cast<int>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
}

TEST(SavingKills, LeaveTheOldFileOrTheNewOneAndNothingBehindAfterOpening) {
  const int sessions = amount(20, 40), killsEach = amount(10, 25);
  PortableRandom random(kSeed);
  const int acceptUs = acceptTakes();
  Totals totals;
  for (int i = 0; i < sessions; ++i) {
    AcceptedSession session;
    for (int kill = 0; kill < killsEach; ++kill) session.kill(random, acceptUs, totals);
    totals.swept += session.swept();
  }
  std::printf(
      "D4 kills while accepting (seed %d): %d of %d within the first accept; revision.nii.gz old or new %d of %d (new "
      "%d), "
      "result.json %d of %d (new %d); temporary files after %d kills, none after opening %d of %d; %d edits "
      "lost\n",
      static_cast<int>(kSeed), totals.within, totals.kills, totals.revisions, totals.within, totals.newer["revision"],
      totals.results, totals.within, totals.newer["result"], totals.leftBehind, totals.swept, sessions, totals.lost);
  EXPECT_EQ(totals.revisions, totals.within);
  EXPECT_EQ(totals.results, totals.within);
  EXPECT_EQ(totals.swept, sessions);
  EXPECT_EQ(totals.lost, 0);
  EXPECT_GT(totals.within, totals.kills / 3);
  EXPECT_GT(totals.newer["revision"], 0) << "no kill hit the program behind the renaming";
  EXPECT_LT(totals.newer["revision"], totals.within) << "no kill hit the program before the renaming";
  EXPECT_GT(totals.newer["result"], 0) << "no kill came after result.json";
  EXPECT_LT(totals.newer["result"], totals.newer["revision"]) << "no kill came between the two";
  EXPECT_GT(totals.leftBehind, 0) << "no kill hit the program while it wrote a file";
}

}  // namespace
}  // namespace recontour
