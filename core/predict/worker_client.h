#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/child_process.h"
#include "core/base/json.h"
#include "core/base/progress_sink.h"

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

/// One worker process for one job, spoken to in the job protocol (docs/formats/jobs.md). Use from one thread.
class WorkerClient {
 public:
  /// Starts the process and waits for its hello.
  /// @param errorFile  receives what the worker prints
  /// @throws Error (ModelFailed; Cancelled when `stop` was requested)
  WorkerClient(const WorkerSettings& settings, const std::filesystem::path& errorFile, std::stop_token stop);
  /// Sends one request and waits for its result; progress is passed on, partial results are left alone.
  /// @return the result message
  /// @throws Error with the worker's message and kind; ModelFailed when it ends, falls silent or talks nonsense;
  ///         Cancelled when `stop` was requested: the process is ended then
  Json run(const Json& request, ProgressSink& progress);

 private:
  Json waitForResult(int id, ProgressSink& progress);
  Json nextMessage();
  [[noreturn]] void failEnded();
  WorkerSettings settings_;
  std::filesystem::path errorFile_;
  std::stop_token stop_;
  ChildProcess process_;
};

}  // namespace recontour
