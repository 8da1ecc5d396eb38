#include "core/base/helper_client.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/process_memory.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

constexpr int kProtocol = 1;
constexpr std::chrono::milliseconds kPollInterval{100};
constexpr std::chrono::milliseconds kMemoryInterval{200};
constexpr std::size_t kMostStages = 64;

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
  return text.empty() ? "" : ", saying: " + oneLine(text, kLongest);
}

/// Nothing where the line is no JSON.
Json messageFrom(const std::string& line) {
  try {
    return parseJson(line, "message");
  } catch (const Error&) {
    return {};
  }
}

std::string inGigabytes(std::uint64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
  return text;
}

std::string inSeconds(std::chrono::milliseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%g s", static_cast<double>(time.count()) / 1000);
  return text;
}

constexpr const char* kReinstall = "install Recontour again";

}  // namespace

HelperClient::HelperClient(HelperSettings settings)
    : settings_(std::move(settings)), process_(settings_.program, settings_.arguments, settings_.process) {}

Error HelperClient::failed(const std::string& cause, const std::string& advice) const {
  return Error(settings_.name + " " + cause + "; " + advice, ErrorKind::ModelFailed);
}

void HelperClient::awaitHello() {
  if (std::exchange(greeted_, true)) return;
  const Json hello = nextMessage();
  const Json protocol = hello.contains("protocol") ? hello["protocol"] : Json();
  if (hello["type"] == "hello" && protocol == kProtocol) return;
  throw failed("speaks job protocol " + protocol.dump() + " where this program needs " + std::to_string(kProtocol),
               kReinstall);
}

Json HelperClient::run(const Json& request, const MessageHandler& onMessage, std::stop_token stop) {
  stop_ = std::move(stop);
  moved_ = Clock::now();
  furthest_.clear();
  awaitHello();
  if (!process_.writeLine(request.dump(-1, ' ', true, Json::error_handler_t::replace))) failEnded();
  try {
    return waitForResult(request.at("id").get<int>(), onMessage);
  } catch (const Json::exception& error) {
    throw failed(std::string("sent a message that cannot be read: ") + error.what(), kReinstall);
  }
}

Json HelperClient::waitForResult(int id, const MessageHandler& onMessage) {
  for (;;) {
    Json message = nextMessage();
    const std::string type = message["type"];
    if (type == "heartbeat" || message.value("id", 0) != id) continue;
    if (type == "result") return message;
    if (type == "error") throw Error(oneLine(message.value("message", settings_.name + " failed")), kindOf(message));
    if (movesOn(message)) moved_ = Clock::now();
    onMessage(message);
  }
}

/// A kind of message or a stage that is new, or one that got further: those that came after it may then start again,
/// as scoring does after each epoch. What says the same again and again hangs too.
bool HelperClient::movesOn(const Json& message) {
  const std::string stage = message["type"].get<std::string>() + " " + message.value("stage", "");
  const int done = message.value("done", 0);
  const auto known = std::ranges::find(furthest_, stage, &std::pair<std::string, int>::first);
  if (known == furthest_.end()) {
    if (furthest_.size() >= kMostStages) return false;
    furthest_.emplace_back(stage, done);
    return true;
  }
  if (done <= known->second) return false;
  known->second = done;
  furthest_.erase(known + 1, furthest_.end());
  return true;
}

void HelperClient::checkLimits(Clock::time_point silentAt) {
  const auto now = Clock::now();
  const auto end = [&](const std::string& cause, const std::string& advice) {
    process_.terminate();
    return failed(cause, advice);
  };
  if (stop_.stop_requested()) {
    process_.terminate();
    throw Error("cancelled", ErrorKind::Cancelled);
  }
  if (now >= silentAt) throw end("stopped answering", settings_.adviceSilent);
  if (now - moved_ >= settings_.stallLimit)
    throw end("got no further for " + inSeconds(settings_.stallLimit), settings_.adviceSilent);
  if (settings_.residentLimitBytes == 0 || now - measured_ < kMemoryInterval) return;
  measured_ = now;
  if (residentBytesOfTree(process_.pid()) > settings_.residentLimitBytes)
    throw end("needs more memory than " + inGigabytes(settings_.residentLimitBytes), settings_.adviceMemory);
}

Json HelperClient::nextMessage() {
  const auto silentAt = Clock::now() + settings_.watchdog;
  const auto interval = std::min({kPollInterval, settings_.watchdog, settings_.stallLimit});
  std::string line;
  for (auto read = ChildProcess::Read::TimedOut; read == ChildProcess::Read::TimedOut;) {
    checkLimits(silentAt);
    read = process_.readLine(line, static_cast<int>(interval.count()));
    if (read == ChildProcess::Read::Ended) failEnded();
  }
  const Json message = messageFrom(line);
  if (message.is_object() && message.contains("type") && message["type"].is_string()) return message;
  process_.terminate();
  throw failed("sent something that is no message: " + oneLine(line, 80), kReinstall);
}

void HelperClient::failEnded() {
  process_.terminate();  // it may have closed its output only
  const std::string how = process_.wait();
  throw failed("ended (" + how + ")" + lastWords(settings_.process.errorFile), settings_.adviceEnded);
}

void tellProgress(const Json& message, ProgressSink& progress) {
  if (message.at("type") == "running")
    progress.runsOn(oneLine(message.value("model_name", "")), oneLine(message.value("device", "")));
  if (message.at("type") != "progress") return;
  progress.progress(message.value("stage", ""), message.value("done", 0), message.value("total", 0),
                    message.value("seconds_left", -1.0));
}

}  // namespace recontour
