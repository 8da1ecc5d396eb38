#pragma once
#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/image/organ_table.h"
#include "core/predict/predictor.h"

namespace recontour {

/// The "predict" request of the job protocol for a volume that lies in `folder` as `volumeFile`.
Json predictMessage(const PredictionRequest& request, const std::filesystem::path& folder,
                    const std::string& volumeFile, const std::string& resultFile);
/// The "check" request for a model folder.
Json checkMessage(const std::filesystem::path& modelFolder, const std::string& device, const OrganTable& organs);

/// Reads a result message and the label file it names in `folder`; checks length, SHA-256 and labels.
/// @throws Error (ModelFailed)
PredictionResult readPrediction(const Json& message, const std::filesystem::path& folder, const Size3& size,
                                const OrganTable& organs);

}  // namespace recontour
