#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace recontour {

/// Processes of this machine that this one started, itself or through others, and whose name begins with `name` (at
/// most 15 characters are known of it).
inline std::vector<pid_t> descendantsNamed(const std::string& name, pid_t of = ::getpid()) {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    pid_t pid = 0, parent = 0;
    std::string program, state;
    if (!(stat >> pid >> program >> state >> parent) || parent != of) continue;
    if (state != "Z" && program.starts_with("(" + name.substr(0, 15))) found.push_back(pid);
    const auto below = descendantsNamed(name, pid);
    found.insert(found.end(), below.begin(), below.end());
  }
  return found;
}

}  // namespace recontour
