#include "core/study/study_readings.h"

#include <algorithm>
#include <map>

#include "core/io/image_file.h"
#include "core/io/label_file.h"
#include "core/study/dsc_over_time.h"
#include "core/study/frozen_files.h"
#include "core/study/plant_error.h"
#include "core/study/reader_agreement.h"
#include "core/study/session_facts.h"
#include "core/study/study_evaluation.h"
#include "core/study/study_import.h"

namespace recontour {
namespace {

std::vector<StudySession> acceptedOf(const CoordinatorStudy& study) {
  auto sessions = study.store().sessions();
  std::erase_if(sessions, [](const StudySession& one) { return one.state != StudySession::State::Accepted; });
  return sessions;
}

using CaseArm = std::pair<std::string, std::string>;

class Agreement {
 public:
  explicit Agreement(const CoordinatorStudy& study)
      : study_(study), organs_(organTableOf(study.protocol())), files_(study) {}

  void add(const CaseArm& of, const std::vector<StudySession>& sessions, std::vector<ReaderAgreement>& found) const {
    if (sessions.size() < 2) return;
    std::map<std::string, LabelLayers> drawn;
    for (const StudySession& session : sessions) drawn[session.task.reader] = files_.factsOf(session, organs_).after;
    const Geometry grid = openImageFile(study_.imageOf(of.first))->header().geometry;
    for (const std::string& key : study_.protocol().organs) {
      const Organ* organ = organs_.find(key);
      if (organ == nullptr) continue;
      std::vector<ReaderMap> maps;
      for (const auto& [reader, layers] : drawn) maps.push_back({reader, layers.of(organ->label)});
      ReaderAgreement one = readerAgreement(organ->label, maps, grid);
      one.caseId = of.first;
      one.arm = of.second;
      one.organ = key;
      one.commonStart = !study_.protocol().findArm(of.second)->fromNothing;
      found.push_back(std::move(one));
    }
  }

 private:
  const CoordinatorStudy& study_;
  OrganTable organs_;
  FrozenFiles files_;
};

std::vector<FoundError> foundIn(const CoordinatorStudy& study, FrozenFiles& files, const StudySession& session,
                                const std::vector<PlantedError>& errors) {
  const StudyTask& task = session.task;
  const SessionFacts facts = files.factsOf(session, organTableOf(study.protocol()));
  const LabelMap mask = files.plantOf(errors.front()).labels;
  const LabelMap original = readLabelFile(study.unplantedOf(task.caseId, task.arm)).labels;
  std::optional<LabelMap> truth;
  if (!study.protocol().findCase(task.caseId)->truthSha256.empty()) truth = files.truthOf(task.caseId).labels;
  const PlantOutcome outcome{mask, original, facts.before.organs(), facts.after.organs(), truth ? &*truth : nullptr};
  std::vector<FoundError> found;
  for (std::size_t i = 0; i < errors.size(); ++i)
    found.push_back({task.reader, task.caseId, task.arm, errors[i].kind, errors[i].organ, errors[i].voxels,
                     correctedVoxels(outcome, static_cast<Label>(i + 1))});
  return found;
}

}  // namespace

std::vector<ReaderAgreement> agreementOf(const CoordinatorStudy& study) {
  std::map<CaseArm, std::vector<StudySession>> readings;
  for (const StudySession& session : acceptedOf(study)) {
    const StudyTask& task = session.task;
    if (task.repeat == 0 && !task.practice && !task.planted) readings[{task.caseId, task.arm}].push_back(session);
  }
  std::vector<ReaderAgreement> found;
  const Agreement agreement(study);
  for (const auto& [of, sessions] : readings) agreement.add(of, sessions, found);
  return found;
}

std::vector<FoundError> foundErrorsOf(const CoordinatorStudy& study) {
  std::vector<FoundError> found;
  FrozenFiles files(study);
  for (const StudySession& session : acceptedOf(study)) {
    if (session.task.practice || session.task.repeat > 0) continue;
    std::vector<PlantedError> errors;
    for (const PlantedError& error : study.protocol().planted)
      if (error.caseId == session.task.caseId && error.arm == session.task.arm) errors.push_back(error);
    if (errors.empty()) continue;
    const auto more = foundIn(study, files, session, errors);
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

std::vector<DscCourse> coursesOf(const CoordinatorStudy& study) {
  if (study.stage() < StudyStage::Closed) study.requireStage(StudyStage::Closed);
  std::vector<DscCourse> courses;
  const OrganTable organs = organTableOf(study.protocol());
  FrozenFiles files(study);
  for (const StudySession& session : acceptedOf(study)) {
    const StudyTask& task = session.task;
    if (task.practice || task.planted || task.repeat > 0) continue;
    if (study.protocol().findCase(task.caseId)->truthSha256.empty()) continue;
    const LabelMap truth = files.truthOf(task.caseId).labels;
    for (const auto& [label, moments] : dscOverTime(files.folderOf(session), truth, study.protocol().analysis)) {
      const Organ* organ = organs.find(label);
      if (organ != nullptr && moments.size() > 1)
        courses.push_back({task.reader, task.caseId, task.arm, organ->key, moments});
    }
  }
  return courses;
}

std::vector<StudyFlag> patientFlags(const StudyProtocol& protocol) {
  std::map<std::string, std::vector<std::string>> groups;
  for (const StudyCase& one : protocol.cases)
    if (!one.patientGroup.empty()) groups[one.patientGroup].push_back(one.id + " (" + one.name + ")");
  std::vector<StudyFlag> flags;
  for (const auto& [group, cases] : groups) {
    if (cases.size() < 2) continue;
    std::string names;
    for (const auto& name : cases) names += (names.empty() ? "" : ", ") + name;
    flags.push_back({"same_patient", "cases " + names + " are taken for one patient's and count once in tests"});
  }
  return flags;
}

}  // namespace recontour
