#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace recontour {

/// Replaces a file as a whole or not at all: writes to a temporary file in the target's folder; commit() flushes it
/// to disk, renames it over the target, flushes the folder, and checks the size. Without commit() the target stays as
/// it was and the temporary file goes.
class SafeFile {
 public:
  /// Creates the temporary file (mode 0600). @throws Error when the folder is missing or not writable
  explicit SafeFile(const std::filesystem::path& target);
  ~SafeFile();
  SafeFile(const SafeFile&) = delete;
  SafeFile& operator=(const SafeFile&) = delete;

  /// Appends. @throws Error naming the target and the cause (disk full, ...)
  void write(std::span<const std::byte> bytes);
  void write(std::string_view text);
  /// @throws Error when anything failed; the target is then untouched
  void commit();

  /// The temporary file's path, for libraries that want to write a file by name. They must keep the same inode.
  const std::filesystem::path& temporaryPath() const { return temporary_; }

 private:
  [[noreturn]] void fail(const char* step) const;
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
};

/// Writes `text` as the whole content of `target` through SafeFile.
void writeFileSafely(const std::filesystem::path& target, std::string_view text);

/// Creates the folder and its parents with mode 0700 where they are missing. @throws Error
void createPrivateFolder(const std::filesystem::path& folder);

/// Reads a whole file. @throws Error when it is missing, not readable, or larger than `limitBytes`
std::string readWholeFile(const std::filesystem::path& file, std::size_t limitBytes = std::size_t{1} << 32);

}  // namespace recontour
