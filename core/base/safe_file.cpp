#include "core/base/safe_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/placing.h"

namespace recontour {
namespace {

constexpr const char* kAdvice = "free space or choose another folder; nothing was changed";

/// Closes when it goes.
struct OpenFile {
  explicit OpenFile(const std::filesystem::path& file) : descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (descriptor >= 0) ::close(descriptor);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor;
};

constexpr const char* kTemporary = ".recontour-";  // and six letters more

/// A lock tells a file that is being written from one that a crash has left; where the file system knows no locks,
/// none can be swept either. @return false when it was swept before it was locked
bool holdForWriting(int descriptor) {
  ::flock(descriptor, LOCK_EX);
  struct stat now = {};
  return ::fstat(descriptor, &now) != 0 || now.st_nlink > 0;
}

bool isTemporary(const std::string& name) {
  if (name.starts_with(kAside)) return true;
  const auto mark = name.rfind(kTemporary);
  return name.starts_with('.') && mark != std::string::npos && name.size() == mark + std::strlen(kTemporary) + 6;
}

/// Where a disk knows no permissions nothing happens.
void takeFolderMode(int descriptor, const std::filesystem::path& folder) {
  constexpr mode_t kReadAndWrite = 0666;
  struct stat status = {};
  if (::stat(folder.c_str(), &status) == 0 && ::fchmod(descriptor, (status.st_mode & kReadAndWrite) | 0600) != 0)
    errno = 0;
}

void sweep(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return;
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) ::unlink(file.c_str());
  ::close(descriptor);
}

}  // namespace

bool flushFolder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool flushed = ::fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP;
  const int why = errno;
  ::close(descriptor);
  errno = why;
  return flushed;
}

SafeFile::SafeFile(const std::filesystem::path& target) : target_(target) {
  do {
    if (descriptor_ >= 0) ::close(descriptor_);
    std::string pattern = (folderOf(target) / ("." + target.filename().string() + kTemporary + "XXXXXX")).string();
    descriptor_ = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (descriptor_ < 0) {
      throw Error(target, "cannot be written: " + systemErrorText(),
                  "choose a folder that exists and that you may write to");
    }
    temporary_ = pattern;
  } while (!holdForWriting(descriptor_));
}

SafeFile::~SafeFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (hold_ >= 0) ::close(hold_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void SafeFile::fail(const char* step) const {
  throw Error(target_, std::string(step) + " failed: " + systemErrorText(), kAdvice);
}

void SafeFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("writing");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void SafeFile::write(std::string_view text) { write(std::as_bytes(std::span(text.data(), text.size()))); }

void SafeFile::commit() {
  if (!setMode(descriptor_, target_)) fail("setting the permissions");
  if (shared_) takeFolderMode(descriptor_, folderOf(target_));
  if (::fsync(descriptor_) != 0) fail("flushing to disk");
  struct stat written = {};
  if (::fstat(descriptor_, &written) != 0) fail("checking");
  hold_ = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);  // nobody sweeps it between closing and renaming
  if (::close(std::exchange(descriptor_, -1)) != 0) fail("closing");
  const auto before = place(temporary_, target_);
  if (!before) fail("renaming");
  struct stat final = {};
  // What others fetch may have been taken from its place already.
  const int looked = shared_ ? ::fstat(hold_, &final) : ::stat(target_.c_str(), &final);
  const bool isWhole = looked == 0 && final.st_size == written.st_size;
  if (isWhole && flushFolder(folderOf(target_))) {
    ::unlink(temporary_.c_str());  // the old file, if there was one
    return temporary_.clear();
  }
  const std::string cause = systemErrorText();
  takeBack(temporary_, target_, *before);
  throw Error(target_, (isWhole ? "flushing the folder failed: " : "verifying failed: ") + cause, kAdvice);
}

void flushFile(const std::filesystem::path& file, const std::filesystem::path& target) {
  const OpenFile open(file);
  if (open.descriptor < 0 || !setMode(open.descriptor, target) || ::fsync(open.descriptor) != 0)
    throw Error(target.empty() ? file : target, "flushing to disk failed: " + systemErrorText(), kAdvice);
}

void writeFileSafely(const std::filesystem::path& target, std::string_view text) {
  SafeFile file(target);
  file.write(text);
  file.commit();
}

void writeFileForOthers(const std::filesystem::path& target, std::string_view bytes) {
  SafeFile file(target);
  file.shareAsFolder();
  file.write(bytes);
  file.commit();
}

void sweepTemporaryFiles(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (isTemporary(entry.path().filename().string()) && entry.is_regular_file(ignored)) sweep(entry.path());
}

void createPrivateFolder(const std::filesystem::path& folder) {
  std::error_code ignored;  // what cannot be looked at cannot be made either, and mkdir says why
  if (folder.empty() || std::filesystem::is_directory(folder, ignored)) return;
  createPrivateFolder(folder.parent_path());
  const bool made = ::mkdir(folder.c_str(), 0700) == 0;
  const std::string cause = systemErrorText();
  if (!made && !std::filesystem::is_directory(folder, ignored)) {  // another program may have made it
    throw Error(folder, "cannot be created: " + cause, "choose a folder that you may write to");
  }
  if (!flushFolder(folderOf(folder)))
    throw Error(folder, "cannot be kept: " + systemErrorText(), "choose a folder on another disk");
}

std::string readWholeFile(const std::filesystem::path& file, std::size_t limitBytes) {
  std::error_code code;
  if (!std::filesystem::exists(file, code)) throw Error(file, "no such file", "check the path");
  if (std::filesystem::is_directory(file, code)) throw Error(file, "is a folder, not a file", "name a file in it");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(file, "cannot be opened", "check its permissions");
  const auto size = std::filesystem::file_size(file, code);
  if (code || size > limitBytes) throw Error(file, "is too large to be read here");
  std::string content(size, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(size));
  if (static_cast<std::size_t>(stream.gcount()) != size) throw Error(file, "could not be read to its end");
  return content;
}

}  // namespace recontour
