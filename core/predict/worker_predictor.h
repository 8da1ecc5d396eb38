#pragma once
#include <cstdint>
#include <filesystem>

#include "core/base/json.h"
#include "core/predict/predictor.h"
#include "core/predict/worker_process.h"

namespace recontour {

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
    worker_.admit(modelFolder, permission);
  }
  /// Whether jobs run in a sandbox here. Tries it once (some 10 ms).
  bool sandboxes() const { return worker_.sandboxes(); }

 private:
  Json run(Json request, const AdmittedModel& model, const WorkerJob& job, ProgressSink& progress,
           std::stop_token stop) const;
  WorkerProcess worker_;
};

}  // namespace recontour
