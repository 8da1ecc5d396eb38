#include "core/base/job_folder.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include <signal.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

/// Folder names are job-PID-RANDOM, so that a sweep can tell whose they are.
/// @return the process, nothing for a folder that is not a job's
std::optional<pid_t> ownerOf(std::string_view name) {
  if (!name.starts_with("job-")) return std::nullopt;
  pid_t owner = 0;
  const auto [end, error] = std::from_chars(name.data() + 4, name.data() + name.size(), owner);
  if (error != std::errc() || owner <= 0 || !std::string_view(end, name.data() + name.size()).starts_with('-')) {
    return std::nullopt;
  }
  return owner;
}

bool runs(pid_t process) { return ::kill(process, 0) == 0 || errno == EPERM; }

}  // namespace

JobFolder::JobFolder(const std::filesystem::path& parent) {
  createPrivateFolder(parent);
  std::string pattern = (parent / ("job-" + std::to_string(::getpid()) + "-XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw Error(parent, "no job folder can be made in it: " + systemErrorText(), "free space or check its permissions");
  }
  path_ = pattern;
}

JobFolder::~JobFolder() {
  std::error_code ignored;  // a folder that stays behind is swept at the next start
  std::filesystem::remove_all(path_, ignored);
}

void JobFolder::sweep(const std::filesystem::path& parent) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(parent, ignored)) {
    const std::string name = entry.path().filename().string();
    const auto owner = ownerOf(name);
    if (owner && !runs(*owner)) std::filesystem::remove_all(entry.path(), ignored);
  }
}

}  // namespace recontour
