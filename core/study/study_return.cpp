// What comes back from a reader.
#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files_together.h"
#include "core/base/job_folder.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/archive.h"
#include "core/session/session_lock.h"
#include "core/study/reading_check.h"
#include "core/study/session_facts.h"
#include "core/study/study_import.h"
#include "core/study/study_packages.h"

namespace recontour {
namespace {

constexpr const char* kReturnFile = "return.json";

bool belongsToReturn(const std::filesystem::path& file) {
  const auto name = file.filename().string();
  return name == "session.rclog" || name == "result.json" || name == "scribbles.json" ||
         (name.ends_with(".nii.gz") && (name.starts_with("revision") || name.starts_with("scribbles")));
}

std::vector<std::uint64_t> recordEnds(const std::filesystem::path& log) { return readSessionLog(log).ends; }

/// The bytes of a log up to its last whole event.
std::string validBytes(const std::filesystem::path& log) {
  const auto ends = recordEnds(log);
  std::string bytes = readWholeFile(log);
  bytes.resize(ends.empty() ? 0 : ends.back());
  return bytes;
}

/// Where a return is unpacked; what a merge that was cut short has left there goes.
class Incoming {
 public:
  explicit Incoming(const std::filesystem::path& study) : parent_(study / "incoming") {
    JobFolder::sweep(parent_);
    unpacked_.emplace(parent_);
  }
  ~Incoming() {
    unpacked_.reset();
    std::error_code ignored;  // another merge may be at work
    std::filesystem::remove(parent_, ignored);
  }
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;
  const std::filesystem::path& folder() const { return unpacked_->path(); }

 private:
  std::filesystem::path parent_;
  std::optional<JobFolder> unpacked_;
};

class Merge {
 public:
  Merge(CoordinatorStudy& study, std::filesystem::path fresh, MergeReport& report)
      : study_(study), fresh_(std::move(fresh)), report_(report), organs_(organTableOf(study.protocol())) {}

  void take(const StudyTask& task) {
    try {
      takeOrThrow(task);
    } catch (const std::exception& error) {  // a log of any content must not keep the others out
      report_.refused.push_back(task.id + ": " + error.what());
    }
  }

 private:
  void takeOrThrow(const StudyTask& task) {
    const auto folder = fresh_ / "sessions" / task.id;
    const auto kept = study_.sessionOf(task);
    requireContinues(folder, kept);
    SessionFacts facts = readFacts(folder, study_.protocol(), organs_);
    requireReadingOf(study_, task, folder, facts);
    const StudySession known = study_.store().session(task.id).value();
    if (sameLog(folder, kept) && known.logHead == facts.session.logHead) return report_.unchanged.push_back(task.id);
    requireNotFinal(folder, known, facts);
    bringIn(folder, kept);
    record(known, std::move(facts));
    report_.merged.push_back(task.id);
  }

  static bool sameLog(const std::filesystem::path& folder, const std::filesystem::path& kept) {
    const auto log = kept / "session.rclog";
    return std::filesystem::exists(log) && sha256HexOfFile(log) == sha256HexOfFile(folder / "session.rclog");
  }

  /// What is here already must be the beginning of what comes.
  static void requireContinues(const std::filesystem::path& folder, const std::filesystem::path& kept) {
    const auto log = kept / "session.rclog";
    if (!std::filesystem::exists(log)) return;
    const std::string before = validBytes(log);
    const std::string now = validBytes(folder / "session.rclog");
    if (now.size() < before.size() && before.starts_with(now))
      throw Error(folder.filename(), "is an older state than the one that is here", "nothing is to be done");
    if (!now.starts_with(before))
      throw Error(folder.filename(), "does not continue the reading that is here",
                  "ask the reader; the one that is here stays", ErrorKind::CheckFailed);
  }

  /// Accept is final: who goes on behind it must have been let to.
  void requireNotFinal(const std::filesystem::path& folder, const StudySession& known,
                       const SessionFacts& facts) const {
    if (known.chainHead.empty() || known.state == StudySession::State::Open) return;
    if (facts.accepted && facts.acceptHash == known.chainHead) return;
    throw Error(folder, "was gone on with after it was accepted", "reopen it if that was agreed, then merge again",
                ErrorKind::CheckFailed);
  }

  static void bringIn(const std::filesystem::path& folder, const std::filesystem::path& kept) {
    FilesTogether files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (belongsToReturn(entry.path())) files.adopt(entry.path(), kept / entry.path().filename());
    files.commit();
  }

  /// What is accepted again after reopening counts; what was accepted before it does not.
  static StudySession::State stateOf(const StudySession& known, const SessionFacts& facts) {
    using State = StudySession::State;
    if (known.state == State::Excluded) return State::Excluded;
    const bool reopened = known.state == State::Open && known.chainHead == facts.acceptHash;
    return facts.accepted && !reopened ? State::Accepted : State::Open;
  }

  void record(const StudySession& known, SessionFacts facts) {
    const std::string& task = known.task.id;
    StudySession session = std::move(facts.session);
    session.task = known.task;
    session.state = stateOf(known, facts);
    session.acceptedWallMs = facts.acceptedWallMs;
    session.excludedReason = known.excludedReason;
    study_.store().together([&] {
      study_.store().putSession(session);
      study_.store().putRows(task, {});  // figures are made anew
      study_.store().setSetting("figures." + task, "");
      study_.note(known.task.reader, "merge", task, session.logHead);
    });
  }

  CoordinatorStudy& study_;
  std::filesystem::path fresh_;
  MergeReport& report_;
  OrganTable organs_;
};

/// What return.json says.
struct ReturnNote {
  std::string format, study, freezeHash, reader;
  std::vector<std::string> tasks;
};

ReturnNote returnNoteIn(const std::filesystem::path& zip) {
  const Json json = parseJson(readFromArchive(zip, kReturnFile), zip);
  try {
    return {json.at("format"), json.at("study"), json.at("freeze_hash"), json.at("reader"), json.at("tasks")};
  } catch (const Json::exception&) {
    throw Error(zip, "is no return of a reader");
  }
}

void requireForStudy(const CoordinatorStudy& study, const ReturnNote& note, const std::filesystem::path& zip) {
  if (note.format != "recontour-return") throw Error(zip, "is no return of a reader");
  if (note.study != study.protocol().id)
    throw Error(zip, "belongs to the study " + note.study, "merge it into that one");
  if (note.freezeHash != study.freezeHash())
    throw Error(zip, "was read under another protocol than the one that is frozen here",
                "pack the study anew for this reader", ErrorKind::CheckFailed);
  if (study.protocol().findReader(note.reader) == nullptr)
    throw Error(zip, "is of " + note.reader + ", who is no reader here");
}

/// One that is being read is not, and not waited for; one that was accepted may still be writing its last event.
bool isLeft(const std::filesystem::path& session, bool wasAccepted) {
  constexpr std::chrono::milliseconds kLook{20}, kLongest{10'000};
  for (auto waited = std::chrono::milliseconds{0}; SessionLock::heldHere(session); waited += kLook) {
    if (!wasAccepted) return false;
    if (waited >= kLongest) throw Error(session, "is still being written to disk", "try again in a moment");
    std::this_thread::sleep_for(kLook);
  }
  return true;
}

}  // namespace

void packReturn(const ReaderPackage& package, const std::filesystem::path& zip) {
  const ReaderProgress progress = progressOf(package);
  std::vector<ArchiveEntry> entries;
  Json tasks = Json::array();
  for (std::size_t i = 0; i < package.tasks.size(); ++i) {
    const PackagedTask& task = package.tasks[i];
    const auto folder = package.sessionOf(task);
    if (!std::filesystem::exists(folder / "session.rclog")) continue;
    if (!isLeft(folder, progress.states[i] == ReaderProgress::State::Accepted)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (belongsToReturn(entry.path()))
        entries.push_back({"sessions/" + task.id + "/" + entry.path().filename().string(), entry.path()});
    tasks.push_back(task.id);
  }
  if (tasks.empty()) throw Error(package.folder, "nothing has been read yet");
  const auto receipts = package.folder / "receipts.csv";
  if (std::filesystem::exists(receipts)) entries.push_back({"receipts.csv", receipts});
  const Json json = {{"format", "recontour-return"}, {"version", 1},
                     {"study", package.study},       {"freeze_hash", package.freezeHash},
                     {"reader", package.reader},     {"tasks", tasks}};
  entries.push_back({kReturnFile, {}, json.dump(1) + "\n"});
  writeArchive(zip, entries);
}

MergeReport mergeReturn(CoordinatorStudy& study, const std::filesystem::path& zip) {
  study.requireStage(StudyStage::Frozen);
  const ReturnNote note = returnNoteIn(zip);
  requireForStudy(study, note, zip);
  MergeReport report;
  report.reader = note.reader;
  const Incoming fresh(study.folder());
  extractArchive(zip, fresh.folder());
  Merge merge(study, fresh.folder(), report);
  for (const std::string& id : note.tasks) {
    const StudyTask* task = study.protocol().findTask(id);
    if (task != nullptr && task->reader == note.reader)
      merge.take(*task);
    else
      report.refused.push_back(id + ": is no task of " + note.reader);
  }
  return report;
}

}  // namespace recontour
