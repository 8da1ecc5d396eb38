#pragma once
// Private to core/scribble.
#include <filesystem>
#include <string>
#include <vector>

namespace recontour {

/// Where all is written before any of it is in its place; what remains of it goes.
class Staging {
 public:
  explicit Staging(const std::filesystem::path& out);  ///< @throws Error when it cannot be made
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  const std::filesystem::path& folder() const { return folder_; }
  /// Brings files and folders of these names into their place, all of them or none. @throws Error
  void release(const std::vector<std::string>& names) const;

 private:
  std::filesystem::path out_, folder_;
  bool isNew_ = false;
};

std::filesystem::path madeFolder(const std::filesystem::path& folder);  ///< @throws Error
/// Links the file, or copies it where that cannot be. @throws Error
void placeFile(const std::filesystem::path& file, const std::filesystem::path& target);

}  // namespace recontour
