#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "models/engine/networks/architecture.h"
#include "models/engine/trainer/training_curve.h"
#include "models/engine/trainer/training_request.h"

namespace recontour {

/// What a finished training leaves.
struct TrainedModel {
  std::string archive;        ///< TorchScript bytes
  Architecture architecture;  ///< name, dims, channels, divisibleBy
  std::vector<CurvePoint> curve;
  int chosenIteration = 0;       ///< whose weights these are
  std::string device, libtorch;  ///< "cpu", "2.11.0"
  double seconds = 0;            ///< of training, all runs together

  /// The curve's point of the chosen iteration; null where it has none.
  const CurvePoint* chosenPoint() const;
};

/// Writes model.ts, recontour.json, MODEL_CARD.md, train.json (all settings, versions, seed, hashes of the data) and
/// curves.csv into `folder`, which is made. The card says which labels chose the weights. @throws Error
void writeTrainedModel(const TrainedModel& model, const TrainingRequest& request, const std::filesystem::path& folder);

}  // namespace recontour
