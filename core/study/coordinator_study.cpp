#include "core/study/coordinator_study.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files_together.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/study/study_order.h"

namespace recontour {
namespace {

constexpr std::array kStages = {StudyStage::Draft, StudyStage::Frozen, StudyStage::Closed, StudyStage::Unblinded};
/// What an amendment may change; all else is what readers were given.
constexpr std::array kAmendable = {"/title", "/analysis", "/ethicsId", "/guidelines"};

std::string sentences(const std::vector<std::string>& problems) {
  std::string text;
  for (std::size_t i = 0; i < problems.size() && i < 5; ++i) text += (i == 0 ? "" : "; ") + problems[i];
  if (problems.size() > 5) text += "; and " + std::to_string(problems.size() - 5) + " more";
  return text;
}

bool mayAmend(const std::string& path) {
  return std::ranges::any_of(
      kAmendable, [&](const std::string& allowed) { return path == allowed || path.starts_with(allowed + "/"); });
}

StudyProtocol amended(const StudyProtocol& protocol, const std::string& path, const std::string& value) {
  Json json = Json::parse(toJson(protocol));
  try {
    json.at(Json::json_pointer(path)) = Json::parse(value);
  } catch (const Json::exception& error) {
    throw Error("amendment of " + path + ": " + error.what());
  }
  return studyProtocolFrom(json.dump(), "amendment of " + path);
}

/// An amendment in the list of notes: its path, "=", its value.
std::string subjectOf(const std::string& path, const std::string& value) { return path + "=" + value; }

void removeStore(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const char* name : {"store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "store.sqlite-journal"})
    std::filesystem::remove(folder / name, ignored);
}

void requireReason(const std::string& reason) {
  if (reason.empty()) throw Error("a reason is wanted", "say why with --reason");
}

}  // namespace

const char* stageName(StudyStage stage) {
  constexpr std::array kNames = {"draft", "frozen", "closed", "unblinded"};
  return kNames[static_cast<std::size_t>(stage)];
}

CoordinatorStudy::CoordinatorStudy(std::filesystem::path folder, const Clock& clock)
    : folder_(std::move(folder)), clock_(&clock) {}

CoordinatorStudy CoordinatorStudy::create(const std::filesystem::path& folder, StudyProtocol draft,
                                          const Clock& clock) {
  for (const char* file : {"study.json", "store.sqlite"})
    if (std::filesystem::exists(folder / file)) throw Error(folder, "holds a study already", "give a new folder");
  if (!isPlainName(draft.organTable))
    throw Error(draft.organTable, "is a file; a study takes a shipped organ table by its name", "give word");
  draft.createdUtc = isoTime(clock.wallMs());
  draft.appVersion = RECONTOUR_VERSION;
  const bool isNewFolder = !std::filesystem::exists(folder);
  try {
    CoordinatorStudy study(folder, clock);
    createPrivateFolder(folder);
    study.protocol_ = std::move(draft);
    study.store_ = openSqliteStore(folder / "store.sqlite");
    study.store_->setSetting("stage", stageName(StudyStage::Draft));
    study.writeProtocol();
    return study;
  } catch (...) {  // half a study could neither be opened nor made again
    removeStore(folder);
    std::error_code ignored;
    if (isNewFolder) std::filesystem::remove(folder, ignored);
    throw;
  }
}

CoordinatorStudy CoordinatorStudy::open(const std::filesystem::path& folder, const Clock& clock) {
  const auto file = folder / "study.json";
  if (!std::filesystem::exists(file))
    throw Error(folder, "is no study: there is no study.json", "give a study's folder");
  CoordinatorStudy study(folder, clock);
  study.protocol_ = studyProtocolFrom(readWholeFile(file), file);
  if (!std::filesystem::exists(folder / "store.sqlite"))
    throw Error(folder / "store.sqlite", "is missing", "restore it from a backup", ErrorKind::CheckFailed);
  study.store_ = openSqliteStore(folder / "store.sqlite");
  study.readStage();
  return study;
}

void CoordinatorStudy::readStage() {
  const std::string name = store_->setting("stage").value_or("draft");
  const auto found = std::ranges::find(kStages, name, stageName);
  if (found == kStages.end()) throw Error(folder_ / "store.sqlite", "is at an unknown stage: " + name);
  stage_ = *found;
  freezeHash_ = store_->setting("freeze_hash").value_or("");
  if (stage_ == StudyStage::Draft) return;
  if (protocolHash(protocol_) != freezeHash_)
    throw Error(folder_ / "study.json", "was changed after the study was frozen",
                "restore it from a backup; changes are made with study amend", ErrorKind::CheckFailed);
  applyAmendments();
}

void CoordinatorStudy::applyAmendments() {
  for (const StudyNote& note : store_->notes()) {
    if (note.action != "amend") continue;
    const auto equals = note.subject.find('=');
    protocol_ = amended(protocol_, note.subject.substr(0, equals), note.subject.substr(equals + 1));
  }
}

std::filesystem::path CoordinatorStudy::imageOf(const std::string& caseId) const {
  return folder_ / "cases" / (caseId + ".nii.gz");
}
std::filesystem::path CoordinatorStudy::truthOf(const std::string& caseId) const {
  return folder_ / "truth" / (caseId + ".nii.gz");
}
std::filesystem::path CoordinatorStudy::startOf(const std::string& caseId, const std::string& arm) const {
  return folder_ / "starts" / (caseId + "_" + arm + ".nii.gz");
}
std::filesystem::path CoordinatorStudy::plantOf(const std::string& caseId, const std::string& arm) const {
  return folder_ / "plants" / (caseId + "_" + arm + ".nii.gz");
}
std::filesystem::path CoordinatorStudy::unplantedOf(const std::string& caseId, const std::string& arm) const {
  return folder_ / "plants" / (caseId + "_" + arm + "_before.nii.gz");
}
std::filesystem::path CoordinatorStudy::sessionOf(const StudyTask& task) const {
  return folder_ / "sessions" / task.reader / task.id;
}

void CoordinatorStudy::requireStage(StudyStage stage) const {
  if (stage_ == stage) return;
  const bool early = stage_ < stage;
  const char* const before[] = {"", "freeze", "close", "unblind"};
  throw Error(folder_, std::string("the study is ") + (stage_ == StudyStage::Draft ? "a draft" : stageName(stage_)),
              early ? std::string("first: study ") + before[static_cast<std::size_t>(stage)]
                    : "this is done while it is " + std::string(stageName(stage)));
}

void CoordinatorStudy::writeProtocol() const { writeFileSafely(folder_ / "study.json", toJson(protocol_)); }

void CoordinatorStudy::edit(const std::function<void(StudyProtocol&)>& change) {
  requireStage(StudyStage::Draft);
  StudyProtocol changed = protocol_;
  change(changed);
  std::swap(protocol_, changed);
  try {
    writeProtocol();
  } catch (...) {
    std::swap(protocol_, changed);
    throw;
  }
}

/// Every case has, in every arm that starts from contours, one map that is still the one that was brought in.
void CoordinatorStudy::requireStarts() const {
  std::vector<std::string> problems;
  for (const StudyArm& arm : protocol_.arms) {
    if (arm.fromNothing || arm.checks) continue;
    for (const StudyCase& one : protocol_.cases) {
      const StudyStart* start = protocol_.findStart(one.id, arm.id);
      const auto file = startOf(one.id, arm.id);
      if (start == nullptr || !std::filesystem::exists(file))
        problems.push_back("case " + one.id + " has no start map in arm " + arm.id);
      else if (sha256HexOfFile(file) != start->sha256)
        problems.push_back("the start map of case " + one.id + " in arm " + arm.id + " has changed");
    }
  }
  for (const StudyCase& one : protocol_.cases) {
    if (!std::filesystem::exists(imageOf(one.id))) problems.push_back("case " + one.id + " has no image");
    if (one.truthSha256.empty()) continue;
    const auto truth = truthOf(one.id);
    if (!std::filesystem::exists(truth) || sha256HexOfFile(truth) != one.truthSha256)
      problems.push_back("the reference of case " + one.id + " has changed");
  }
  if (!problems.empty())
    throw Error(folder_, "cannot be frozen: " + sentences(problems), "study import brings maps in");
}

void CoordinatorStudy::freeze(const std::string& who) {
  requireStage(StudyStage::Draft);
  const auto problems = problemsOf(protocol_);
  if (!problems.empty()) throw Error(folder_, "cannot be frozen: " + sentences(problems));
  requireStarts();
  edit([](StudyProtocol& protocol) { protocol.order = makeOrder(protocol); });
  freezeHash_ = protocolHash(protocol_);
  store_->together([&] {
    store_->setTasks(protocol_.order);
    for (const StudyCase& one : protocol_.cases)
      if (!one.patientGroup.empty()) store_->setPatient(one.id, one.patientGroup);
    store_->setSetting("freeze_hash", freezeHash_);
    store_->setSetting("stage", stageName(StudyStage::Frozen));
    note(who, "freeze", freezeHash_);
  });
  stage_ = StudyStage::Frozen;
}

void CoordinatorStudy::amend(const std::string& path, const std::string& value, const std::string& who,
                             const std::string& reason) {
  if (stage_ == StudyStage::Draft) throw Error(folder_, "the study is a draft", "change it; nothing is laid down yet");
  requireReason(reason);
  if (!mayAmend(path))
    throw Error(path, "cannot be amended: readers work by it", "amend /title, /analysis, /ethicsId or /guidelines");
  StudyProtocol changed = amended(protocol_, path, value);
  const auto problems = analysisProblemsOf(changed);
  if (!problems.empty()) throw Error(path, "cannot be amended so: " + sentences(problems));
  note(who, "amend", subjectOf(path, Json::parse(value).dump()), reason);
  protocol_ = std::move(changed);
}

void CoordinatorStudy::note(const std::string& who, const std::string& action, const std::string& subject,
                            const std::string& reason) const {
  store_->addNote({clock_->wallMs(), who, action, subject, reason});
}

void CoordinatorStudy::exclude(const std::string& task, const std::string& who, const std::string& reason) {
  requireReason(reason);
  auto session = store_->session(task);
  if (!session) throw Error(task, "is no task of the study", "study status lists them");
  session->state = StudySession::State::Excluded;
  session->excludedReason = reason;
  store_->together([&] {
    store_->putSession(*session);
    store_->putRows(task, {});
    note(who, "exclude", task, reason);
  });
}

void CoordinatorStudy::reopen(const std::string& task, const std::string& who, const std::string& reason) {
  requireReason(reason);
  requireStage(StudyStage::Frozen);
  auto session = store_->session(task);
  if (!session) throw Error(task, "is no task of the study", "study status lists them");
  if (session->state < StudySession::State::Accepted) throw Error(task, "is open", "nothing is to be done");
  session->state = StudySession::State::Open;
  session->excludedReason.clear();
  store_->together([&] {
    store_->putSession(*session);
    undoAccept(*session);
    note(who, "reopen", task, reason);
  });
}

/// Each accept counts once, however often its task is excluded and reopened.
void CoordinatorStudy::undoAccept(const StudySession& session) {
  const std::string name = "reopened." + session.task.id, &head = session.chainHead;
  const std::string undone = store_->setting(name).value_or("");
  if (head.empty() || undone.find(head) != std::string::npos) return;
  store_->setSetting(name, undone.empty() ? head : undone + " " + head);
}

int CoordinatorStudy::acceptsUndone(const std::string& task) const {
  const std::string undone = store_->setting("reopened." + task).value_or("");
  return undone.empty() ? 0 : 1 + static_cast<int>(std::ranges::count(undone, ' '));
}

void CoordinatorStudy::setStage(StudyStage stage, const std::string& who) {
  store_->together([&] {
    store_->setSetting("stage", stageName(stage));
    note(who, stage == StudyStage::Closed ? "close" : "unblind", freezeHash_);
  });
  stage_ = stage;
}

void CoordinatorStudy::close(const std::string& who) {
  requireStage(StudyStage::Frozen);
  setStage(StudyStage::Closed, who);
}

void CoordinatorStudy::unblind(const std::string& who) {
  requireStage(StudyStage::Closed);
  setStage(StudyStage::Unblinded, who);
}

void CoordinatorStudy::backup(const std::filesystem::path& target) const {
  if (std::filesystem::exists(target)) throw Error(target, "is there already", "give a new folder");
  FilesTogether files;
  const auto store = files.add(target / "store.sqlite");
  try {
    store_->backup(store);  // SQLite does not flush it
  } catch (const Error&) {
    ::remove((store.string() + "-journal").c_str());  // SQLite leaves it where the disk is full
    throw;
  }
  files.write(target / "study.json", readWholeFile(folder_ / "study.json"));
  files.commit();
}

}  // namespace recontour
