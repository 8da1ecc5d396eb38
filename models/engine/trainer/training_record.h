#pragma once
#include "core/base/json.h"
#include "models/engine/trainer/trained_model.h"

namespace recontour {

/// train.json of a trained model (docs/formats/training.md): what is needed to train it again, and what came of it.
/// @param weightsSha256  of model.ts
OrderedJson trainingRecord(const TrainedModel& model, const TrainingRequest& request, const std::string& weightsSha256);
/// "last", "val-scribble" or "val-dense".
std::string selectionName(ModelSelection selection);
/// Scores by organ key with four decimals.
OrderedJson scoresByKey(const std::map<Label, double>& dsc, const std::vector<std::string>& keys);

}  // namespace recontour
