#include "models/engine/trainer/synthetic_cases.h"

#include "core/base/error.h"
#include "core/image/job_files.h"
#include "models/training/label_map_training.h"
#include "models/training/random_field.h"

namespace recontour {

TrainingVolume syntheticVolume(const TrainingCaseFiles& files, const TrainingRequest& request) {
  try {
    const LabelMap labels = readLabels(*files.dense, files.geometry.size, files.denseSha256);
    return makeSyntheticVolume(files.name, labels, files.geometry, ContrastPhase::Venous, request.normalization,
                               purposeKey(0, files.name));
  } catch (const Error& error) {
    throw Error("case '" + files.name + "': " + error.what(), error.kind());
  }
}

}  // namespace recontour
