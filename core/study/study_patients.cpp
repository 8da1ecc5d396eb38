// Cases of a study that look like one patient.
#include <map>

#include "core/io/label_file.h"
#include "core/study/same_patient.h"
#include "core/study/study_import.h"

namespace recontour {
namespace {

/// As importCase() names the group of a case that was given none.
std::string ownGroup(const std::string& caseId) { return "patient-" + caseId; }

std::string listed(const std::vector<std::string>& ids) {
  std::string text = ids.front();
  for (std::size_t i = 1; i < ids.size(); ++i) text += (i + 1 == ids.size() ? " and " : ", ") + ids[i];
  return text;
}

}  // namespace

std::vector<std::string> groupPatients(CoordinatorStudy& study) {
  study.requireStage(StudyStage::Draft);
  std::vector<std::string> ids;
  std::vector<PatientSignature> signatures;
  for (const StudyCase& one : study.protocol().cases) {
    if (one.truthSha256.empty() || one.patientGroup != ownGroup(one.id)) continue;
    const LabelImage truth = readLabelFile(study.truthOf(one.id));
    ids.push_back(one.id);
    signatures.push_back(signatureOf(truth.labels, truth.geometry));
  }
  std::map<int, std::vector<std::string>> members;
  const auto numbers = patientGroups(signatures);
  for (std::size_t i = 0; i < ids.size(); ++i) members[numbers[i]].push_back(ids[i]);
  std::map<std::string, std::string> groups;
  std::vector<std::string> sentences;
  for (const auto& [number, cases] : members) {
    if (cases.size() < 2) continue;
    for (const auto& id : cases) groups[id] = ownGroup(cases.front());
    sentences.push_back("cases " + listed(cases) + " look like one patient");
  }
  study.edit([&](StudyProtocol& protocol) {
    for (StudyCase& one : protocol.cases)
      if (const auto group = groups.find(one.id); group != groups.end()) one.patientGroup = group->second;
  });
  return sentences;
}

}  // namespace recontour
