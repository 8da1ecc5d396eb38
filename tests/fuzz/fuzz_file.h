#pragma once
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

#include "core/base/error.h"

namespace recontour {

/// A file in memory that takes the bytes of one trial after the other.
class FuzzFile {
 public:
  explicit FuzzFile(const std::string& ending)
      : path_("/dev/shm/recontour-fuzz-" + std::to_string(::getpid()) + ending) {}
  ~FuzzFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  FuzzFile(const FuzzFile&) = delete;
  FuzzFile& operator=(const FuzzFile&) = delete;
  const std::filesystem::path& holding(const std::uint8_t* data, std::size_t size) const {
    std::ofstream(path_, std::ios::binary).write(reinterpret_cast<const char*>(data), std::streamsize(size));
    return path_;
  }

 private:
  std::filesystem::path path_;
};

/// Runs `trial`; an Error is how bad bytes are refused, and it must be one clear line.
template <typename Trial>
void expectErrorOrNone(Trial&& trial) {
  try {
    trial();
  } catch (const Error& error) {
    const std::string text = error.what();
    if (text.empty() || text.find('\n') != std::string::npos) std::abort();
  }
}

}  // namespace recontour
