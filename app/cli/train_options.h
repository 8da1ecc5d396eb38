#pragma once
#include <string>
#include <vector>

#include "app/cli/model_options.h"
#include "core/training/training_settings.h"

namespace CLI {
class App;
}

namespace recontour::cli {

/// Options of `train`, before they are a training's settings.
struct TrainOptions {
  std::string preset;  ///< empty: none
  std::string cases, network, loss, out, split, init, ivm = "paper";
  bool fromLabels = false;
  std::vector<int> patch;
  std::vector<double> spacing;
  int batch = 0;  ///< 0: by the network
  bool noAugmentation = false, json = false;
  ModelOptions model;
  TrainingSettings settings;
};

void addTrainOptions(CLI::App& command, TrainOptions& options);
/// @throws CLI::ParseError for a network or loss that is missing or not known
TrainingSettings settingsOf(const TrainOptions& options);

}  // namespace recontour::cli
