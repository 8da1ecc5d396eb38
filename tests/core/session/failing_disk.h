#pragma once
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <string>

#include <unistd.h>

#include "core/session/log_file.h"

namespace recontour {

/// Disk calls that fail for files under one folder, by order. Any thread.
class FailingDisk {
 public:
  explicit FailingDisk(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::atomic<int> writeError = 0;              ///< errno of the next writes; 0: they succeed
  std::atomic<int> flushError = 0;              ///< the same for fdatasync
  std::atomic<std::size_t> longest = SIZE_MAX;  ///< bytes that one write takes
  std::atomic<int> writes = 0, flushes = 0;     ///< calls for these files
  std::atomic<bool> tears = false;              ///< a write that fails leaves half of its bytes

  DiskCalls calls() {
    DiskCalls calls;
    calls.write = [this](int descriptor, const void* bytes, std::size_t size) -> ssize_t {
      if (!mine(descriptor)) return ::write(descriptor, bytes, size);
      ++writes;
      if (writeError == 0) return ::write(descriptor, bytes, std::min<std::size_t>(size, longest));
      if (tears && ::write(descriptor, bytes, size / 2) < 0) return -1;
      errno = writeError;
      return -1;
    };
    calls.flush = [this](int descriptor) {
      if (!mine(descriptor)) return ::fdatasync(descriptor);
      ++flushes;
      if (flushError == 0) return ::fdatasync(descriptor);
      errno = flushError;
      return -1;
    };
    return calls;
  }

 private:
  bool mine(int descriptor) const {
    std::error_code ignored;
    const auto file = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor), ignored);
    return file.string().starts_with(folder_.string());
  }
  std::filesystem::path folder_;
};

}  // namespace recontour
