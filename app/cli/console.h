#pragma once
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/error.h"
#include "core/base/progress_sink.h"

namespace recontour::cli {

/// A progress bar on standard error, only where that is a terminal; nothing when it is piped.
class ConsoleProgress final : public ProgressSink {
 public:
  explicit ConsoleProgress(std::string what) : what_(std::move(what)) {}
  ~ConsoleProgress() override;
  void progress(std::string_view stage, int done, int total, double secondsLeft) override;

 private:
  std::string what_;
  bool shown_ = false;
};

/// Requested by SIGINT and SIGTERM from the first call on; long commands hand it to what they run.
std::stop_token interruption();

/// Prints "recontour-cli: MESSAGE" on standard error.
void printError(const std::string& message);

/// Keeps the worst of several failures, to be thrown at the end; says the others at once.
class Failures {
 public:
  void add(const Error& error);
  void throwWorst() const {
    if (worst_) throw Error(*worst_);
  }

 private:
  std::optional<Error> worst_;
};

}  // namespace recontour::cli
