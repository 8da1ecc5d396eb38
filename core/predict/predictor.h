#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"

namespace recontour {

/// What a prediction needs.
struct PredictionRequest {
  Volume volume;  ///< HU
  Geometry geometry;
  std::filesystem::path modelFolder;  ///< with recontour.json
  std::string manifestHash;           ///< SHA-256 that recontour.json must have; empty: whatever it has
  bool allowUnsandboxed = false;      ///< runs models from elsewhere even where there is no sandbox
  std::string device = "auto";        ///< auto, cpu, cuda, cuda:N
  std::string precision = "fp32";     ///< fp32, or bf16 where the manifest allows it and the CPU has it
  int threads = 0;                    ///< 0: all cores
  std::string organTable = "word";    ///< the table whose label values the result has
  std::string imageHash;              ///< of the case, for finding the result again; empty: it is not kept
};

/// What came of it.
struct PredictionResult {
  LabelMap labels;  ///< on the request's grid, values of the organ table
  std::string modelName;
  std::string modelHash;     ///< SHA-256 of the weights, 64 hex digits
  std::string manifestHash;  ///< of recontour.json; empty when not known
  bool sandboxed = true;     ///< false: the model ran with all that the user may do, and a warning says so
  std::string device;        ///< "cpu", "cuda:0"
  std::string precision;     ///< what was used
  std::string fallback;      ///< why not what was asked for, empty when it was
  int tiles = 0;
  std::map<std::string, double> seconds;  ///< by stage: load, preprocess, network, resample, write
  std::int64_t peakMemoryBytes = 0;       ///< of the worker process
  std::vector<std::string> warnings;      ///< one sentence each, e.g. "all voxels are background"
  bool kept = false;                      ///< drawn by an earlier run and found in the cache
};

/// Labels every voxel of a CT volume. Implementations know their network; callers do not.
class Predictor {
 public:
  virtual ~Predictor() = default;
  /// Blocks for seconds, so call it from a background thread.
  /// @throws Error (ErrorKind::BadInput when the model folder is refused or may not run without a sandbox, ModelFailed
  /// when it fails while running,
  ///         Cancelled when `stop` was requested)
  virtual PredictionResult predict(const PredictionRequest& request, ProgressSink& progress, std::stop_token stop) = 0;
};

}  // namespace recontour
