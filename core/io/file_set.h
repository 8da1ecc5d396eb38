#pragma once
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace recontour {

/// The files of a folder (directly inside) or of a .zip (at any depth), by number. Safe to read from several threads.
class FileSet {
 public:
  virtual ~FileSet() = default;
  virtual std::size_t count() const = 0;
  /// Name inside the folder or archive, for messages.
  virtual std::string name(std::size_t number) const = 0;
  /// The file's first `limit` bytes, or all where it is shorter. @throws Error
  virtual std::string read(std::size_t number, std::size_t limit) const = 0;
  /// The whole file. @throws Error also when it is larger than any CT slice can be
  std::string readAll(std::size_t number) const;
  const std::filesystem::path& path() const { return path_; }

 protected:
  explicit FileSet(std::filesystem::path path) : path_(std::move(path)) {}

 private:
  std::filesystem::path path_;
};

/// @throws Error when the folder cannot be listed
std::unique_ptr<FileSet> openFolder(const std::filesystem::path& folder);
/// @throws Error when the file is no readable .zip
std::unique_ptr<FileSet> openZip(const std::filesystem::path& file);

}  // namespace recontour
