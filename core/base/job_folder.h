#pragma once
#include <filesystem>

namespace recontour {

/// A private folder (0700) for one job's raw volumes, removed with everything in it at destruction.
class JobFolder {
 public:
  /// @param parent  created if missing; usually cacheFolder() / "jobs"
  explicit JobFolder(const std::filesystem::path& parent);
  ~JobFolder();
  JobFolder(const JobFolder&) = delete;
  JobFolder& operator=(const JobFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

  /// Removes job folders left under `parent` by programs that no longer run.
  static void sweep(const std::filesystem::path& parent);

 private:
  std::filesystem::path path_;
};

}  // namespace recontour
