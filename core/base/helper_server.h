#pragma once
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/progress_sink.h"

namespace recontour {

/// Sends messages of the job protocol (docs/formats/jobs.md), one JSON line each, on a descriptor of their own, from
/// any thread, and a heartbeat every second while it lives.
class Messenger {
 public:
  /// @param descriptor  not closed here
  explicit Messenger(int descriptor);
  /// Ends the process when nobody listens any more.
  void send(const Json& message);

 private:
  void beat(std::stop_token stop);
  int descriptor_;
  std::mutex mutex_;
  std::jthread heart_;
};

/// What one job tells its client while it runs. Any thread.
class JobReport : public ProgressSink {
 public:
  void progress(std::string_view stage, int done, int total, double secondsLeft) final;
  void runsOn(std::string_view model, std::string_view device) final;
  /// Any other message of this job, with its "type".
  virtual void tell(Json message) = 0;
};

/// Does one job. @return the result message without type and id. @throws Error
using Job = std::function<Json(const Json& request, JobReport& report)>;

/// Greets the client, then does each request of standard input; ends the process when that closes. Standard output
/// becomes standard error, so that nothing a library prints gets between the messages.
/// @param program  name for the greeting
[[noreturn]] void serveJobs(const std::string& program, const std::string& version, const Job& job);

}  // namespace recontour
