#include "core/base/helper_server.h"

#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <iostream>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace recontour {
namespace {

constexpr int kProtocol = 1;

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

/// Lines of standard input, read on a thread of their own, so that its end is noticed while a job runs.
class Requests {
 public:
  Requests() : reader_([this] { read(); }) { reader_.detach(); }
  std::string next() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !lines_.empty(); });
    std::string line = std::move(lines_.front());
    lines_.pop_front();
    return line;
  }

 private:
  void read() {
    for (std::string line; std::getline(std::cin, line);) {
      const std::lock_guard lock(mutex_);
      lines_.push_back(std::move(line));
      arrived_.notify_one();
    }
    ::_exit(0);  // the client closed our input: it is gone or wants us gone
  }
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::string> lines_;
  std::thread reader_;
};

/// Answers go to what was standard output; whatever a library or a model prints goes to standard error from here on.
int takeOverOutput() {
  const int protocol = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  return protocol;
}

/// Adds the job's number to what it tells.
class NumberedReport final : public JobReport {
 public:
  NumberedReport(Messenger& messenger, int id) : messenger_(messenger), id_(id) {}
  void tell(Json message) override {
    message["id"] = id_;
    messenger_.send(message);
  }

 private:
  Messenger& messenger_;
  int id_;
};

Json errorMessage(int id, const Error& error) {
  return {{"type", "error"}, {"id", id}, {"kind", kindName(error.kind())}, {"message", error.what()}};
}

Json answer(const std::string& line, const Job& job, Messenger& messenger) {
  int id = 0;
  try {
    const Json request = parseJson(line, "request");
    id = request.value("id", 0);
    NumberedReport report(messenger, id);
    Json result = job(request, report);
    result["type"] = "result";
    result["id"] = id;
    return result;
  } catch (const Error& error) {
    return errorMessage(id, error);
  } catch (const Json::exception& error) {
    return errorMessage(id, Error(std::string("the request is not valid: ") + error.what()));
  } catch (const std::exception& error) {
    return errorMessage(id, Error(error.what(), ErrorKind::ModelFailed));
  }
}

}  // namespace

Messenger::Messenger(int descriptor)
    : descriptor_(descriptor), heart_([this](std::stop_token stop) { beat(std::move(stop)); }) {}

void Messenger::send(const Json& message) {
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

void JobReport::progress(std::string_view stage, int done, int total, double secondsLeft) {
  Json message = {{"type", "progress"}, {"stage", stage}, {"done", done}, {"total", total}};
  if (secondsLeft >= 0) message["seconds_left"] = secondsLeft;
  tell(std::move(message));
}

void JobReport::runsOn(std::string_view model, std::string_view device) {
  tell({{"type", "running"}, {"model_name", model}, {"device", device}});
}

void serveJobs(const std::string& program, const std::string& version, const Job& job) {
  Messenger messenger(takeOverOutput());
  messenger.send(
      {{"type", "hello"}, {"protocol", kProtocol}, {"program", program}, {"version", version}, {"pid", ::getpid()}});
  Requests requests;
  for (;;) messenger.send(answer(requests.next(), job, messenger));
}

}  // namespace recontour
