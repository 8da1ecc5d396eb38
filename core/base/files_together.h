#pragma once
#include <filesystem>
#include <string_view>
#include <vector>

#include "core/base/placing.h"

namespace recontour {

/// Files that belong together: written aside, they come to their places all or none. What was there before comes back
/// when one of them cannot; what was written aside, and folders that were made for it, go.
class FilesTogether {
 public:
  FilesTogether() = default;
  ~FilesTogether();
  FilesTogether(const FilesTogether&) = delete;
  FilesTogether& operator=(const FilesTogether&) = delete;

  /// Makes the folder (mode 0700) where it is missing. @throws Error
  void makeFolder(const std::filesystem::path& folder);
  /// Makes the target's folder too. @return where the file is to be written: beside its place, with its ending
  std::filesystem::path add(const std::filesystem::path& target);
  /// Adds a file that is written already, elsewhere on the same disk. Makes the target's folder.
  void adopt(const std::filesystem::path& written, const std::filesystem::path& target);
  /// Adds a file of this content. @throws Error
  void write(const std::filesystem::path& target, std::string_view text);
  /// Flushes all to disk. A file that is new gets the mode 0600. @throws Error; then all is as it was
  void commit();

 private:
  struct File {
    std::filesystem::path aside, target;
    Placed before = Placed::Nothing;
  };
  void flush() const;
  void placeAll();
  std::vector<File> files_;
  std::vector<std::filesystem::path> madeFolders_;
  std::size_t placed_ = 0;
  bool kept_ = false;
};

}  // namespace recontour
