#include "core/study/study_import.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/image_file.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/study/start_maps.h"
#include "core/study/study_order.h"

namespace recontour {
namespace {

std::string freeId(const StudyProtocol& protocol) {
  for (int number = 1;; ++number) {
    std::string id = std::to_string(number);
    id = "C" + std::string(id.size() < 2 ? 1 : 0, '0') + id;
    if (protocol.findCase(id) == nullptr) return id;
  }
}

void requireNew(const CoordinatorStudy& study, const StudyCase& wanted) {
  const auto& cases = study.protocol().cases;
  const auto same = std::ranges::find(cases, wanted.imageHash, &StudyCase::imageHash);
  if (same == cases.end()) return;
  std::filesystem::remove(study.imageOf(wanted.id));
  throw Error(wanted.name, "is in the study already, as case " + same->id);
}

void writeLabels(const std::filesystem::path& file, const LabelMap& labels, const Geometry& grid) {
  createPrivateFolder(file.parent_path());
  writeLabelFile(file, labels, grid);
}

/// Files that the protocol does not name any more; one that stays does no harm.
void removeFiles(const std::vector<std::filesystem::path>& files) {
  std::error_code ignored;
  for (const auto& file : files) std::filesystem::remove(file, ignored);
}

std::vector<std::filesystem::path> filesOf(const CoordinatorStudy& study, const std::string& caseId) {
  std::vector<std::filesystem::path> files = {study.imageOf(caseId), study.truthOf(caseId)};
  for (const StudyArm& arm : study.protocol().arms)
    files.insert(files.end(),
                 {study.startOf(caseId, arm.id), study.plantOf(caseId, arm.id), study.unplantedOf(caseId, arm.id)});
  return files;
}

}  // namespace

OrganTable organTableOf(const StudyProtocol& protocol) {
  OrganTable table = OrganTable::named(protocol.organTable);
  if (!protocol.organTableHash.empty() && !table.reads(protocol.organTableHash))
    throw Error(protocol.organTable, "is another organ table than the one that the study was made with");
  return table;
}

std::string importCase(CoordinatorStudy& study, const Case& read, const std::optional<LabelMap>& truth,
                       const StudyImport& import) {
  study.requireStage(StudyStage::Draft);
  if (!import.id.empty() && !isPlainName(import.id))
    throw Error(import.id, "cannot name a case: a name has letters, digits, - and _");
  StudyCase made;
  made.id = import.id.empty() ? freeId(study.protocol()) : import.id;
  made.name = import.name;
  made.practice = import.practice;
  made.patientGroup = import.patientGroup.empty() ? "patient-" + made.id : import.patientGroup;
  if (study.protocol().findCase(made.id) != nullptr) throw Error(made.id, "is a case of the study already");
  const auto image = study.imageOf(made.id);
  createPrivateFolder(image.parent_path());
  writeVolumeFile(image, read.volume, read.geometry, read.synthetic ? "Recontour synthetic CT" : "");
  made.imageHash = openCase(image).imageHash;  // NIfTI keeps the grid in single precision
  requireNew(study, made);
  if (truth) {
    writeLabels(study.truthOf(made.id), *truth, read.geometry);
    made.truthSha256 = sha256HexOfFile(study.truthOf(made.id));
  }
  study.edit([&](StudyProtocol& protocol) { protocol.cases.push_back(made); });
  return made.id;
}

StudyStart writeStart(const CoordinatorStudy& study, const std::string& caseId, const std::string& armId,
                      const LabelImage& start) {
  study.requireStage(StudyStage::Draft);
  const StudyArm* arm = study.protocol().findArm(armId);
  if (arm == nullptr) throw Error(armId, "is no arm of the study");
  if (arm->fromNothing || arm->checks) throw Error(armId, "is an arm without start maps");
  if (study.protocol().findCase(caseId) == nullptr) throw Error(caseId, "is no case of the study");
  const auto file = study.startOf(caseId, armId);
  requireSameGrid(file, start.geometry, openImageFile(study.imageOf(caseId))->header().geometry);
  writeLabels(file, start.labels, start.geometry);
  return {caseId, armId, sha256HexOfFile(file), labelMapHash(start.labels)};
}

void putStart(StudyProtocol& protocol, const StudyStart& entry) {
  std::erase_if(protocol.starts,
                [&](const StudyStart& one) { return one.caseId == entry.caseId && one.arm == entry.arm; });
  protocol.starts.push_back(entry);
}

void importStart(CoordinatorStudy& study, const std::string& caseId, const std::string& armId,
                 const LabelImage& start) {
  const StudyStart entry = writeStart(study, caseId, armId, start);
  study.edit([&](StudyProtocol& protocol) {
    putStart(protocol, entry);
    std::erase_if(protocol.planted, [&](const PlantedError& one) { return one.caseId == caseId && one.arm == armId; });
  });
  removeFiles({study.plantOf(caseId, armId), study.unplantedOf(caseId, armId)});
}

void selectCases(CoordinatorStudy& study, int count, std::uint64_t seed) {
  study.requireStage(StudyStage::Draft);
  const auto drawn = drawCases(study.protocol(), count, seed, false);
  std::vector<std::string> kept, dropped;
  for (const int number : drawn) kept.push_back(study.protocol().cases[static_cast<std::size_t>(number)].id);
  for (const StudyCase& one : study.protocol().cases)
    if (!one.practice && std::ranges::find(kept, one.id) == kept.end()) dropped.push_back(one.id);
  const auto isDropped = [&](const std::string& id) { return std::ranges::find(dropped, id) != dropped.end(); };
  study.edit([&](StudyProtocol& protocol) {
    std::erase_if(protocol.cases, [&](const StudyCase& one) { return isDropped(one.id); });
    std::erase_if(protocol.starts, [&](const StudyStart& one) { return isDropped(one.caseId); });
    std::erase_if(protocol.planted, [&](const PlantedError& one) { return isDropped(one.caseId); });
  });
  for (const auto& id : dropped) removeFiles(filesOf(study, id));
  std::string names;
  for (const auto& id : dropped) names += (names.empty() ? "" : " ") + id;
  study.note("coordinator", "select", std::to_string(count) + " by seed " + std::to_string(seed), "left out: " + names);
}

}  // namespace recontour
