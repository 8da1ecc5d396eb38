#include "core/base/placing.h"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace recontour {
namespace {

bool exchange(const std::filesystem::path& one, const std::filesystem::path& other) {
  return ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
}

}  // namespace

std::optional<Placed> place(const std::filesystem::path& from, const std::filesystem::path& to) {
  struct stat old = {};
  const bool isThere = ::stat(to.c_str(), &old) == 0 && !S_ISDIR(old.st_mode);  // rename refuses a folder
  if (isThere && exchange(from, to)) return Placed::OldFile;
  if (isThere && errno != EINVAL && errno != ENOSYS) return std::nullopt;
  if (::rename(from.c_str(), to.c_str()) != 0) return std::nullopt;
  return isThere ? Placed::Unknown : Placed::Nothing;
}

void takeBack(const std::filesystem::path& from, const std::filesystem::path& to, Placed before) {
  if (before == Placed::OldFile) exchange(from, to);
  if (before == Placed::Nothing) ::rename(to.c_str(), from.c_str());
}

std::filesystem::path folderOf(const std::filesystem::path& file) {
  const auto parent = file.parent_path();
  return parent.empty() ? std::filesystem::path(".") : parent;
}

bool setMode(int descriptor, const std::filesystem::path& target) {
  constexpr mode_t kPermissions = 0777, kPrivate = 0600;
  struct stat old = {}, fresh = {};
  if (::fstat(descriptor, &fresh) != 0) return false;
  if (!S_ISREG(fresh.st_mode) || fresh.st_nlink > 1) return true;  // a folder; a link to a file of the user's
  const bool isThere = ::stat(target.c_str(), &old) == 0 && S_ISREG(old.st_mode);
  const mode_t wanted = isThere ? old.st_mode & kPermissions : kPrivate;
  if ((fresh.st_mode & kPermissions) == wanted || ::fchmod(descriptor, wanted) == 0) return true;
  return errno == EPERM || errno == ENOTSUP || errno == EINVAL || errno == ENOSYS;  // a disk without permissions
}

}  // namespace recontour
