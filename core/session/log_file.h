#pragma once
// Private to core/session: the bytes of a log, and what the disk has said of them.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace recontour {

/// The calls that a disk may refuse; tests give their own.
struct DiskCalls {
  std::function<ssize_t(int descriptor, const void* bytes, std::size_t size)> write;
  std::function<int(int descriptor)> flush;
  DiskCalls();  ///< write() and fdatasync()
};

/// A file of records that only grows. Used by one thread at a time.
class LogFile {
 public:
  /// Opens or creates it (mode 0600). What it holds beyond `bytes` is cut off by the first append. @throws Error
  LogFile(const std::filesystem::path& file, std::uint64_t bytes, DiskCalls disk = {});
  ~LogFile();
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  /// The bytes are on disk when it returns. After a failure the same ones are to be given again: the file is opened
  /// anew, cut back to what was known to be on disk, written, flushed, read back and compared, since a disk that failed
  /// once may have dropped what it was given. @throws Error naming file and cause
  void append(std::string_view bytes);
  /// Its path leads to it no more: it was removed, or its folder was moved.
  bool gone() const;
  /// All that is on disk, also where it is gone. @throws Error
  std::string content() const;
  std::uint64_t bytes() const { return bytes_; }

 private:
  [[noreturn]] void fail(const std::string& what) const;
  void mend(std::string_view bytes);
  void reopen();
  void bringBack();
  void requireItsEnd(int descriptor) const;
  void write(std::string_view bytes) const;
  void flush() const;
  void flushFolders();
  std::string read(int descriptor, std::uint64_t from, std::size_t size) const;
  std::filesystem::path file_;
  DiskCalls disk_;
  int descriptor_ = -1;
  std::uint64_t bytes_;  ///< known to be on disk
  std::string end_;      ///< the last of these bytes: tells the file from another one
  bool broken_ = false;  ///< it may hold anything behind `bytes_`
  bool foldersFlushed_ = false;
};

}  // namespace recontour
