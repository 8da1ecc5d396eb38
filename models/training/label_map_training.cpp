#include "models/training/label_map_training.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/image/job_files.h"
#include "models/training/random_field.h"
#include "models/training/synthesis_source.h"
#include "models/training/word_organs.h"

namespace recontour {
namespace {

void checkRequest(const TrainingRequest& request) {
  const Point3& mm = request.spacingMm;
  if (mm.x != kSynthesisMm || mm.y != kSynthesisMm || mm.z != kSynthesisMm)
    throw Error("training from label maps needs a grid of 3 mm; set spacing_mm to 3, 3, 3");
  bool words = request.organs.labels.size() == word::kLast;
  for (Label label = 1; label <= word::kLast && words; ++label) {
    const auto found = request.organs.labels.find(std::string(word::kKeys[label]));
    words = found != request.organs.labels.end() && found->second == label;
  }
  if (!words) throw Error("training from label maps needs WORD's 16 organs with their numbers; use the table 'word'");
}

LabelMap mapOf(const TrainingCaseFiles& files) {
  if (!files.dense) throw Error("the case '" + files.name + "' has no dense labels to make synthetic CT from");
  return onSynthesisGrid(readLabels(*files.dense, files.geometry.size, files.denseSha256), files.geometry);
}

/// The case is named, as a map says nothing of where it comes from.
[[noreturn]] void failWith(const std::string& name, const Error& error) {
  throw Error("the case '" + name + "': " + error.what(), error.kind());
}

}  // namespace

std::unique_ptr<PatchSource> makeLabelMapSource(const TrainingRequest& request, int patientsPerCase,
                                                const std::function<void(int done, int total)>& advanced) {
  checkRequest(request);
  std::vector<TissueMap> patients;
  const auto isLearned = [](const TrainingCaseFiles& files) { return !files.heldBack; };
  const auto total = static_cast<int>(std::ranges::count_if(request.cases, isLearned));
  for (const TrainingCaseFiles& files : request.cases) {
    if (files.heldBack) continue;
    const std::uint64_t seed = purposeKey(request.seed, files.name);
    try {
      for (TissueMap& patient : makeVariants({mapOf(files)}, patientsPerCase, seed, request.threads))
        patients.push_back(std::move(patient));
    } catch (const Error& error) {
      failWith(files.name, error);
    }
    advanced(static_cast<int>(patients.size()) / patientsPerCase, total);
  }
  SynthesisSettings settings;
  settings.patch = request.patch;
  settings.normalization = request.normalization;
  settings.seed = request.seed;
  settings.augments = request.augments;
  return makeSynthesisSource(std::move(patients), settings);
}

TrainingVolume makeSyntheticVolume(const std::string& name, const LabelMap& labels, const Geometry& geometry,
                                   ContrastPhase phase, const Normalization& normalization, std::uint64_t seed) {
  TissueMap patient = makeTissueMap(onSynthesisGrid(labels, geometry), seed);
  PhaseChances chances{};
  chances[static_cast<std::size_t>(phase)] = 1;
  TrainingVolume volume;
  volume.name = name;
  volume.grid.size = patient.size;
  volume.grid.spacing = {kSynthesisMm, kSynthesisMm, kSynthesisMm};
  volume.image = scan(patient.size, patient.tissue, drawScan(seed, chances));
  const HuTransform normalize(normalization, volume.image);
  normalize.apply(volume.image);
  volume.padValue = normalize(-1000);
  volume.dense = std::move(patient.labels);
  return volume;
}

}  // namespace recontour
