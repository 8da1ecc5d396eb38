#pragma once
#include <filesystem>
#include <string>

namespace recontour {

/// A model as its recontour.json tells, before anything of it runs.
struct ModelIdentity {
  std::string name;          ///< for people; the folder's name where the manifest has none
  std::string manifestHash;  ///< SHA-256 of recontour.json, which names the SHA-256 of the weights
  std::string weights;       ///< file name in the folder; empty where the manifest has none that could be one
};

/// @throws Error when the folder has no recontour.json, one larger than 1 MiB, or a link in its place
ModelIdentity readModelIdentity(const std::filesystem::path& modelFolder);

/// True for the manifests that this program was built with. Where the folder lies does not matter: manifest and worker
/// vouch for the weights.
bool isShippedModel(const std::string& manifestHash);

enum class ModelStanding {
  Shipped,
  Pinned,  ///< agreed to before, in this folder or another
  New,
  Changed  ///< this folder held another model when it was agreed to
};

/// Which models the user has agreed to run: a JSON file (mode 0600) of folders and the manifest hashes they had. It is
/// read and written at each call, so that programs may share it; call it on a background thread.
class ModelTrust {
 public:
  explicit ModelTrust(std::filesystem::path file) : file_(std::move(file)) {}
  /// configFolder() / "trusted-models.json"
  static std::filesystem::path standardFile();
  /// @throws Error when the file is there but cannot be read
  ModelStanding standing(const std::filesystem::path& modelFolder, const std::string& manifestHash) const;
  /// Remembers the model as it is now, in place of what the folder held before. @throws Error when it cannot be written
  void pin(const std::filesystem::path& modelFolder, const ModelIdentity& model) const;

 private:
  std::filesystem::path file_;
};

}  // namespace recontour
