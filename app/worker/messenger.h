#pragma once
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/progress_sink.h"

namespace recontour::worker {

/// Sends messages of the job protocol, one JSON line each, on a descriptor of their own, from any thread, and a
/// heartbeat every second while it lives.
class Messenger {
 public:
  /// @param descriptor  not closed here; negative: nothing is sent
  explicit Messenger(int descriptor);
  /// Ends the process when nobody listens any more.
  void send(const Json& message);

 private:
  void beat(std::stop_token stop);
  int descriptor_;
  std::mutex mutex_;
  std::jthread heart_;
};

/// Sends the progress of job `id`.
class MessageProgress final : public ProgressSink {
 public:
  MessageProgress(Messenger& messenger, int id) : messenger_(messenger), id_(id) {}
  void progress(std::string_view stage, int done, int total, double secondsLeft) override;
  void runsOn(std::string_view model, std::string_view device) override;

 private:
  Messenger& messenger_;
  int id_;
};

/// The error message of the protocol.
Json errorMessage(int id, const Error& error);

}  // namespace recontour::worker
