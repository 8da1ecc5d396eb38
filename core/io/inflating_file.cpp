#include "core/io/inflating_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr unsigned kBufferBytes = 1 << 18;

std::uint64_t sizeOf(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) throw Error(file, "no such file");
  if (!std::filesystem::is_regular_file(status)) throw Error(file, "is not a file");
  const std::uint64_t bytes = std::filesystem::file_size(file, error);
  if (error) throw Error(file, "cannot be read: " + error.message());
  if (bytes == 0) throw Error(file, "is empty (0 bytes)");
  return bytes;
}

}  // namespace

void refuseGitLfsPointer(const std::filesystem::path& file) {
  constexpr std::string_view kPointer = "version https://git-lfs.github.com/";
  std::array<char, kPointer.size()> start{};
  std::ifstream(file, std::ios::binary).read(start.data(), std::streamsize(start.size()));
  if (std::string_view(start.data(), start.size()) == kPointer) {
    throw Error(file, "is a Git LFS pointer, not the file itself", "fetch it with 'git lfs pull'");
  }
}

InflatingFile::InflatingFile(const std::filesystem::path& file, std::uint64_t start)
    : path_(file), diskBytes_(sizeOf(file)) {
  refuseGitLfsPointer(file);
  diskBytes_ -= std::min(start, diskBytes_);
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw Error(file, "cannot be read: " + systemErrorText());
  const bool found = ::lseek(descriptor, static_cast<off_t>(start), SEEK_SET) >= 0;
  stream_ = found ? gzdopen(descriptor, "rb") : nullptr;  // it is closed with the stream
  if (stream_ == nullptr) {
    ::close(descriptor);
    throw Error(file, "cannot be read: " + systemErrorText());
  }
  gzbuffer(stream_, kBufferBytes);
}

InflatingFile::~InflatingFile() { gzclose_r(stream_); }

bool InflatingFile::isDeflated() const { return gzdirect(stream_) == 0; }

void InflatingFile::declareContent(std::uint64_t bytes) {
  declared_ = bytes;
  const bool plain = !isDeflated();
  if (plain && diskBytes_ < bytes) failTruncated(diskBytes_);
  if (!plain && diskBytes_ < bytes / kLargestExpansion) {
    throw Error(path_, "is truncated or its header is wrong: " + std::to_string(diskBytes_) +
                           " compressed bytes cannot hold the " + std::to_string(bytes) + " bytes that it declares");
  }
}

void InflatingFile::read(std::span<std::byte> out) {
  while (!out.empty()) {
    const auto part = static_cast<unsigned>(std::min<std::size_t>(out.size(), 1U << 30));
    const int got = gzread(stream_, out.data(), part);
    int status = Z_OK;
    gzerror(stream_, &status);
    if (got > 0) position_ += static_cast<std::uint64_t>(got);
    if (got < 0 && status == Z_DATA_ERROR) failDamaged();
    if (got < 0 && status == Z_ERRNO) throw Error(path_, "cannot be read: " + systemErrorText());
    if (got < static_cast<int>(part)) failTruncated(position_);
    out = out.subspan(part);
  }
}

void InflatingFile::skipTo(std::uint64_t position) {
  std::array<std::byte, 4096> ignored{};
  while (position_ < position) {
    read(std::span(ignored).first(std::min<std::uint64_t>(ignored.size(), position - position_)));
  }
}

void InflatingFile::finish() {
  std::byte beyond{};
  const int got = gzread(stream_, &beyond, 1);
  int status = Z_OK;
  gzerror(stream_, &status);
  if (got == 1) return;  // more follows, which is none of our business
  if (status == Z_BUF_ERROR) throw Error(path_, "is truncated: the end of its gzip stream is missing");
  if (got < 0) failDamaged();
}

void InflatingFile::failTruncated(std::uint64_t bytes) const {
  const std::string of = declared_ > 0 ? std::to_string(bytes) + " of " + std::to_string(declared_) + " bytes"
                                       : "only " + std::to_string(bytes) + " bytes";
  throw Error(path_, "is truncated: " + of, "copy or download it again");
}

void InflatingFile::failDamaged() const {
  throw Error(path_, "is damaged: its gzip stream breaks after " + std::to_string(position_) + " bytes",
              "copy or download it again");
}

}  // namespace recontour
