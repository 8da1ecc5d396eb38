#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

struct gzFile_s;

namespace recontour {

/// Deflate expands at most by 1032; a file that claims more cannot be whole.
inline constexpr std::uint64_t kLargestExpansion = 1032;

/// Reads a file from its beginning or a later byte on, inflating it where its content is gzipped, and counts what
/// really arrives. Belongs to one thread.
class InflatingFile {
 public:
  /// @throws Error when the file is missing, not readable, empty, or only a Git LFS pointer
  /// @param start  byte of the file that its content begins at, as stored
  explicit InflatingFile(const std::filesystem::path& file, std::uint64_t start = 0);
  ~InflatingFile();
  InflatingFile(const InflatingFile&) = delete;
  InflatingFile& operator=(const InflatingFile&) = delete;

  /// Says how many (inflated) bytes the content must have by its own header; to be called before memory is taken.
  /// @throws Error when the file on disk is too small to hold them
  void declareContent(std::uint64_t bytes);
  /// Fills `out`. @throws Error "is truncated: N of M bytes" or that the gzip stream is damaged
  void read(std::span<std::byte> out);
  /// Passes over bytes up to `position`, which must not lie behind.
  void skipTo(std::uint64_t position);
  /// After the last byte of interest: verifies the gzip checksum where the content ends here.
  void finish();
  bool isDeflated() const;
  std::uint64_t position() const { return position_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  [[noreturn]] void failTruncated(std::uint64_t bytes) const;
  [[noreturn]] void failDamaged() const;
  std::filesystem::path path_;
  gzFile_s* stream_ = nullptr;
  std::uint64_t diskBytes_ = 0;
  std::uint64_t declared_ = 0;
  std::uint64_t position_ = 0;
};

/// @throws Error when `file` is a Git LFS pointer instead of the data it stands for
void refuseGitLfsPointer(const std::filesystem::path& file);

}  // namespace recontour
