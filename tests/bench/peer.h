#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace recontour::bench {

/// Exit status of a benchmark whose data or peer is not there.
inline constexpr int kNotAvailable = 77;

/// A folder that goes with everything in it at the end of its life.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// True when the peers' Python has this module.
bool peerHas(const std::string& module);
/// Runs a Python script of this folder. @return the lines it printed; empty when it failed
std::vector<std::string> runPeer(const std::string& script, const std::vector<std::string>& arguments);

}  // namespace recontour::bench
