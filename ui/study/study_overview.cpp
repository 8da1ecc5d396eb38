#include "ui/study/study_overview.h"

#include <algorithm>
#include <map>
#include <system_error>
#include <tuple>

#include "core/study/study_import.h"

namespace recontour {
namespace {

using State = StudySession::State;

std::optional<double> medianOf(std::vector<double> values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

bool isDone(const StudySession& session) { return countsInFigures(session) && session.state == State::Accepted; }

/// Mean change of DSC of what both maps have; a missing organ is not zero.
std::vector<OrganFigure> changesOf(const CoordinatorStudy& study, const std::vector<StudySession>& sessions) {
  std::map<std::string, OrganFigure> sums;
  std::map<std::tuple<std::string, std::string, std::string, int>, bool> excluded;
  for (const StudySession& one : sessions)
    excluded[{one.task.reader, one.task.caseId, one.task.arm, one.task.repeat}] = one.state != State::Accepted;
  study.store().forEachRow([&](const StudyRow& row) {
    if (row.practice || row.planted || excluded[{row.reader, row.caseId, row.arm, row.repeat}]) return;
    if (!row.before || !row.after || row.before->empty != "none" || row.after->empty != "none") return;
    if (!row.before->dsc || !row.after->dsc) return;
    OrganFigure& sum = sums[row.organ];
    sum.value += *row.after->dsc - *row.before->dsc;
    ++sum.readings;
  });
  const OrganTable organs = organTableOf(study.protocol());
  std::vector<OrganFigure> changes;
  for (const std::string& key : study.protocol().organs) {
    const auto found = sums.find(key);
    if (found == sums.end()) continue;
    const Organ* organ = organs.find(key);
    changes.push_back({key, organ == nullptr ? key : organ->name, found->second.value / found->second.readings,
                       found->second.readings});
  }
  return changes;
}

std::vector<std::string> missingOf(const StudyProtocol& protocol) {
  std::vector<std::string> missing = problemsOf(protocol);
  for (const StudyArm& arm : protocol.arms) {
    if (arm.fromNothing || arm.checks) continue;
    const auto lacks = [&](const StudyCase& one) { return protocol.findStart(one.id, arm.id) == nullptr; };
    const auto count = std::ranges::count_if(protocol.cases, lacks);
    if (count == 0) continue;
    const auto first = std::ranges::find_if(protocol.cases, lacks);
    missing.push_back("arm " + arm.id + ": no start map of case " + first->id +
                      (count > 1 ? " and " + std::to_string(count - 1) + " more" : ""));
  }
  return missing;
}

/// When the reader will have read all, if he goes on as until now.
std::optional<std::int64_t> endOf(const std::vector<const StudySession*>& sessions, std::int64_t nowWallMs) {
  std::int64_t first = nowWallMs, left = 0, done = 0;
  for (const StudySession* one : sessions) {
    if (one->state != State::Accepted) {
      ++left;
      continue;
    }
    ++done;
    first = std::min(first, one->acceptedWallMs);
  }
  if (left == 0) return nowWallMs;
  if (done < 3) return {};
  return nowWallMs + left * ((nowWallMs - first) / (done - 1));
}

std::optional<std::int64_t> expectedEnd(const StudySnapshot& snapshot) {
  std::map<std::string, std::vector<const StudySession*>> readers;
  for (const StudySession& one : snapshot.sessions)
    if (countsInFigures(one)) readers[one.task.reader].push_back(&one);
  std::optional<std::int64_t> end;
  for (const auto& [reader, sessions] : readers) {
    const auto own = endOf(sessions, snapshot.nowWallMs);
    if (!own) return {};
    end = std::max(end.value_or(0), *own);
  }
  return end && *end > snapshot.nowWallMs ? end : std::nullopt;
}

std::vector<OrganFigure> timesOf(const StudySnapshot& snapshot, const OrganTable& organs) {
  std::vector<OrganFigure> times;
  for (const std::string& key : snapshot.protocol.organs) {
    const Organ* organ = organs.find(key);
    OrganFigure figure{key, organ == nullptr ? key : organ->name, 0, 0};
    for (const StudySession& one : snapshot.sessions) {
      const auto share = one.organActiveS.find(key);
      if (!isDone(one) || share == one.organActiveS.end()) continue;
      figure.value += share->second / 60;
      ++figure.readings;
    }
    if (figure.readings > 0) figure.value /= figure.readings;
    times.push_back(figure);
  }
  std::ranges::stable_sort(times, std::ranges::greater(), &OrganFigure::value);
  return times;
}

/// Two cases of one group are of one patient, who must not count twice.
void addPatientFlags(const StudyProtocol& protocol, std::vector<ShownFlag>& flags) {
  std::map<std::string, std::string> cases;
  for (const StudyCase& one : protocol.cases)
    if (!one.patientGroup.empty()) {
      std::string& names = cases[one.patientGroup];
      names += (names.empty() ? "" : " and ") + one.id;
    }
  const int days = protocol.design.samePatientDays;
  for (const auto& [group, names] : cases)
    if (names.find(" and ") != std::string::npos)
      flags.push_back({"same_patient", "", "", "",
                       "Cases " + names + " are of one patient" +
                           (days > 0 ? "; kept " + std::to_string(days) + " days apart in every reader's order"
                                     : "; they count once")});
}

}  // namespace

bool countsInFigures(const StudySession& session) { return !session.task.practice && session.state != State::Excluded; }

StudySnapshot snapshotOf(CoordinatorStudy& study) {
  study = CoordinatorStudy::open(std::filesystem::path(study.folder()), study.clock());
  StudySnapshot snapshot;
  snapshot.folder = study.folder().string();
  snapshot.protocol = study.protocol();
  snapshot.freezeHash = study.freezeHash();
  snapshot.stage = study.stage();
  snapshot.sessions = study.store().sessions();
  snapshot.notes = study.store().notes();
  snapshot.nowWallMs = study.clock().wallMs();
  if (study.stage() == StudyStage::Draft) snapshot.missing = missingOf(study.protocol());
  if (study.stage() >= StudyStage::Closed) snapshot.changes = changesOf(study, snapshot.sessions);
  return snapshot;
}

std::string stampOf(const CoordinatorStudy& study) {
  constexpr std::int64_t kTenMinutesMs = 600'000;
  std::string stamp = std::to_string(study.clock().wallMs() / kTenMinutesMs);
  for (const char* name : {"study.json", "store.sqlite", "store.sqlite-wal"}) {
    std::error_code missing;
    const auto file = study.folder() / name;
    const auto written = std::filesystem::last_write_time(file, missing).time_since_epoch().count();
    const auto size = std::filesystem::file_size(file, missing);
    stamp += "|" + std::to_string(written) + "," + std::to_string(size);
  }
  return stamp;
}

StudyOverview overviewOf(StudySnapshot snapshot, const OrganTable& organs) {
  StudyOverview made;
  std::vector<double> active, edited;
  for (const StudySession& one : snapshot.sessions) {
    made.all += countsInFigures(one);
    for (const StudyFlag& flag : one.flags)
      made.flags.push_back({flag.kind, one.task.reader, one.task.caseId, one.task.id, flag.text});
    if (!isDone(one)) continue;
    ++made.done;
    active.push_back(one.activeS);
    edited.push_back(one.organsEdited);
  }
  addPatientFlags(snapshot.protocol, made.flags);
  made.activeS = medianOf(active);
  made.edited = medianOf(edited);
  made.expectedEndMs = snapshot.stage == StudyStage::Frozen ? expectedEnd(snapshot) : std::nullopt;
  made.times = timesOf(snapshot, organs);
  made.snapshot = std::move(snapshot);
  return made;
}

}  // namespace recontour
