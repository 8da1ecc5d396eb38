// Errors planted into a study's start maps, and what became of them.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/study/plant_error.h"
#include "core/study/start_maps.h"
#include "core/study/study_import.h"

namespace recontour {
namespace {

Label labelNamed(const OrganTable& organs, const std::string& key) {
  if (key.empty()) return 0;
  const Organ* organ = organs.find(key);
  if (organ == nullptr) throw Error(key, "is no organ of the table " + organs.name());
  return organ->label;
}

int errorsIn(const StudyProtocol& protocol, const std::string& caseId, const std::string& arm) {
  return static_cast<int>(std::ranges::count_if(
      protocol.planted, [&](const PlantedError& one) { return one.caseId == caseId && one.arm == arm; }));
}

/// The voxels of all errors of a start map; each has its number.
LabelMap joined(const LabelMap& before, const LabelMap& mask, const std::string& where) {
  if (before.empty()) return mask;
  LabelMap all = before;
  for (std::size_t number = 0; number < mask.brickCount(); ++number) {
    if (mask.brick(number).get() == nullptr) continue;
    const Box box = mask.brickBox(number);
    DenseBox now = all.copy(box);
    const DenseBox more = mask.copy(box);
    for (std::size_t i = 0; i < more.labels.size(); ++i) {
      if (more.labels[i] == 0) continue;
      if (now.labels[i] != 0) throw Error(where, "the error would lie over another one", "take another seed or organ");
      now.labels[i] = more.labels[i];
    }
    all.write(box, now);
  }
  return all;
}

/// The start map, when it is the one that the protocol names.
std::filesystem::path knownStart(const CoordinatorStudy& study, const StudyPlant& wanted) {
  const StudyStart* start = study.protocol().findStart(wanted.caseId, wanted.arm);
  const char* const advice = "bring it in with study import --starts";
  if (start == nullptr) throw Error(wanted.caseId, "has no start map in arm " + wanted.arm, advice);
  auto file = study.startOf(wanted.caseId, wanted.arm);
  if (sha256HexOfFile(file) != start->sha256)
    throw Error(file, "is not the start map that was brought in", advice, ErrorKind::CheckFailed);
  return file;
}

}  // namespace

PlantedError plant(CoordinatorStudy& study, const StudyPlant& wanted) {
  study.requireStage(StudyStage::Draft);
  const auto file = knownStart(study, wanted);
  const OrganTable organs = organTableOf(study.protocol());
  const auto maskFile = study.plantOf(wanted.caseId, wanted.arm), before = study.unplantedOf(wanted.caseId, wanted.arm);
  const LabelImage start = readLabelFile(file);
  const int number = errorsIn(study.protocol(), wanted.caseId, wanted.arm) + 1;
  PlantRequest request;
  request.kind = wanted.kind;
  request.organ = labelNamed(organs, wanted.organ);
  request.other = labelNamed(organs, wanted.other);
  request.targetMl = wanted.ml;
  request.seed = wanted.seed;
  request.number = static_cast<Label>(number);
  const PlantedMap planted = plantError(start.labels, start.geometry, organs, request);
  const LabelMap earlier = number == 1 ? LabelMap() : readLabelFile(maskFile).labels;
  const LabelMap mask = joined(earlier, planted.mask, wanted.caseId);
  createPrivateFolder(maskFile.parent_path());
  if (number == 1) writeLabelFile(before, start.labels, start.geometry);
  writeLabelFile(maskFile, mask, start.geometry);
  const StudyStart entry = writeStart(study, wanted.caseId, wanted.arm, {start.geometry, planted.labels});
  PlantedError made{wanted.caseId, wanted.arm, wanted.kind, wanted.organ, planted.ml, planted.voxels, wanted.seed, {}};
  made.maskSha256 = sha256HexOfFile(maskFile);
  study.edit([&](StudyProtocol& protocol) {
    putStart(protocol, entry);
    for (PlantedError& one : protocol.planted)
      if (one.caseId == made.caseId && one.arm == made.arm) one.maskSha256 = made.maskSha256;
    protocol.planted.push_back(made);
  });
  return made;
}

}  // namespace recontour
