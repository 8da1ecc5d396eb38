#include "app/worker/messenger.h"

#include <cerrno>
#include <condition_variable>

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace recontour::worker {
namespace {

const char* kindName(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::BadInput:
      return "bad_input";
    case ErrorKind::ModelFailed:
      return "model_failed";
    case ErrorKind::Cancelled:
      return "cancelled";
    case ErrorKind::CheckFailed:
      return "check_failed";
  }
  return "model_failed";
}

}  // namespace

Messenger::Messenger(int descriptor) : descriptor_(descriptor) {
  if (descriptor_ >= 0) heart_ = std::jthread([this](std::stop_token stop) { beat(stop); });
}

void Messenger::send(const Json& message) {
  if (descriptor_ < 0) return;
  const std::string line = message.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
  std::string_view rest = line;
  const std::lock_guard lock(mutex_);
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) ::_exit(0);  // the client is gone, and with it whoever wanted the result
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

void Messenger::beat(std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    stopped.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    if (!stop.stop_requested()) send({{"type", "heartbeat"}});
  }
}

void MessageProgress::progress(std::string_view stage, int done, int total, double secondsLeft) {
  Json message = {{"type", "progress"}, {"id", id_}, {"stage", stage}, {"done", done}, {"total", total}};
  if (secondsLeft >= 0) message["seconds_left"] = secondsLeft;
  messenger_.send(message);
}

void MessageProgress::runsOn(std::string_view model, std::string_view device) {
  messenger_.send({{"type", "running"}, {"id", id_}, {"model_name", model}, {"device", device}});
}

Json errorMessage(int id, const Error& error) {
  return {{"type", "error"}, {"id", id}, {"kind", kindName(error.kind())}, {"message", error.what()}};
}

}  // namespace recontour::worker
