#include "core/workbench/training_outlook.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/scribble/scribble_case.h"
#include "core/scribble/scribble_generator.h"

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

}  // namespace

std::vector<CaseOutlook> caseOutlooks(const std::filesystem::path& folder, const OrganTable& organs,
                                      const std::stop_token& stop) {
  const auto strokes = volumesIn(folder / "scribblesTr"), dense = volumesIn(folder / "labelsTr");
  std::vector<CaseOutlook> outlooks;
  for (const auto& [name, image] : volumesIn(folder / "imagesTr")) {
    if (stop.stop_requested()) break;
    ScribbleFiles files{name, image, {}};
    if (strokes.contains(name)) files.scribbles = strokes.at(name);
    if (dense.contains(name)) files.dense = dense.at(name);
    const auto lines = folder / "scribblesTr" / (name + ".json");
    if (std::filesystem::exists(lines)) files.strokes = lines;
    outlooks.push_back(outlookOf(files, organs));
  }
  return outlooks;
}

TrainingOutlook trainingOutlook(const TrainingJob& job, Trainer& trainer) {
  TrainingOutlook outlook;
  try {
    for (const TrainingSource& source : trainer.cases(job)) outlook.heldBack[source.name] = source.heldBack;
    if (job.model.empty()) return outlook;
    outlook.modelThere = std::filesystem::exists(job.model);
    outlook.resumable = !outlook.modelThere && trainer.canResume(job.model);
  } catch (const std::exception& error) {
    outlook.problem = error.what();
  }
  return outlook;
}

}  // namespace recontour
