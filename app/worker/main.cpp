#include <cstdio>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>
#include <signal.h>
#include <unistd.h>

#include "app/worker/job.h"
#include "core/base/error.h"
#include "core/base/helper_server.h"
#include "core/base/private_files.h"
#include "core/base/safe_file.h"

namespace {

using recontour::Error;
using recontour::ErrorKind;
using recontour::Json;

constexpr int kWrongUsage = 2;
constexpr const char* kUsage =
    "usage: recontour-worker             serve jobs: requests on standard input, answers on standard output\n"
    "       recontour-worker --job FILE  run the one job that FILE describes (docs/formats/jobs.md)\n"
    "       recontour-worker --version\n";

/// A line a step on standard error, and of a training one an epoch; jobs without a client run in scripts.
class PrintedReport final : public recontour::JobReport {
 public:
  void tell(Json message) override {
    const std::string type = message.at("type");
    if (type == "progress" && message["stage"] != "train") {
      std::fprintf(stderr, "%s %d/%d\n", message["stage"].get<std::string>().c_str(), message["done"].get<int>(),
                   message["total"].get<int>());
    }
    if (type == "picture") std::fprintf(stderr, "%s\n", last_.c_str());
    if (type == "curve") last_ = message.dump();
  }

 private:
  std::string last_;
};

[[noreturn]] void serve() {
  recontour::serveJobs("recontour-worker", RECONTOUR_VERSION, [](const Json& request, recontour::JobReport& report) {
    return recontour::worker::runJob(request, "/", report);
  });
}

int runOneJob(const std::filesystem::path& file) {
  const auto folder = std::filesystem::absolute(file).parent_path();
  const Json request = recontour::readJsonFile(file);
  PrintedReport report;
  Json result = recontour::worker::runJob(request, folder, report);
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
  if (option.empty()) serve();
  if (option == "--job" && count == 3) return runOneJob(arguments[2]);
  if (option == "--version") return std::puts(RECONTOUR_VERSION) < 0 ? 1 : 0;
  std::fputs(kUsage, option == "--help" ? stdout : stderr);
  return option == "--help" ? 0 : kWrongUsage;
}

}  // namespace

int main(int count, char** arguments) {
  recontour::keepFilesPrivate();
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
