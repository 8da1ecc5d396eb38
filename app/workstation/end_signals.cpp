#include "app/workstation/end_signals.h"

#include <QSocketNotifier>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr int kEndSignals[] = {SIGTERM, SIGINT, SIGHUP};

std::atomic<int> toGuiThread{-1};  // a signal handler reaches nothing else
static_assert(std::atomic<int>::is_always_lock_free);

void tellGuiThread(int signal) {
  const int before = errno;
  const char byte = static_cast<char>(signal);
  [[maybe_unused]] const auto written = ::write(toGuiThread, &byte, 1);
  errno = before;
}

/// What is ignored (nohup) stays so.
void handle(int signal) {
  struct sigaction now = {};
  if (::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN) return;
  struct sigaction wanted = {};
  wanted.sa_handler = tellGuiThread;
  wanted.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  ::sigaction(signal, &wanted, nullptr);
}

}  // namespace

EndSignals::EndSignals(std::function<void()> end) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) throw Error("no pipe can be opened");
  readEnd_ = ends[0];
  writeEnd_ = ends[1];
  toGuiThread = writeEnd_;
  auto* notifier = new QSocketNotifier(readEnd_, QSocketNotifier::Read, this);
  connect(notifier, &QSocketNotifier::activated, this, [notifier, run = std::move(end)] {
    notifier->setEnabled(false);
    run();
  });
  for (const int signal : kEndSignals) handle(signal);
}

EndSignals::~EndSignals() {
  for (const int signal : kEndSignals) {
    struct sigaction now = {};
    if (::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == tellGuiThread) ::signal(signal, SIG_DFL);
  }
  toGuiThread = -1;
  ::close(readEnd_);
  ::close(writeEnd_);
}

void endWithinFiveSeconds() {
  std::thread([] {
    std::this_thread::sleep_for(std::chrono::seconds(5));
    constexpr std::string_view kText = "recontour: a disk does not answer; ended without waiting for it\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kText.data(), kText.size());
    std::_Exit(1);
  }).detach();
}

}  // namespace recontour
