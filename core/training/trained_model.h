#pragma once
// Private to core/training: from the worker's result to a model folder in its place.
#include <filesystem>

#include "core/base/json.h"
#include "core/predict/model_trust.h"
#include "core/training/training_run.h"

namespace recontour {

/// What a "result" message tells; `model` is the folder inside `folder` still.
/// @throws Error (ModelFailed) when it lacks something
TrainingReport trainingReportOf(const Json& message, const std::filesystem::path& folder);
/// Looks whether the folder is the model that was told: plain files alone, its manifest's hash.
/// @throws Error (ModelFailed)
ModelIdentity requireTrainedModel(const TrainingReport& report);
/// Flushes it to disk and moves it to `out`, whole. @throws Error when something is there, or it cannot be written
void placeModel(const std::filesystem::path& model, const std::filesystem::path& out);

}  // namespace recontour
