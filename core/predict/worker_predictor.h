#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>

#include "core/base/helper_client.h"
#include "core/base/json.h"
#include "core/base/sandbox.h"
#include "core/predict/predictor.h"

namespace recontour {

/// How the worker process is run.
struct WorkerSettings {
  std::filesystem::path program;              ///< default: recontour-worker beside the running program
  std::filesystem::path jobs;                 ///< parent of job folders; default: cacheFolder() / "jobs"
  std::chrono::milliseconds watchdog{30000};  ///< longest silence
  /// Longest time without a step forward (one window on a slow CPU, loading): a model in an endless loop is ended.
  std::chrono::milliseconds stallLimit{600000};
  std::uint64_t memoryLimitBytes = 0;              ///< most that a job may take; 0: 85 % of what is free at its start
  std::filesystem::path bubblewrap = kBubblewrap;  ///< where it does not work there is no sandbox
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
  std::string manifestHash;  ///< SHA-256 of recontour.json
  bool sandboxed = true;     ///< false: it ran with all that the user may do
};

/// What someone has agreed to about a model.
struct ModelPermission {
  std::string manifestHash;       ///< SHA-256 that recontour.json must have; empty: whatever it has
  bool allowUnsandboxed = false;  ///< it runs even where there is no sandbox; shipped models do so anyhow
};

/// Runs every job in a recontour-worker process of its own, which gets the raw volume by a private job folder. Nothing
/// that happens there (crash, memory, endless loop) reaches this process. Where bubblewrap works, the worker sees its
/// libraries, the model and the job folder, and nothing else of the machine. May be used from several threads.
class WorkerPredictor final : public Predictor {
 public:
  /// Sweeps job folders that earlier programs left.
  explicit WorkerPredictor(WorkerSettings settings = WorkerSettings::standard());
  PredictionResult predict(const PredictionRequest& request, ProgressSink& progress, std::stop_token stop) override;
  /// Checks structure, SHA-256 and labels of a model folder and runs it once on zeros.
  /// @throws Error (BadInput when it is refused)
  ModelReport check(const std::filesystem::path& modelFolder, const std::string& device, const std::string& organTable,
                    std::stop_token stop, const ModelPermission& permission = {});
  /// @throws Error (BadInput) when the model may not run here: there is no sandbox, and it is neither shipped nor
  /// allowed
  void requireAdmissible(const std::filesystem::path& modelFolder, const ModelPermission& permission) const {
    admit(modelFolder, permission);
  }
  /// Whether jobs run in a sandbox here. Tries it once (some 10 ms).
  bool sandboxes() const;

 private:
  /// A model that may run, as it was when that was decided.
  struct Admitted {
    std::vector<std::filesystem::path> files;  ///< other files of its folder may be the user's
    std::string manifestHash;
    bool sandboxed = true;
    std::uint64_t memoryLimitBytes = 0;  ///< 0: not known
    std::uint64_t resultBytes = 0;       ///< of the file that it is to write
  };
  Admitted admit(const std::filesystem::path& modelFolder, const ModelPermission& permission) const;
  HelperSettings helperSettings(const Admitted& model, const std::filesystem::path& folder,
                                const std::string& device) const;
  Json run(Json request, const Admitted& model, const std::filesystem::path& folder, ProgressSink& progress,
           std::stop_token stop) const;
  WorkerSettings settings_;
  mutable std::once_flag tried_;
  mutable bool sandboxes_ = false;
};

}  // namespace recontour
