#pragma once
#include "models/engine/trainer/training_volume.h"

namespace recontour {

/// What a held-back label map is scored with: one patient around it and one CT of it in the portal venous phase, whole,
/// with the organs as dense labels (models/training). Whatever the training's seed, a case's patient is the same, so
/// that scores of trainings compare. @throws Error naming the case: a file that differs, no organ
TrainingVolume syntheticVolume(const TrainingCaseFiles& files, const TrainingRequest& request);

}  // namespace recontour
