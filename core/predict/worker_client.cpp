#include "core/predict/worker_client.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

constexpr int kProtocol = 1;
constexpr std::chrono::milliseconds kPollInterval{100};

ChildProcess::Options processOptions(const WorkerSettings& settings, const std::filesystem::path& errorFile) {
  ChildProcess::Options options;
  // Threads that spin while they wait cost everything else on the machine 2.5 times its time.
  options.environment = {"OMP_WAIT_POLICY=passive"};
  options.errorFile = errorFile;
  options.niceness = settings.niceness;
  return options;
}

ErrorKind kindOf(const Json& message) {
  const std::string kind = message.value("kind", "");
  if (kind == "bad_input") return ErrorKind::BadInput;
  if (kind == "cancelled") return ErrorKind::Cancelled;
  if (kind == "check_failed") return ErrorKind::CheckFailed;
  return ErrorKind::ModelFailed;
}

/// What the process last said on standard error, to be put in brackets; empty when nothing.
std::string lastWords(const std::filesystem::path& errorFile) {
  constexpr std::size_t kLongest = 200;
  std::string text;
  try {
    text = readWholeFile(errorFile, 1 << 24);
  } catch (const Error&) {
    return {};
  }
  text.erase(text.find_last_not_of(" \n\r\t") + 1);
  const auto newline = text.rfind('\n');
  if (newline != std::string::npos) text.erase(0, newline + 1);
  return text.empty() ? "" : ", saying: " + text.substr(0, kLongest);
}

Error modelFailed(const std::string& cause, const std::string& advice) {
  return Error(cause + "; " + advice, ErrorKind::ModelFailed);
}

}  // namespace

WorkerSettings WorkerSettings::standard() {
  WorkerSettings settings;
  settings.program = programFolder() / "recontour-worker";
  settings.jobs = cacheFolder() / "jobs";
  return settings;
}

WorkerClient::WorkerClient(const WorkerSettings& settings, const std::filesystem::path& errorFile, std::stop_token stop)
    : settings_(settings),
      errorFile_(errorFile),
      stop_(std::move(stop)),
      process_(settings.program, {}, processOptions(settings, errorFile)) {
  const Json hello = nextMessage();
  const Json protocol = hello.contains("protocol") ? hello["protocol"] : Json();
  if (hello["type"] != "hello" || protocol != kProtocol) {
    throw modelFailed("the model worker speaks job protocol " + protocol.dump() + " where this program needs " +
                          std::to_string(kProtocol),
                      "install Recontour again");
  }
}

Json WorkerClient::run(const Json& request, ProgressSink& progress) {
  if (!process_.writeLine(request.dump(-1, ' ', true, Json::error_handler_t::replace))) failEnded();
  try {
    return waitForResult(request.at("id").get<int>(), progress);
  } catch (const Json::exception& error) {
    throw modelFailed(std::string("the model worker sent a message that cannot be read: ") + error.what(),
                      "install Recontour again");
  }
}

Json WorkerClient::waitForResult(int id, ProgressSink& progress) {
  for (;;) {
    Json message = nextMessage();
    const std::string type = message["type"];
    if (type == "heartbeat" || message.value("id", 0) != id) continue;
    if (type == "result") return message;
    if (type == "error") throw Error(message.value("message", "the model worker failed"), kindOf(message));
    if (type == "running") progress.runsOn(message.value("model_name", ""), message.value("device", ""));
    if (type == "progress") {
      progress.progress(message.value("stage", ""), message.value("done", 0), message.value("total", 0),
                        message.value("seconds_left", -1.0));
    }
  }
}

Json WorkerClient::nextMessage() {
  const auto deadline = std::chrono::steady_clock::now() + settings_.watchdog;
  const auto interval = std::min(kPollInterval, settings_.watchdog);
  std::string line;
  for (;;) {
    if (stop_.stop_requested()) {
      process_.terminate();
      throw Error("cancelled", ErrorKind::Cancelled);
    }
    const ChildProcess::Read read = process_.readLine(line, static_cast<int>(interval.count()));
    if (read == ChildProcess::Read::Ended) failEnded();
    if (read == ChildProcess::Read::Line) break;
    if (std::chrono::steady_clock::now() < deadline) continue;
    process_.terminate();
    throw modelFailed("the model worker stopped answering", "try again, or use another device or model");
  }
  Json message = Json::parse(line, nullptr, false);
  if (message.is_object() && message.contains("type") && message["type"].is_string()) return message;
  process_.terminate();
  throw modelFailed("the model worker sent something that is no message: " + line.substr(0, 80),
                    "install Recontour again");
}

void WorkerClient::failEnded() {
  process_.terminate();  // it may have closed its output only
  const std::string how = process_.wait();
  throw modelFailed("the model worker ended (" + how + ")" + lastWords(errorFile_),
                    "try again, or use a coarser model or a machine with more memory");
}

}  // namespace recontour
