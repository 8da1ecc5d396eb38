#pragma once
#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/image/label_map.h"
#include "models/engine/manifest.h"

namespace recontour {

/// Names of the table that a result's labels come from, as a job hands them over.
struct LabelTable {
  std::string name;                     ///< "word" lets the manifest's own `word` numbers count
  std::map<std::string, Label> labels;  ///< by organ key; empty: the model's own channel numbers are kept
};

/// Which label each output channel becomes.
struct ChannelLabels {
  std::array<Label, 256> labelOf{};   ///< by channel; 0 for background and for what the table lacks
  std::vector<std::string> unmapped;  ///< keys that the table lacks
};

/// A model folder whose weights are what the manifest says: read once, hashed, and loaded from these very bytes.
/// Other files of the folder are never opened, so they cannot matter.
class ModelFolder {
 public:
  /// Reads manifest and weights, neither of which may be a symbolic link.
  /// @param pinnedSha256  what the manifest's SHA-256 must be, compared before anything is parsed; empty: anything. As
  /// the
  ///                      manifest holds the weights' SHA-256, it covers both
  /// @throws Error (BadInput) naming the file at fault
  explicit ModelFolder(const std::filesystem::path& folder, const std::string& pinnedSha256 = {});

  const ModelManifest& manifest() const { return manifest_; }
  /// Of the bytes of recontour.json, 64 lower-case hexadecimal digits.
  const std::string& manifestSha256() const { return manifestSha256_; }
  std::filesystem::path weightsFile() const { return folder_ / manifest_.weights; }
  /// The weights, once: they are moved out so that they are not held twice.
  std::string takeWeights() { return std::move(weights_); }
  /// @throws Error (BadInput) when the table knows none of the model's labels
  ChannelLabels channelLabels(const LabelTable& table) const;

 private:
  std::filesystem::path folder_;
  std::string manifestSha256_;
  ModelManifest manifest_;
  std::string weights_;
};

}  // namespace recontour
