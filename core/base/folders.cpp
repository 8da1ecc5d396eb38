#include "core/base/folders.h"

#include <cstdlib>

#include "core/base/error.h"

namespace recontour {
namespace {

std::filesystem::path xdgFolder(const char* variable, const char* underHome) {
  const char* value = std::getenv(variable);
  if (value != nullptr && *value == '/') return std::filesystem::path(value) / "recontour";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : "/tmp") / underHome / "recontour";
}

}  // namespace

std::filesystem::path dataFolder() { return xdgFolder("XDG_DATA_HOME", ".local/share"); }
std::filesystem::path cacheFolder() { return xdgFolder("XDG_CACHE_HOME", ".cache"); }
std::filesystem::path configFolder() { return xdgFolder("XDG_CONFIG_HOME", ".config"); }

std::filesystem::path programFolder() { return std::filesystem::read_symlink("/proc/self/exe").parent_path(); }

std::filesystem::path resource(const std::filesystem::path& relative) {
  const auto installed = programFolder().parent_path() / "share" / "recontour" / relative;
  if (std::filesystem::exists(installed)) return installed;
  for (auto folder = programFolder();; folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / relative)) return folder / relative;
    if (folder == folder.root_path()) break;
  }
  throw Error(relative, "is missing from this installation", "install Recontour again");
}

}  // namespace recontour
