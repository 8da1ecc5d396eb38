#include "app/cli/console.h"

#include <cstdio>
#include <thread>

#include <signal.h>
#include <unistd.h>

namespace recontour::cli {
namespace {

bool isIgnored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

ConsoleProgress::~ConsoleProgress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void ConsoleProgress::progress(std::string_view stage, int done, int total, double secondsLeft) {
  if (!::isatty(STDERR_FILENO) || total <= 0) return;
  constexpr int kWidth = 24;
  const int filled = kWidth * done / total;
  std::string bar(static_cast<std::size_t>(filled), '#');
  bar.resize(kWidth, '.');
  std::string left = secondsLeft >= 0 ? ", " + std::to_string(static_cast<int>(secondsLeft + 0.5)) + " s left" : "";
  std::fprintf(stderr, "\r\033[K%s: %.*s [%s] %d/%d%s", what_.c_str(), int(stage.size()), stage.data(), bar.c_str(),
               done, total, left.c_str());
  std::fflush(stderr);
  shown_ = true;
}

std::stop_token interruption() {
  // A thread waits for the signals, so that stopping runs as ordinary code; every other thread has them blocked.
  static std::stop_source source;
  static const bool started = [] {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    if (!isIgnored(SIGHUP)) sigaddset(&signals, SIGHUP);  // nohup ignores it, to go on
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([signals] {
      int received = 0;
      sigwait(&signals, &received);
      source.request_stop();
    }).detach();
    return true;
  }();
  (void)started;
  return source.get_token();
}

void printError(const std::string& message) { std::fprintf(stderr, "recontour-cli: %s\n", message.c_str()); }

void Failures::add(const Error& error) {
  const bool worse = !worst_ || exitStatus(error.kind()) > exitStatus(worst_->kind());
  if (worst_) printError(worse ? worst_->what() : error.what());
  if (worse) worst_ = error;
}

}  // namespace recontour::cli
