#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <unistd.h>

#include "app/worker/job.h"
#include "app/worker/messenger.h"
#include "core/base/safe_file.h"

namespace {

using recontour::Error;
using recontour::ErrorKind;
using recontour::Json;

constexpr int kProtocol = 1;
constexpr int kWrongUsage = 2;
constexpr const char* kUsage =
    "usage: recontour-worker             serve jobs: requests on standard input, answers on standard output\n"
    "       recontour-worker --job FILE  run the one job that FILE describes (docs/formats/jobs.md)\n"
    "       recontour-worker --version\n";

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

Json answer(const std::string& line, recontour::worker::Messenger& messenger) {
  int id = 0;
  try {
    const Json request = recontour::parseJson(line, "request");
    id = request.value("id", 0);
    recontour::worker::MessageProgress progress(messenger, id);
    Json result = recontour::worker::runJob(request, "/", progress);
    result["type"] = "result";
    result["id"] = id;
    return result;
  } catch (const Error& error) {
    return recontour::worker::errorMessage(id, error);
  } catch (const std::exception& error) {
    return recontour::worker::errorMessage(id, Error(error.what(), ErrorKind::ModelFailed));
  }
}

int serve() {
  recontour::worker::Messenger messenger(takeOverOutput());
  messenger.send({{"type", "hello"},
                  {"protocol", kProtocol},
                  {"program", "recontour-worker"},
                  {"version", RECONTOUR_VERSION},
                  {"pid", ::getpid()}});
  Requests requests;
  for (;;) messenger.send(answer(requests.next(), messenger));
}

/// A line a step on standard error; jobs without a client run in scripts.
class PrintedProgress final : public recontour::ProgressSink {
 public:
  void progress(std::string_view stage, int done, int total, double) override {
    std::fprintf(stderr, "%.*s %d/%d\n", int(stage.size()), stage.data(), done, total);
  }
};

int runOneJob(const std::filesystem::path& file) {
  const auto folder = std::filesystem::absolute(file).parent_path();
  const Json request = recontour::readJsonFile(file);
  PrintedProgress progress;
  Json result = recontour::worker::runJob(request, folder, progress);
  const std::string text = result.dump(2) + "\n";
  if (request.contains("report")) {
    recontour::writeFileSafely(folder / request["report"].get<std::string>(), text);
  }
  std::fputs(text.c_str(), stdout);
  return 0;
}

/// OpenMP reads this when it is loaded, before main: waiting threads that spin cost others 2.5 times their time.
void ensurePassiveWaiting(char** arguments) {
  if (std::getenv("OMP_WAIT_POLICY") != nullptr) return;
  ::setenv("OMP_WAIT_POLICY", "passive", 1);
  ::execv("/proc/self/exe", arguments);
}

int run(int count, char** arguments) {
  const std::string option = count > 1 ? arguments[1] : "";
  if (option.empty()) return serve();
  if (option == "--job" && count == 3) return runOneJob(arguments[2]);
  if (option == "--version") return std::puts(RECONTOUR_VERSION) < 0 ? 1 : 0;
  std::fputs(kUsage, option == "--help" ? stdout : stderr);
  return option == "--help" ? 0 : kWrongUsage;
}

}  // namespace

int main(int count, char** arguments) {
  ensurePassiveWaiting(arguments);
  ::signal(SIGPIPE, SIG_IGN);
  try {
    return run(count, arguments);
  } catch (const Error& error) {
    std::fprintf(stderr, "recontour-worker: %s\n", error.what());
    return recontour::exitStatus(error.kind());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "recontour-worker: internal error: %s\n", error.what());
    return recontour::exitStatus(ErrorKind::ModelFailed);
  }
}
