#pragma once
#include <chrono>
#include <filesystem>

#include "core/base/json.h"
#include "core/predict/predictor.h"

namespace recontour {

/// How the worker process is run.
struct WorkerSettings {
  std::filesystem::path program;              ///< default: recontour-worker beside the running program
  std::filesystem::path jobs;                 ///< parent of job folders; default: cacheFolder() / "jobs"
  std::chrono::milliseconds watchdog{30000};  ///< longest silence
  int niceness = 5;

  /// With the defaults above filled in.
  static WorkerSettings standard();
};

/// What `model check` finds in a folder that passed.
struct ModelReport {
  std::string name, hash;             ///< hash: SHA-256 of the weights, 64 hex digits
  std::vector<std::string> organs;    ///< keys of the labels that the organ table knows, by channel
  std::vector<std::string> unmapped;  ///< keys that it does not know: left out of results
  std::string device, fallback;
  Size3 window;  ///< voxels of the dry run, axis 0 fastest
  std::int64_t peakMemoryBytes = 0;
};

/// Runs every job in a recontour-worker process of its own, which gets the raw volume by a private job folder. Nothing
/// that happens there (crash, memory, endless loop) reaches this process. May be used from several threads.
class WorkerPredictor final : public Predictor {
 public:
  /// Sweeps job folders that earlier programs left.
  explicit WorkerPredictor(WorkerSettings settings = WorkerSettings::standard());
  PredictionResult predict(const PredictionRequest& request, ProgressSink& progress, std::stop_token stop) override;
  /// Checks structure, SHA-256 and labels of a model folder and runs it once on zeros.
  /// @throws Error (BadInput when it is refused)
  ModelReport check(const std::filesystem::path& modelFolder, const std::string& device, const std::string& organTable,
                    std::stop_token stop);

 private:
  Json run(const Json& request, const std::filesystem::path& folder, ProgressSink& progress,
           std::stop_token stop) const;
  WorkerSettings settings_;
};

}  // namespace recontour
