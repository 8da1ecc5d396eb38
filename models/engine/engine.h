#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/image/geometry.h"
#include "core/image/volume.h"
#include "models/engine/model_folder.h"
#include "models/engine/network.h"

namespace recontour {

/// A loaded network and why it is not what was asked for.
struct LoadedNetwork {
  std::unique_ptr<Network> network;
  std::string precision;  ///< "fp32" or "bf16"
  std::string fallback;   ///< empty when everything is as asked
};

/// Loads a model folder's network; the engine calls it once.
using NetworkLoader = std::function<LoadedNetwork(ModelFolder&)>;

struct EngineResult {
  std::vector<Label> labels;  ///< on the CT's grid, x fastest, values of the label table
  std::string device, precision, fallback;
  int tiles = 0;
  std::map<std::string, double> seconds;  ///< load, preprocess, network, resample
  std::vector<std::string> warnings;
};

/// Labels a CT with a model: preprocess, windows, projection to the CT's own grid.
/// @param threads  at least 1, for everything but the network
/// @throws Error (BadInput when the folder is refused, ModelFailed when the network fails)
EngineResult runModel(ModelFolder& folder, const Volume& volume, const Geometry& geometry, const LabelTable& table,
                      int threads, const NetworkLoader& load, ProgressSink& progress);

/// One window of zeros through the network, to see that its output has one channel a label.
/// @throws Error (BadInput) when it has not or the network fails on it
struct DryRun {
  std::string device, precision, fallback;
  Size3 window;
  double seconds = 0;
};
DryRun tryModel(ModelFolder& folder, const NetworkLoader& load);

}  // namespace recontour
