#include "tests/reliability/worker/fault.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <signal.h>
#include <sys/resource.h>

namespace recontour {
namespace {

/// What it has now is all it will get: the next array asks in vain.
void takeMemoryAway(pid_t worker) {
  const rlimit limit = {1 << 20, 1 << 20};
  ::prlimit(worker, RLIMIT_AS, &limit, nullptr);
}

bool isPipe(const std::filesystem::path& descriptor) {
  std::error_code gone;
  return std::filesystem::read_symlink(descriptor, gone).string().starts_with("pipe:");
}

/// Where the worker sends its messages: a pipe of its own, or standard output when it has not moved them yet.
void sayNonsense(pid_t worker) {
  const std::filesystem::path folder = "/proc/" + std::to_string(worker) + "/fd";
  std::filesystem::path found = folder / "1";
  for (int number = 3; number < 16; ++number) {
    if (isPipe(folder / std::to_string(number))) found = folder / std::to_string(number);
  }
  std::ofstream(found) << "\x01 nonsense {\n" << std::flush;
}

}  // namespace

const char* nameOf(Fault fault) {
  switch (fault) {
    case Fault::Kill:
      return "SIGKILL";
    case Fault::Segfault:
      return "SIGSEGV";
    case Fault::Abort:
      return "SIGABRT";
    case Fault::SandboxKilled:
      return "sandbox killed";
    case Fault::NoMemory:
      return "no memory";
    case Fault::Garbage:
      return "nonsense sent";
    case Fault::Hang:
      return "hang";
  }
  return "";
}

void inflict(Fault fault, pid_t worker, pid_t sandbox) {
  switch (fault) {
    case Fault::Kill:
      ::kill(worker, SIGKILL);
      break;
    case Fault::Segfault:
      ::kill(worker, SIGSEGV);
      break;
    case Fault::Abort:
      ::kill(worker, SIGABRT);
      break;
    case Fault::SandboxKilled:
      ::kill(sandbox, SIGKILL);
      break;
    case Fault::NoMemory:
      return takeMemoryAway(worker);
    case Fault::Garbage:
      return sayNonsense(worker);
    case Fault::Hang:
      ::kill(worker, SIGSTOP);
      break;
  }
}

}  // namespace recontour
