#include "core/base/process_memory.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// The number that a text begins with, after blanks; 0 without one.
template <typename Number>
Number numberIn(std::string_view text) {
  Number number = 0;
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// A line "NAME:   123 kB" of a file of /proc, in bytes; 0 without one.
std::uint64_t bytesIn(const fs::path& file, const std::string& name) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name + ":"))
      return numberIn<std::uint64_t>(std::string_view(line).substr(name.size() + 1)) * 1024;
  }
  return 0;
}

/// What the kernel lists for each thread; none where it was built without CONFIG_PROC_CHILDREN.
std::optional<std::vector<pid_t>> listedChildren(pid_t process, const fs::path& proc) {
  std::vector<pid_t> found;
  bool listed = false;
  std::error_code ended;
  for (fs::directory_iterator task(proc / std::to_string(process) / "task", ended), end; !ended && task != end;
       task.increment(ended)) {
    std::ifstream children(task->path() / "children");
    listed = listed || children.is_open();
    for (pid_t child = 0; children >> child;) found.push_back(child);
  }
  return listed ? std::optional(found) : std::nullopt;
}

/// The parent in "PID (NAME) STATE PARENT ..."; the name may hold anything.
pid_t parentIn(const fs::path& stat) {
  std::ifstream file(stat);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto name = text.rfind(") ");
  return name == std::string::npos || name + 4 > text.size() ? 0
                                                             : numberIn<pid_t>(std::string_view(text).substr(name + 4));
}

std::vector<pid_t> childrenByParent(pid_t process, const fs::path& proc) {
  std::vector<pid_t> found;
  std::error_code failed;
  for (fs::directory_iterator entry(proc, failed), end; !failed && entry != end; entry.increment(failed)) {
    const pid_t other = numberIn<pid_t>(entry->path().filename().native());
    if (other > 0 && parentIn(entry->path() / "stat") == process) found.push_back(other);
  }
  return found;
}

}  // namespace

std::uint64_t residentBytesOfTree(pid_t process, const fs::path& proc) {
  std::uint64_t bytes = bytesIn(proc / std::to_string(process) / "status", "VmRSS");
  const auto listed = listedChildren(process, proc);
  for (const pid_t child : listed ? *listed : childrenByParent(process, proc))
    bytes += residentBytesOfTree(child, proc);
  return bytes;
}

std::int64_t ownPeakMemoryBytes() { return static_cast<std::int64_t>(bytesIn("/proc/self/status", "VmHWM")); }

std::uint64_t availableMemoryBytes() { return bytesIn("/proc/meminfo", "MemAvailable"); }

}  // namespace recontour
