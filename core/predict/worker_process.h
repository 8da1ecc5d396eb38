#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/helper_client.h"
#include "core/base/json.h"
#include "core/base/sandbox.h"

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

/// What someone has agreed to about a model.
struct ModelPermission {
  std::string manifestHash;       ///< SHA-256 that recontour.json must have; empty: whatever it has
  bool allowUnsandboxed = false;  ///< it runs even where there is no sandbox; shipped models do so anyhow
};

/// A model that may run, as it was when that was decided.
struct AdmittedModel {
  std::vector<std::filesystem::path> files;  ///< other files of its folder may be the user's
  std::string manifestHash;
};

/// What one job may reach and take.
struct WorkerJob {
  std::filesystem::path folder;                 ///< the only place that it may write to
  std::vector<std::filesystem::path> readable;  ///< files of models
  std::uint64_t fileBytes = 0;                  ///< of the largest file that it is to write
  std::uint64_t memoryLimitBytes = 0;           ///< 0: not known
};

/// What a result says of a model that ran where there is no sandbox.
inline constexpr const char* kRanBare = "the model ran without a sandbox, with access to all that you have access to";
/// What to do where memory is too small.
inline constexpr const char* kMemoryAdvice =
    "close other programs, or use a coarser model or a machine with more memory";

/// Starts recontour-worker processes, one a job: which models may run, in what sandbox and under which limits. May be
/// used from several threads.
class WorkerProcess {
 public:
  explicit WorkerProcess(WorkerSettings settings) : settings_(std::move(settings)) {}
  const WorkerSettings& settings() const { return settings_; }
  /// Whether jobs run in a sandbox here. Tries it once (some 10 ms).
  bool sandboxes() const;
  /// The most that a job may take that starts now; 0: not known.
  std::uint64_t memoryLimitBytes() const;
  /// @throws Error (BadInput) when the model may not run here: another one was agreed to, or there is no sandbox, and
  /// it is neither shipped nor allowed
  AdmittedModel admit(const std::filesystem::path& modelFolder, const ModelPermission& permission) const;
  /// Runs one request ("device" among its members) in a process of its own.
  /// @param onMessage  gets what arrives before the result
  /// @throws Error as HelperClient::run() does
  Json run(const Json& request, const WorkerJob& job, const HelperClient::MessageHandler& onMessage,
           std::stop_token stop) const;

 private:
  HelperSettings helperSettings(const WorkerJob& job, const std::string& device) const;
  WorkerSettings settings_;
  mutable std::once_flag tried_;
  mutable bool sandboxes_ = false;
};

}  // namespace recontour
