#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/child_process.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/progress_sink.h"

namespace recontour {

/// How a helper process is run and what people are told of it.
struct HelperSettings {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  ChildProcess::Options process;
  std::chrono::milliseconds watchdog{30000};  ///< longest silence
  /// Longest time in which the work gets no further: what hangs, or is made to, does so beside the heart.
  std::chrono::milliseconds stallLimit{600000};
  std::uint64_t residentLimitBytes = 0;  ///< most memory of the process and what it starts; 0: as much as there is
  std::string name;                      ///< "the model worker"
  std::string adviceEnded, adviceSilent, adviceMemory;  ///< what to do when it ended, hangs or takes too much memory
};

/// One helper process, spoken to in the job protocol (docs/formats/jobs.md). Made on a thread that lasts as long as it
/// does (see ChildProcess), then used from one thread at a time.
class HelperClient {
 public:
  using MessageHandler = std::function<void(const Json& message)>;

  /// Starts the process and returns without waiting for it. @throws Error (ModelFailed)
  explicit HelperClient(HelperSettings settings);
  /// Whether the process has ended by itself.
  bool hasEnded() { return process_.hasEnded(); }
  /// Sends one request and waits for its result.
  /// @param onMessage  gets what else arrives for the request: "progress", "running", "partial", "slice", ...
  /// @return the result message
  /// @throws Error with the helper's message and kind; ModelFailed when it ends, falls silent or talks nonsense;
  ///         Cancelled when `stop` was requested: the process is ended then
  Json run(const Json& request, const MessageHandler& onMessage, std::stop_token stop);

 private:
  using Clock = std::chrono::steady_clock;
  void awaitHello();
  Json waitForResult(int id, const MessageHandler& onMessage);
  Json nextMessage();
  bool movesOn(const Json& message);
  void checkLimits(Clock::time_point silentAt);
  [[noreturn]] void failEnded();
  Error failed(const std::string& cause, const std::string& advice) const;
  HelperSettings settings_;
  std::stop_token stop_;
  ChildProcess process_;
  bool greeted_ = false;
  std::vector<std::pair<std::string, int>> furthest_;  ///< steps done of each stage, by their first appearance
  Clock::time_point moved_, measured_;                 ///< when the work got further, when memory was looked at
};

/// Passes a "progress" or "running" message on, and leaves others alone.
void tellProgress(const Json& message, ProgressSink& progress);

}  // namespace recontour
