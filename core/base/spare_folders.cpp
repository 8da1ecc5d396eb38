#include "core/base/spare_folders.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

#include "core/base/folders.h"

namespace recontour {
namespace {

/// Of the folder, or of the one that it would be created in.
std::optional<dev_t> diskOf(std::filesystem::path folder) {
  folder = std::filesystem::absolute(folder);
  for (;; folder = folder.parent_path()) {
    struct stat found = {};
    if (::stat(folder.c_str(), &found) == 0) return found.st_dev;
    if (folder == folder.root_path()) return {};
  }
}

std::vector<std::filesystem::path> candidates() {
  const std::string own = "recontour-" + std::to_string(::geteuid());
  std::vector<std::filesystem::path> folders = {dataFolder() / "unsaved", cacheFolder() / "unsaved",
                                                std::filesystem::path("/var/tmp") / own};
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  if (runtime != nullptr && *runtime == '/') folders.push_back(std::filesystem::path(runtime) / "recontour");
  folders.push_back(std::filesystem::path("/tmp") / own);
  return folders;
}

}  // namespace

std::vector<std::filesystem::path> spareFoldersFor(const std::filesystem::path& folder) {
  auto folders = candidates();
  const auto disk = diskOf(folder);
  std::stable_partition(folders.begin(), folders.end(),
                        [&](const auto& candidate) { return diskOf(candidate) != disk; });
  return folders;
}

bool isPrivateFolder(const std::filesystem::path& folder) {
  struct stat found = {};
  return ::lstat(folder.c_str(), &found) == 0 && S_ISDIR(found.st_mode) && found.st_uid == ::geteuid() &&
         (found.st_mode & 077) == 0;
}

}  // namespace recontour
