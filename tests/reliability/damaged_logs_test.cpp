// Logs that are damaged in a thousand ways: the program starts, restores what is whole and keeps the rest aside.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "tests/data/temporary_folder.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/log_check.h"
#include "tests/reliability/log_damage.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kSeed = 5;
constexpr int kGrid = 32;

/// A log of a real run, and the labels at the end of each of its events.
struct WholeLog {
  WholeLog() {
    const TemporaryFolder root;
    EditorProcess editor(root / "R1", {.seed = 3, .edits = 60, .grid = kGrid});
    EXPECT_EQ(editor.finish(), "exit 0");
    bytes = readWholeFile(root / "R1" / "session.rclog");
    const SessionLogContent content = readSessionLog(root / "R1" / "session.rclog");
    ends = content.ends;
    hashes.push_back(labelMapHash(LabelMap({kGrid, kGrid, kGrid / 2})));
    for (std::size_t event = 0; event < ends.size(); ++event)
      hashes.push_back(labelMapHash(replayEvents(content.events, event).labels.layer(LabelLayers::kOrgans)));
  }
  std::string bytes;
  std::vector<std::uint64_t> ends;
  std::vector<std::string> hashes;  ///< by the number of events that are whole
};

void writePlainly(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

struct Outcome {
  bool started = false, restored = false, told = false, keptAside = false, goesOn = false;
  bool all() const { return started && restored && told && keptAside && goesOn; }
};

bool tells(const Said& said, const std::string& words) {
  return std::ranges::any_of(
      said.lines, [&](const auto& line) { return line.starts_with("note ") && line.find(words) != std::string::npos; });
}

/// Opens the damaged log with the editor and goes on.
Outcome outcomeOf(const WholeLog& whole, const DamagedLog& damaged) {
  const TemporaryFolder root;
  const fs::path log = root / "R1" / "session.rclog", aside = root / "R1" / "session.rclog.damaged-1";
  writePlainly(log, damaged.bytes);
  const std::size_t intact = intactEvents(whole.bytes, whole.ends, damaged.bytes);
  const std::uint64_t intactBytes = intact > 0 ? whole.ends[intact - 1] : 0;
  const std::string tail = damaged.bytes.substr(std::min<std::size_t>(intactBytes, damaged.bytes.size()));
  EditorProcess editor(root / "R1", {.edits = 1, .grid = kGrid});
  Outcome found;
  found.started = editor.finish() == "exit 0" && editor.said().has("closed");
  found.restored = editor.said().openedHash == whole.hashes[intact];
  found.told = tail.empty() || tells(editor.said(), "session.rclog.damaged-1");
  found.keptAside = tail.empty() ? !fs::exists(aside) : fs::exists(aside) && readWholeFile(aside) == tail;
  const LogCheck after = checkLog(root / "R1", editor.said().acknowledged);
  found.goesOn = after.there && !after.damaged && after.lost == 0 &&
                 readWholeFile(log).starts_with(whole.bytes.substr(0, intactBytes));
  return found;
}

TEST(DamagedLogs, OpenWithAllThatIsWholeAndTheRestSetAside) {
  const WholeLog whole;
  const auto variants = damagedLogs(whole.bytes, whole.ends, 1000, kSeed);
  int started = 0, restored = 0, told = 0, kept = 0, goOn = 0, shown = 0;
  for (const DamagedLog& damaged : variants) {
    const Outcome found = outcomeOf(whole, damaged);
    started += found.started;
    restored += found.restored;
    told += found.told;
    kept += found.keptAside;
    goOn += found.goesOn;
    if (!found.all() && ++shown <= 5)
      ADD_FAILURE() << damaged.how << ": started " << found.started << ", restored " << found.restored << ", told "
                    << found.told << ", kept aside " << found.keptAside << ", goes on " << found.goesOn;
  }
  const auto count = static_cast<int>(variants.size());
  std::printf(
      "D5 damaged logs (seed %d, %zu events): of %d the program starts with %d, restores the longest valid part "
      "of %d, says so with %d, sets the tail of %d aside, goes on with %d\n",
      static_cast<int>(kSeed), whole.ends.size(), count, started, restored, told, kept, goOn);
  EXPECT_EQ(std::min({started, restored, told, kept, goOn}), count);
}

/// @return what went wrong; empty where nothing did
std::string commandLineProblem(const WholeLog& whole, const DamagedLog& damaged) {
  const TemporaryFolder root;
  writePlainly(root / "R1" / "session.rclog", damaged.bytes);
  const std::string folder = root / "R1", map = root / "map.nii.gz";
  const std::size_t intact = intactEvents(whole.bytes, whole.ends, damaged.bytes);
  const bool isWhole = intact > 0 && whole.ends[intact - 1] == damaged.bytes.size();
  const std::string read = intact > 0 ? "exit 0" : "exit 3";
  if (commandLine({"verify", folder}) != (isWhole ? "exit 0" : "exit 1")) return "verify";
  if (commandLine({"times", folder}) != read) return "times";
  if (commandLine({"replay", folder, "--out", map}) != read) return "replay";
  return readWholeFile(root / "R1" / "session.rclog") == damaged.bytes ? "" : "the log was changed";
}

TEST(DamagedLogs, AreReadOrRefusedByTheCommandLine) {
  const WholeLog whole;
  const auto variants = damagedLogs(whole.bytes, whole.ends, amount(60, 1000), kSeed + 1);
  int right = 0;
  for (const DamagedLog& damaged : variants) {
    const std::string problem = commandLineProblem(whole, damaged);
    EXPECT_EQ(problem, "") << damaged.how;
    right += problem.empty();
  }
  std::printf("D5 damaged logs: recontour-cli verify, times and replay tell or read the valid part of %d of %zu\n",
              right, variants.size());
}

/// A refusal names what lies there; a program that starts has what was acknowledged.
bool startsOrRefuses(const fs::path& folder) {
  EditorProcess editor(folder, {.edits = 1, .grid = kGrid});
  const std::string ended = editor.finish();
  const auto refused = editor.said().last("refused ");
  if (refused) return ended == "exit 1" && refused->find("session.rclog") != std::string::npos;
  return ended == "exit 0" && checkLog(folder, editor.said().acknowledged).lost == 0;
}

TEST(DamagedLogs, ThatAreNoFilesAreRefusedByName) {
  const TemporaryFolder root;
  fs::create_directories(root / "folder" / "session.rclog" / "within");
  EXPECT_TRUE(startsOrRefuses(root / "folder"));
  EXPECT_TRUE(fs::exists(root / "folder" / "session.rclog" / "within")) << "nothing is taken away";
  fs::create_directories(root / "dangling");
  fs::create_symlink(root / "nowhere" / "at all", root / "dangling" / "session.rclog");
  EXPECT_TRUE(startsOrRefuses(root / "dangling"));
  fs::create_directories(root / "circle");
  fs::create_symlink("session.rclog", root / "circle" / "session.rclog");
  EXPECT_TRUE(startsOrRefuses(root / "circle"));
}

/// Where a link points, another program may write without the lock that lies beside the link.
TEST(DamagedLogs, BehindALinkAreRefusedByNameAndStayAsTheyAre) {
  const TemporaryFolder root;
  EditorProcess first(root / "real", {.edits = 5, .grid = kGrid});
  ASSERT_EQ(first.finish(), "exit 0");
  const std::string log = readWholeFile(root / "real" / "session.rclog");
  fs::create_directories(root / "R1");
  fs::create_symlink(root / "real" / "session.rclog", root / "R1" / "session.rclog");
  EditorProcess second(root / "R1", {.edits = 1, .grid = kGrid});
  EXPECT_EQ(second.finish(), "exit 1");
  EXPECT_NE(second.said().last("refused ").value_or("").find("session.rclog"), std::string::npos);
  EXPECT_EQ(readWholeFile(root / "real" / "session.rclog"), log);
}

}  // namespace
}  // namespace recontour
