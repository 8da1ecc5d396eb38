#include "tests/reliability/worker/process_list.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace recontour {
namespace {

namespace fs = std::filesystem;

struct Status {
  std::string state;
  pid_t parent = 0;
};

/// State "" of a process that is gone.
Status statusOf(const fs::path& process) {
  std::ifstream file(process / "stat");
  std::string text((std::istreambuf_iterator<char>(file)), {});
  Status status;
  const auto name = text.rfind(')');
  if (name == std::string::npos) return status;
  std::istringstream(text.substr(name + 1)) >> status.state >> status.parent;
  return status;
}

pid_t numberOf(const fs::path& process) {
  const std::string name = process.filename();
  return name.find_first_not_of("0123456789") == std::string::npos ? std::stoi(name) : 0;
}

}  // namespace

bool runs(pid_t process) {
  const std::string state = statusOf(fs::path("/proc") / std::to_string(process)).state;
  return !state.empty() && state != "Z" && state != "X";
}

std::vector<pid_t> processesWith(const std::string& text) {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const pid_t process = numberOf(entry.path());
    if (process == 0 || process == ::getpid()) continue;
    std::ifstream file(entry.path() / "cmdline");
    const std::string line((std::istreambuf_iterator<char>(file)), {});
    if (line.find(text) != std::string::npos) found.push_back(process);
  }
  return found;
}

int zombies() {
  int found = 0;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    if (numberOf(entry.path()) == 0) continue;
    const Status status = statusOf(entry.path());
    if (status.state == "Z" && status.parent == ::getpid()) ++found;
  }
  return found;
}

}  // namespace recontour
