#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace recontour {

/// Replaces a file as a whole or not at all: writes to a temporary file in the target's folder; commit() flushes it
/// to disk, puts it in the target's place, flushes the folder, and checks the size. Without commit(), or when it fails,
/// the target stays as it was and the temporary file goes. A new file has mode 0600, an old one keeps its own.
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
  /// A new file may be read and written by whoever may do so with its folder: what others fetch, such as an outbox.
  void shareAsFolder() { shared_ = true; }
  /// @throws Error when anything failed; the target is then untouched
  void commit();

  /// The temporary file's path, for libraries that want to write a file by name. They must keep the same inode.
  const std::filesystem::path& temporaryPath() const { return temporary_; }

 private:
  [[noreturn]] void fail(const char* step) const;
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
  bool shared_ = false;
  int hold_ = -1;  ///< keeps the lock while the file is closed and renamed
};

/// Writes `text` as the whole content of `target` through SafeFile.
void writeFileSafely(const std::filesystem::path& target, std::string_view text);

/// The same for what others fetch, see SafeFile::shareAsFolder().
void writeFileForOthers(const std::filesystem::path& target, std::string_view bytes);

/// Makes the folder's entries last: files that were created, renamed or removed in it. @return false with errno set
/// when that failed; where a file system has no such thing there is nothing to fail
bool flushFolder(const std::filesystem::path& folder);

/// Flushes a file to disk that a library has written by its name, and gives it mode 0600, or that of the file at
/// `target`, where it is to go; or flushes what a folder lists. @throws Error
void flushFile(const std::filesystem::path& file, const std::filesystem::path& target = {});

/// Removes temporary files of SafeFile that killed programs have left in a folder; those being written stay. So do not
/// those of FilesTogether, which nothing tells apart: nobody else may write into the folder.
void sweepTemporaryFiles(const std::filesystem::path& folder);

/// Creates the folder and its parents with mode 0700 where they are missing; they last when it returns. @throws Error
void createPrivateFolder(const std::filesystem::path& folder);

/// Reads a whole file. @throws Error when it is missing, not readable, or larger than `limitBytes`
std::string readWholeFile(const std::filesystem::path& file, std::size_t limitBytes = std::size_t{1} << 32);

}  // namespace recontour
