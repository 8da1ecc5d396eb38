// The process is killed (SIGKILL) while it edits, and while it opens again what was left.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "tests/data/temporary_folder.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/log_check.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// What the editor was doing when it was killed, from what it said last.
std::string phaseOf(const Said& said) {
  const std::string& line = said.lines.empty() ? std::string() : said.lines.back();
  if (line.starts_with("begin") || line.starts_with("sample")) return "in an edit";
  if (line.starts_with("released")) return "while saving";
  if (line.starts_with("acknowledged")) return "between edits";
  return "while opening";
}

/// When the samples of the stroke were drawn that was not finished; monotonic clock, in ms.
std::vector<std::int64_t> unfinishedSamples(const Said& said) {
  std::vector<std::int64_t> times;
  for (const std::string& line : said.lines) {
    if (!line.starts_with("sample"))
      times.clear();
    else
      times.push_back(std::stoll(line.substr(line.rfind(' ') + 1)));
  }
  return times;
}

/// How much of the hand's last way is in no event of the log, in ms.
std::int64_t lostOfUnfinished(const std::vector<std::int64_t>& samples, const std::vector<Event>& events) {
  std::int64_t savedMs = samples.front();
  for (const Event& event : events)
    if (event.type == "partial") savedMs = std::max(savedMs, event.timeMs);
  return std::max<std::int64_t>(0, samples.back() - savedMs);
}

struct KillTotals {
  int kills = 0, cutEvents = 0, consistent = 0, lost = 0, acknowledged = 0, reopened = 0;
  int unfinished = 0;              ///< strokes that took longer than half a second when the program was killed
  std::int64_t longestLostMs = 0;  ///< of an unfinished stroke
  std::map<std::string, int> phases;
};

/// One session that is killed again and again, and opened again each time.
class KilledSession {
 public:
  explicit KilledSession(std::uint64_t seed) : random_(seed) {}

  void kill(KillTotals& totals) {
    const bool slow = random_.below(8) == 0;
    EditorProcess editor(folder(), {.seed = random_.next(), .mode = slow ? "slow" : ""});
    const bool early = random_.below(10) == 0;
    editor.waitFor(early ? "opening" : "opened");
    if (!early) editor.waitFor("acknowledged", random_.below(slow ? 2 : 25));
    editor.killAfter(random_.below(slow ? 2'000'000 : early ? 30'000 : 50'000));
    check(editor.said(), totals);
  }
  /// Opens it for the last time and goes on. @return whether all that was there is there
  bool goesOn() {
    EditorProcess editor(folder(), {.seed = random_.next(), .edits = 3});
    return editor.finish() == "exit 0" && opensAsLeft(editor.said()) && editor.said().has("closed") &&
           commandLine({"verify", folder().string()}) == "exit 0";
  }

 private:
  fs::path folder() const { return root_ / "R1"; }
  bool opensAsLeft(const Said& said) const { return !left_.there || said.openedHash == left_.hash; }

  void check(const Said& said, KillTotals& totals) {
    ++totals.kills;
    ++totals.phases[phaseOf(said)];
    if (said.openedHash)
      totals.reopened += opensAsLeft(said);
    else
      ++totals.reopened;  // killed before that
    acknowledged_.insert(acknowledged_.end(), said.acknowledged.begin(), said.acknowledged.end());
    totals.acknowledged += static_cast<int>(said.acknowledged.size());
    left_ = checkLog(folder(), acknowledged_);
    totals.lost += left_.lost;
    totals.cutEvents += left_.damaged;
    if (const auto samples = unfinishedSamples(said); !samples.empty()) {
      totals.unfinished += samples.back() - samples.front() > 500;
      totals.longestLostMs = std::max(totals.longestLostMs, lostOfUnfinished(samples, left_.events));
    }
    const std::string verified = left_.there ? commandLine({"verify", folder().string()}) : "";
    const bool asExpected = !left_.there || verified == (left_.damaged ? "exit 1" : "exit 0");
    totals.consistent += left_.lost == 0 && asExpected && (left_.there || acknowledged_.empty());
  }

  TemporaryFolder root_;
  PortableRandom random_;
  std::vector<Said::Acknowledged> acknowledged_;
  LogCheck left_;
};

TEST(Kills, AtRandomPointsOfEditingLoseNoFinishedStroke) {
  constexpr std::uint64_t kSeed = 20'260;
  const int sessions = amount(20, 40), killsEach = 10;
  KillTotals totals;
  int goOn = 0;
  for (int session = 0; session < sessions; ++session) {
    KilledSession killed(kSeed + static_cast<std::uint64_t>(session));
    for (int kill = 0; kill < killsEach; ++kill) killed.kill(totals);
    goOn += killed.goesOn();
  }
  std::printf(
      "D1 kills (seed %d): %d of %d logs consistent, %d of %d acknowledged edits lost, %d of %d sessions go on; "
      "at most %lld ms of an unfinished stroke lost, %d of them had taken more than 500 ms; "
      "%d logs ended within an event; killed",
      static_cast<int>(kSeed), totals.consistent, totals.kills, totals.lost, totals.acknowledged, goOn, sessions,
      static_cast<long long>(totals.longestLostMs), totals.unfinished, totals.cutEvents);
  for (const auto& [phase, count] : totals.phases) std::printf(" %d %s", count, phase.c_str());
  std::puts("");
  EXPECT_EQ(totals.consistent, totals.kills);
  EXPECT_EQ(totals.lost, 0);
  EXPECT_EQ(totals.reopened, totals.kills) << "what was opened was not what the log held";
  EXPECT_EQ(goOn, sessions);
  EXPECT_GT(totals.acknowledged, totals.kills);
  EXPECT_GT(totals.unfinished, 0) << "no kill hit a long stroke";
  EXPECT_LE(totals.longestLostMs, 500 + 50) << "ms; the second figure is for the disk";
  for (const char* phase : {"in an edit", "while saving", "while opening"})
    EXPECT_GT(totals.phases[phase], 0) << "no kill hit the program " << phase;
}

/// Names and contents of what lies in a folder.
std::map<std::string, std::string> contentOf(const fs::path& folder) {
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::directory_iterator(folder))
    found[entry.path().filename().string()] = readWholeFile(entry.path());
  return found;
}

/// A session that was cut short: its log ends in the middle of an event.
class CutShort {
 public:
  CutShort(const fs::path& folder, int edits) : folder_(folder) {
    EditorProcess editor(folder, {.seed = 7, .edits = edits, .grid = 128});
    EXPECT_EQ(editor.finish(), "exit 0");
    acknowledged = editor.said().acknowledged;
    log = readWholeFile(folder / "session.rclog");
  }
  /// Puts half an event behind the log, as a crash leaves it. @return it
  std::string damage(PortableRandom& random) const {
    // Long, so that setting it aside takes a while.
    std::string tail(static_cast<std::size_t>(100 + random.below(2'000'000)), '\0');
    for (char& byte : tail) byte = static_cast<char>(random.below(256));
    std::ofstream(folder_ / "session.rclog", std::ios::app | std::ios::binary) << tail;
    return tail;
  }
  std::string log;
  std::vector<Said::Acknowledged> acknowledged;

 private:
  fs::path folder_;
};

bool isKept(const std::string& tail, const std::map<std::string, std::string>& files) {
  for (const auto& [name, content] : files)
    if (content.find(tail) != std::string::npos) return true;
  return false;
}

TEST(Kills, DuringRecoveryLoseNothingInARow) {
  constexpr std::uint64_t kSeed = 6;
  const int kills = amount(50, 500);
  TemporaryFolder root;
  const fs::path folder = root / "R1";
  const CutShort session(folder, 400);
  PortableRandom random(kSeed);
  EditorProcess calm(folder, {.edits = 0, .grid = 128});
  ASSERT_EQ(calm.finish(), "exit 0");
  const auto wholeUs = static_cast<int>(calm.said().openedMs * 1000);
  std::vector<std::string> tails;
  int intact = 0, before = 0;
  for (int i = 0; i < kills; ++i) {
    if (i % 5 == 0) tails.push_back(session.damage(random));  // five kills in a row of one and the same recovery
    EditorProcess editor(folder, {.edits = 0, .grid = 128});
    editor.waitFor("opening");
    editor.killAfter(random.below(wholeUs * 3 / 2));
    before += !editor.said().has("opened");
    const auto files = contentOf(folder);
    const bool kept = std::ranges::all_of(tails, [&](const auto& tail) { return isKept(tail, files); });
    intact += kept && files.at("session.rclog").starts_with(session.log);
  }
  EditorProcess last(folder, {.edits = 3, .grid = 128});
  const bool opened = last.finish() == "exit 0" && last.said().openedHash == session.acknowledged.back().hash;
  const LogCheck check = checkLog(folder, session.acknowledged);
  std::printf(
      "D6 kills during recovery (seed %d): %d of %d left everything there, %d of them before it was done; "
      "then %s with %d of %zu edits lost\n",
      static_cast<int>(kSeed), intact, kills, before, opened ? "opened" : "NOT opened", check.lost,
      session.acknowledged.size());
  EXPECT_EQ(intact, kills);
  EXPECT_GT(before, kills / 4);
  EXPECT_TRUE(opened);
  EXPECT_EQ(check.lost, 0);
  EXPECT_FALSE(check.damaged);
}

TEST(Kills, OfALongSessionLeaveItQuickToOpen) {
  TemporaryFolder root;
  EditorProcess editor(root / "R1", {.edits = 2000, .grid = 512, .mode = "quick"});
  ASSERT_TRUE(editor.waitFor("opened"));
  ASSERT_TRUE(editor.waitFor("acknowledged")) << "all is on disk";
  editor.killAfter(0);
  EditorProcess again(root / "R1", {.edits = 1, .grid = 512});
  ASSERT_EQ(again.finish(), "exit 0");
  const double seconds = again.said().openedMs / 1000;
  const auto megabytes = static_cast<double>(fs::file_size(root / "R1" / "session.rclog")) / 1e6;
  std::printf("D1 reopening: %.2f s after 2,000 edits on 512x512x200 (log of %.1f MB)\n", seconds, megabytes);
  EXPECT_EQ(again.said().openedHash, editor.said().acknowledged.back().hash);
  EXPECT_LE(seconds, 5.0);
}

}  // namespace
}  // namespace recontour
