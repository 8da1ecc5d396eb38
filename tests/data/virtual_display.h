#pragma once
#include <cstdlib>
#include <string>

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace recontour {

[[noreturn]] inline void becomeXvfb(int displayPipe) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const std::string descriptor = std::to_string(displayPipe);
  execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", "1920x1200x24", "-nolisten", "tcp", nullptr);
  _exit(127);
}

/// The number that Xvfb writes once it answers; empty when it does not start.
inline std::string readDisplayNumber(int pipe) {
  std::string number;
  char digit = 0;
  while (read(pipe, &digit, 1) == 1 && digit != '\n') number += digit;
  return number;
}

/// An Xvfb of its own for each program, since windows of two programs on one display take the keyboard from each other;
/// RECONTOUR_WATCH_TESTS=1 shows them on DISPLAY instead. DISPLAY stays as it was where there is no Xvfb.
class VirtualDisplay {
 public:
  VirtualDisplay() {
    int ends[2];
    if (std::getenv("RECONTOUR_WATCH_TESTS") != nullptr || pipe(ends) != 0) return;
    process_ = fork();
    if (process_ == 0) becomeXvfb(ends[1]);
    close(ends[1]);
    const std::string number = readDisplayNumber(ends[0]);
    close(ends[0]);
    if (!number.empty()) setenv("DISPLAY", (":" + number).c_str(), 1);
  }
  ~VirtualDisplay() {
    if (process_ > 0) kill(process_, SIGTERM);
  }
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

 private:
  pid_t process_ = -1;
};

}  // namespace recontour
