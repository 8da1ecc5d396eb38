#include "core/session/log_file.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

constexpr std::size_t kEndBytes = 32;  // a record ends with its hash
constexpr int kOpenFlags = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;

bool same(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

}  // namespace

DiskCalls::DiskCalls() : write(::write), flush(::fdatasync) {}

LogFile::LogFile(const std::filesystem::path& file, std::uint64_t bytes, DiskCalls disk)
    : file_(file), disk_(std::move(disk)), bytes_(bytes) {
  descriptor_ = ::open(file.c_str(), kOpenFlags | O_CREAT, 0600);
  if (descriptor_ < 0)
    throw Error(file, "cannot be written: " + systemErrorText(), "choose another sessions folder with --sessions");
  try {
    struct stat found = {};
    if (::fstat(descriptor_, &found) != 0) fail("cannot be looked at");
    const std::size_t kept = std::min<std::uint64_t>(kEndBytes, bytes_);
    end_ = read(descriptor_, bytes_ - kept, kept);
    broken_ = static_cast<std::uint64_t>(found.st_size) != bytes_;
  } catch (const Error&) {
    ::close(descriptor_);
    throw;
  }
}

LogFile::~LogFile() { ::close(descriptor_); }

void LogFile::fail(const std::string& what) const { throw Error(file_, what + ": " + systemErrorText()); }

void LogFile::append(std::string_view bytes) {
  if (broken_) {
    mend(bytes);
  } else {
    broken_ = true;  // until the disk has said that it is not
    if (gone()) throw Error(file_, "was moved or removed while its case is open", "bring it back");
    write(bytes);
    flush();
    flushFolders();
  }
  broken_ = false;
  bytes_ += bytes.size();
  end_ += bytes;
  end_.erase(0, end_.size() - std::min(end_.size(), kEndBytes));
}

void LogFile::mend(std::string_view bytes) {
  reopen();
  if (::ftruncate(descriptor_, static_cast<off_t>(bytes_)) != 0) fail("cannot be cut back");
  write(bytes);
  flush();
  flushFolders();
  ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED);  // so that the disk itself is asked
  if (read(descriptor_, bytes_, bytes.size()) != bytes)
    throw Error(file_, "does not hold what was written to it", "replace this disk");
}

/// The descriptor may be that of a disk that has gone and come back.
void LogFile::reopen() {
  int fresh = ::open(file_.c_str(), kOpenFlags);
  if (fresh < 0 && errno == ENOENT) {
    bringBack();
    fresh = ::open(file_.c_str(), kOpenFlags);
  }
  if (fresh < 0) fail("cannot be opened again");
  try {
    requireItsEnd(fresh);
  } catch (const Error&) {
    ::close(fresh);
    throw;
  }
  ::close(std::exchange(descriptor_, fresh));
}

/// A file that was removed lives as long as it is open.
void LogFile::bringBack() {
  const std::string all = content();
  foldersFlushed_ = false;
  writeFileSafely(file_, all);
}

void LogFile::requireItsEnd(int descriptor) const {
  if (read(descriptor, bytes_ - end_.size(), end_.size()) != end_)
    throw Error(file_, "is not the log that was open", "bring that one back");
}

bool LogFile::gone() const {
  struct stat open = {}, found = {};
  return ::fstat(descriptor_, &open) != 0 || ::stat(file_.c_str(), &found) != 0 || !same(open, found);
}

std::string LogFile::content() const { return read(descriptor_, 0, bytes_); }

void LogFile::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = disk_.write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written == 0) errno = ENOSPC;
    if (written <= 0) fail("writing failed");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void LogFile::flush() const {
  while (disk_.flush(descriptor_) != 0) {
    if (errno != EINTR) fail("flushing to disk failed");
  }
}

/// Its name lasts only when the folder was flushed; of a new one the folders that were made for it, too.
void LogFile::flushFolders() {
  if (foldersFlushed_) return;
  const auto folder = std::filesystem::absolute(file_).parent_path();
  if (!flushFolder(folder)) fail("flushing its folder failed");
  if (bytes_ == 0) {
    flushFolder(folder.parent_path());  // createPrivateFolder() has, unless it was cut short
    flushFolder(folder.parent_path().parent_path());
  }
  foldersFlushed_ = true;
}

std::string LogFile::read(int descriptor, std::uint64_t from, std::size_t size) const {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::pread(descriptor, bytes.data() + done, size - done, static_cast<off_t>(from + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("cannot be read back");
    if (got == 0) throw Error(file_, "is shorter than it was", "bring the log back");
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace recontour
