#include "core/workbench/training_outlook.h"

#include <algorithm>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_generator.h"
#include "core/study/accepted_readings.h"
#include "core/study/study_in_place.h"

namespace recontour {
namespace {

void addStrokes(CaseOutlook& outlook, const ScribbleFiles& files, const OrganTable& organs) {
  const ScribbleCase one = readScribbleCase(files, organs);
  const auto counts = labelCounts(one.scribbles);
  const auto drawn = [](std::int64_t voxels) { return voxels > 0; };
  outlook.organs = static_cast<int>(std::count_if(counts.begin() + 1, counts.begin() + kUnlabelled, drawn));
  outlook.background = drawn(counts[0]);
  outlook.problems = scribbleProblems(one, organs);
}

CaseOutlook outlookOf(const ScribbleFiles& files, const OrganTable& organs) {
  CaseOutlook outlook;
  outlook.name = files.name;
  outlook.dense = files.dense.has_value();
  try {
    if (!files.scribbles.empty()) addStrokes(outlook, files, organs);
  } catch (const std::exception& error) {
    outlook.problems.emplace_back(error.what());
  }
  return outlook;
}

/// With or without strokes.
std::vector<ScribbleFiles> casesIn(const std::filesystem::path& folder) {
  const auto strokes = volumesIn(folder / "scribblesTr"), dense = volumesIn(folder / "labelsTr");
  std::vector<ScribbleFiles> cases;
  for (const auto& [name, image] : volumesIn(folder / "imagesTr")) {
    ScribbleFiles files{name, image, {}};
    if (strokes.contains(name)) files.scribbles = strokes.at(name);
    if (dense.contains(name)) files.dense = dense.at(name);
    const auto lines = folder / "scribblesTr" / (name + ".json");
    if (std::filesystem::exists(lines)) files.strokes = lines;
    cases.push_back(files);
  }
  return cases;
}

/// None of a study that cannot be learned from; why is told with the outlook of the training.
std::vector<ScribbleFiles> readingsOf(const std::filesystem::path& study, const std::stop_token& stop) {
  std::vector<ScribbleFiles> cases;
  try {
    const SystemClock clock;
    for (const AcceptedReading& one : acceptedReadings(CoordinatorStudy::open(study, clock), stop)) {
      cases.push_back({one.name, one.image, one.strokes.value_or(""), one.contours});
      if (one.strokes) cases.back().strokes = one.strokes->parent_path() / "scribbles.json";
    }
  } catch (const Error&) {
    return {};
  }
  return cases;
}

}  // namespace

std::vector<CaseOutlook> caseOutlooks(const std::filesystem::path& folder, const OrganTable& organs,
                                      const std::stop_token& stop) {
  std::vector<CaseOutlook> outlooks;
  for (const ScribbleFiles& files : isCoordinatorStudy(folder) ? readingsOf(folder, stop) : casesIn(folder)) {
    if (stop.stop_requested()) break;
    outlooks.push_back(outlookOf(files, organs));
  }
  return outlooks;
}

TrainingOutlook trainingOutlook(const TrainingJob& job, Trainer& trainer, const std::stop_token& stop) {
  TrainingOutlook outlook;
  try {
    for (const TrainingSource& source : trainer.cases(job, stop)) outlook.heldBack[source.name] = source.heldBack;
    if (job.model.empty()) return outlook;
    outlook.modelThere = std::filesystem::exists(job.model);
    outlook.resumable = !outlook.modelThere && trainer.canResume(job.model);
  } catch (const std::exception& error) {
    outlook.problem = error.what();
  }
  return outlook;
}

}  // namespace recontour
