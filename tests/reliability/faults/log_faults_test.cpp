// D3: every call that writes fails once, or from then on, while a session is begun, edited, accepted and ended, and
// while the settings are saved.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "tests/data/temporary_folder.h"
#include "tests/reliability/amount.h"
#include "tests/reliability/log_check.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;
constexpr const char* kErrors[] = {"ENOSPC", "EIO", "EACCES"};
constexpr const char* kLongestS = "100";  // then it hangs

/// A call that fails; none at 0.
struct Fault {
  std::string error = "ENOSPC";
  long call = 0;
  bool onwards = false;
  std::string text() const { return error + " at call " + std::to_string(call) + (onwards ? " and from then on" : ""); }
};

struct Report {
  long calls = 0, times = 0;
  std::string failed;  ///< "fsync FILE", the first that failed
};

/// A program whose calls below a folder fail.
struct Run {
  std::string status;
  Said said;
  std::string errors;  ///< its standard error
  Report report;
};

Run runFailing(const fs::path& root, const Fault& fault, const std::vector<std::string>& program) {
  std::vector<std::string> arguments = {
      "-s",          "KILL",    kLongestS,   FAIL_CALL_PROGRAM, "--under",
      root / "disk", "--error", fault.error, "--call",          std::to_string(fault.call)};
  if (fault.onwards) arguments.emplace_back("--onwards");
  arguments.insert(arguments.end(), {"--report", root / "report.json", "--"});
  arguments.insert(arguments.end(), program.begin(), program.end());
  const ChildProcess::Options options{.environment = {"XDG_CONFIG_HOME=" + (root / "disk").string()},
                                      .errorFile = root / "errors"};
  EditorProcess process("/usr/bin/timeout", arguments, options);
  const std::string status = process.finish();
  const auto json = nlohmann::json::parse(readWholeFile(root / "report.json"), nullptr, false);
  if (json.is_discarded()) return {status, process.said(), readWholeFile(root / "errors"), {}};
  return {status, process.said(), readWholeFile(root / "errors"), {json["calls"], json["times"], json["failed"]}};
}

std::string hashOf(const fs::path& file) { return fs::exists(file) ? sha256HexOfFile(file) : "none"; }

/// Where a session is edited: on a disk that fails, with or without another one.
struct Scenario {
  std::string name;
  bool continues = false;  ///< a session that was accepted before
  bool elsewhere = false;
  bool onwards = false;
};

constexpr std::array<int, 2> kSeeds = {1, 2};  // of the editing before, and of that which fails

std::vector<std::string> editing(const fs::path& root, int seed, int edits, bool elsewhere,
                                 const std::string& mode = "failing") {
  std::vector<std::string> program = {
      RELIABILITY_EDITOR_PROGRAM, root / "disk/R1", std::to_string(seed), std::to_string(edits), "64", mode};
  if (elsewhere) program.push_back(root / "other/unsaved");
  return program;
}

/// What went wrong, counted and in words. Used by many threads.
class Findings {
 public:
  std::atomic<int> failedCalls = 0, scenarios = 0, silent = 0, lost = 0, changed = 0, other = 0;
  void note(std::atomic<int>& count, const std::string& what) {
    ++count;
    const std::lock_guard lock(mutex_);
    ADD_FAILURE() << what;
  }

 private:
  std::mutex mutex_;
};

/// One run, and what it left.
class FailedEditing {
 public:
  FailedEditing(const Scenario& scenario, const Fault& fault, Findings& findings)
      : scenario_(scenario), fault_(fault), findings_(findings) {
    fs::create_directories(root_ / "disk");
    fs::create_directories(root_ / "other");
    if (scenario.continues) runFailing(root_.path(), {}, editing(root_.path(), kSeeds[0], 4, false));
    oldRevision_ = hashOf(folder() / "revision.nii.gz");
    oldResult_ = hashOf(folder() / "result.json");
    run_ = runFailing(root_.path(), fault, editing(root_.path(), kSeeds[1], 4, scenario.elsewhere));
  }
  const Run& run() const { return run_; }
  void judge(const std::string& wantedHash) {
    findings_.failedCalls += static_cast<int>(run_.report.times);
    if (run_.status != "exit 0" && run_.status != "exit 1") note(findings_.other, "it did not end by itself");
    judgeFiles();
    judgeSilence();
    const auto acknowledged = run_.said.acknowledged;
    if (!acknowledged.empty()) requireIn(acknowledged, "acknowledged");
    reopen();
    if (!acknowledged.empty()) requireIn(acknowledged, "acknowledged, after opening again");
    if (const auto kept = keptElsewhere()) requireIn({*kept}, "kept elsewhere");
    if (scenario_.elsewhere && run_.said.has("opened") && !isEmpty(root_ / "other/unsaved"))
      note(findings_.other, "a continuation is left");
    judgeEnd(wantedHash);
  }

 private:
  fs::path folder() const { return root_ / "disk/R1"; }

  void note(std::atomic<int>& count, const std::string& problem) {
    std::string text = scenario_.name + ", " + fault_.text() + " (" + run_.report.failed + "), " + run_.status + ": " +
                       problem + "\n" + run_.errors;
    for (const auto& line : run_.said.lines) text += "\n  " + line;
    findings_.note(count, text);
  }

  void requireIn(const std::vector<Said::Acknowledged>& edits, const std::string& what) {
    const int lost = checkLog(folder(), edits).lost;
    for (int i = 0; i < lost; ++i) note(findings_.lost, "not in the log: " + what);
  }

  /// Accepted is what lies there; what was not is as before, or the revision alone is new, whole and said so.
  void judgeFiles() {
    const std::string revision = hashOf(folder() / "revision.nii.gz"), result = hashOf(folder() / "result.json");
    const bool accepted = run_.said.has("accepted");
    const bool revisionIsNew = revision == run_.said.last("revision "),
               resultIsNew = result == run_.said.last("result ");
    if (accepted && !(revisionIsNew && resultIsNew)) note(findings_.silent, "accepted, but the files are not there");
    if (!accepted && revision != oldRevision_ && !revisionIsNew) note(findings_.changed, "revision.nii.gz");
    if (!accepted && result != oldResult_) note(findings_.changed, "result.json");
    if (!fs::exists(folder())) return;
    for (const auto& entry : fs::directory_iterator(folder()))
      if (entry.path().filename().string().starts_with('.')) note(findings_.other, entry.path().string() + " is left");
  }

  /// What failed is said, but for what does no harm.
  void judgeSilence() {
    const bool said = run_.said.has("unsaved") || run_.said.has("not accepted") || run_.said.has("refused");
    if (!said && run_.report.times > 0 && !isHarmless(run_.report.failed)) note(findings_.silent, "nothing is said");
  }

  /// All was flushed before it is closed; flock() holds a lock whose text is missing; the folders above were flushed
  /// when the session's was made, and its own is listed for leftovers between the lock and the log.
  bool isHarmless(const std::string& call) const {
    constexpr long kBeforeTheLog = 7;
    const bool listed = call.ends_with("/disk/R1") && fault_.call <= kBeforeTheLog;
    return call.starts_with("close ") || call.ends_with("/R1/lock") || call.ends_with("/disk") || listed;
  }

  std::optional<Said::Acknowledged> keptElsewhere() const {
    const auto words = run_.said.last("kept ");
    if (!words) return {};
    return Said::Acknowledged{std::stoull(*words), words->substr(words->find(' ') + 1)};
  }

  static bool isEmpty(const fs::path& where) { return !fs::exists(where) || fs::is_empty(where); }

  /// On a disk that is well again.
  void reopen() {
    std::vector<std::string> program = editing(root_.path(), 3, 0, scenario_.elsewhere, "quick");
    program.erase(program.begin());
    EditorProcess again(RELIABILITY_EDITOR_PROGRAM, program, {.errorFile = root_ / "errors again"});
    const std::string status = again.finish();
    if (status != "exit 0")
      note(findings_.other, "it cannot be opened again: " + readWholeFile(root_ / "errors again"));
    openedHash_ = again.said().openedHash.value_or("");
  }

  /// A disk that failed once has all at the end; one that stays full loses nothing where there is another one.
  void judgeEnd(const std::string& wantedHash) {
    const bool refused = !run_.said.has("opened");
    if (refused) return;
    if (!fault_.onwards && run_.status != "exit 0") note(findings_.other, "the error was not cleared");
    if ((!fault_.onwards || scenario_.elsewhere) && openedHash_ != wantedHash)
      note(findings_.lost, "an edit is missing");
    if (fault_.onwards && run_.status == "exit 1" && scenario_.elsewhere && !keptElsewhere())
      note(findings_.lost, "nothing was kept elsewhere");
  }

  Scenario scenario_;
  Fault fault_;
  Findings& findings_;
  TemporaryFolder root_;
  std::string oldRevision_, oldResult_, openedHash_;
  Run run_;
};

/// Most of the time is spent in waiting for the log to be tried again.
template <typename Work>
void inParallel(const std::vector<Fault>& faults, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&] {
      for (std::size_t mine = next++; mine < faults.size(); mine = next++) work(faults[mine]);
    });
  }
}

/// Each call with each error; in the short form `most` calls, evenly spread, with one error each.
std::vector<Fault> faultsOf(long calls, bool onwards, long most) {
  std::vector<Fault> faults;
  const long every = longForm() ? 1 : std::max(1L, (calls + most - 1) / most);
  for (long call = 1, number = 0; call <= calls; call += every, ++number) {
    for (int error = 0; error < 3; ++error) {
      const bool one = onwards ? error == 0 : longForm() || error == number % 3;
      if (one) faults.push_back({kErrors[error], call, onwards});
    }
  }
  return faults;
}

void failEach(const Scenario& scenario, Findings& findings) {
  const FailedEditing good(scenario, {}, findings);
  ASSERT_EQ(good.run().status, "exit 0") << good.run().errors;
  ASSERT_TRUE(good.run().said.has("accepted"));
  ASSERT_GE(good.run().report.calls, 40);
  const std::string hash = good.run().said.acknowledged.back().hash;
  ++findings.scenarios;
  inParallel(faultsOf(good.run().report.calls, scenario.onwards, scenario.onwards ? 12 : 24),
             [&](const Fault& fault) { FailedEditing(scenario, fault, findings).judge(hash); });
}

TEST(Faults, OfTheLogAndOfAcceptingAreSaidAndLoseNothing) {
  Findings findings;
  for (const bool continues : {false, true}) {
    const std::string name = continues ? "continued session" : "new session";
    failEach({name + ", once", continues, false, false}, findings);
    failEach({name + ", once, another disk", continues, true, false}, findings);
    failEach({name + ", full", continues, false, true}, findings);
    failEach({name + ", full, another disk", continues, true, true}, findings);
  }
  std::printf(
      "D3 log: %d calls failed in %d scenarios, %d silent successes, %d acknowledged edits lost, %d old files changed, "
      "%d other problems\n",
      findings.failedCalls.load(), findings.scenarios.load(), findings.silent.load(), findings.lost.load(),
      findings.changed.load(), findings.other.load());
  EXPECT_GT(findings.failedCalls, 100);
}

/// The window's settings, saved over older ones.
class SavedSettings {
 public:
  explicit SavedSettings(const Fault& fault) {
    fs::create_directories(root_ / "disk");
    runFailing(root_.path(), {}, {SETTINGS_WRITER_PROGRAM, "3"});
    old_ = hashOf(file());
    run_ = runFailing(root_.path(), fault, {SETTINGS_WRITER_PROGRAM, "7"});
  }
  fs::path file() const { return root_ / "disk/recontour/recontour.ini"; }
  const std::string& old() const { return old_; }
  const Run& run() const { return run_; }
  std::size_t filesBeside() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(file().parent_path()), {})) - 1;
  }

 private:
  TemporaryFolder root_;
  std::string old_;
  Run run_;
};

TEST(Faults, OfTheSettingsAreSaidAndLeaveTheOldFile) {
  const SavedSettings good(Fault{});
  const std::string fresh = hashOf(good.file());
  ASSERT_EQ(good.run().errors, "");
  ASSERT_NE(good.old(), "none");
  ASSERT_NE(fresh, good.old());
  int failed = 0, silent = 0, changed = 0;
  for (const bool onwards : {false, true}) {
    for (long call = 1; call <= good.run().report.calls; ++call) {
      for (int error = 0; error < 3; ++error) {
        if (!longForm() && error != call % 3) continue;
        const SavedSettings saved({kErrors[error], call, onwards});
        failed += static_cast<int>(saved.run().report.times);
        const std::string now = hashOf(saved.file()),
                          what = std::string(kErrors[error]) + " at " + saved.run().report.failed;
        const bool said = saved.run().errors.find("the settings could not be saved") != std::string::npos;
        silent += !said && now != fresh;
        changed += now != fresh && now != saved.old();
        EXPECT_TRUE(said || now == fresh) << what;
        EXPECT_TRUE(now == fresh || now == saved.old()) << what;
        EXPECT_EQ(saved.run().status, "exit 0") << what;
        EXPECT_EQ(saved.filesBeside(), 0U) << what;
      }
    }
  }
  std::printf("D3 settings: %d calls failed, %d silent successes, %d old files changed\n", failed, silent, changed);
  EXPECT_GT(failed, 0);
}

}  // namespace
}  // namespace recontour
