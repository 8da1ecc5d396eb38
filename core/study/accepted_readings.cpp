#include "core/study/accepted_readings.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/label_file.h"
#include "core/strokes/author_agreement.h"
#include "core/strokes/scribble_json.h"
#include "core/study/frozen_files.h"
#include "core/study/study_import.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, const char* cause) {
  throw Error(file, cause, "restore it from a backup", ErrorKind::CheckFailed);
}

bool counts(const StudySession& session) {
  const StudyTask& task = session.task;
  const bool isAside = task.practice || task.planted || task.repeat > 0;
  return session.state == StudySession::State::Accepted && !isAside;
}

bool hasOrgan(const LabelMap& labels) {
  const auto counts = labelCounts(labels);
  return std::any_of(counts.begin() + 1, counts.end(), [](std::int64_t voxels) { return voxels > 0; });
}

/// The map must be what the strokes cover, by one of the ways in which those of several authors become one.
void requireRasterOf(const std::vector<ScribbleStroke>& strokes, const fs::path& map, const Geometry& grid) {
  const LabelMap found = readLabelFileOn(map, grid);
  for (const Agreement how : {Agreement::Union, Agreement::Intersection})
    if (found == withBackgroundSwapped(agreedRaster(strokes, grid, how))) return;
  refuse(map, "does not show the strokes of the reading's log");
}

class Readings {
 public:
  explicit Readings(const CoordinatorStudy& study)
      : study_(study), files_(study), organs_(organTableOf(study.protocol())) {}

  AcceptedReading read(const StudySession& session) {
    const StudyTask& task = session.task;
    const StudyCase& one = *study_.protocol().findCase(task.caseId);
    const SessionFacts facts = files_.factsOf(session, organs_);
    AcceptedReading reading;
    reading.name = task.caseId + "_" + task.reader + "_" + task.arm;
    reading.patient = one.patientGroup.empty() ? one.id : one.patientGroup;
    reading.image = study_.imageOf(task.caseId);
    reading.imageHash = one.imageHash;
    reading.contours = contoursOf(study_.sessionOf(task), facts);
    reading.strokes = strokesOf(study_.sessionOf(task), facts);
    if (!one.truthSha256.empty()) reading.reference = files_.truthFileOf(task.caseId);
    return reading;
  }

 private:
  static std::optional<fs::path> contoursOf(const fs::path& folder, const SessionFacts& facts) {
    const fs::path file = folder / "revision.nii.gz";
    if (!fs::exists(file) || sha256HexOfFile(file) != facts.revisionSha256)
      refuse(file, "is not the file that was accepted");
    return hasOrgan(facts.after.organs()) ? std::optional(file) : std::nullopt;
  }

  static std::optional<fs::path> strokesOf(const fs::path& folder, const SessionFacts& facts) {
    const auto& strokes = facts.strokes;
    if (strokes.empty()) return {};
    const fs::path lines = folder / "scribbles.json", map = folder / "scribbles.nii.gz";
    if (!fs::exists(lines) || scribbleFileFrom(readWholeFile(lines), lines).strokes != strokes)
      refuse(lines, "does not hold the strokes of the reading's log");
    requireRasterOf(strokes, map, facts.geometry);
    return map;
  }

  const CoordinatorStudy& study_;
  FrozenFiles files_;
  OrganTable organs_;
};

}  // namespace

std::vector<AcceptedReading> acceptedReadings(const CoordinatorStudy& study, const std::stop_token& stop) {
  if (study.stage() < StudyStage::Closed) study.requireStage(StudyStage::Closed);
  Readings readings(study);
  std::vector<AcceptedReading> found;
  for (const StudySession& session : study.store().sessions()) {
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    if (counts(session)) found.push_back(readings.read(session));
  }
  std::ranges::sort(found, {}, &AcceptedReading::name);
  return found;
}

}  // namespace recontour
