#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/geometry.h"
#include "models/engine/normalization.h"

namespace recontour {

/// What a channel of the network's output stands for.
struct ModelLabel {
  std::string key;          ///< e.g. "kidney_left"; "background" for channel 0
  std::optional<int> word;  ///< label of the table `word`, where the manifest says it
};

/// A model folder's recontour.json (docs/formats/model-folder.md). Values per axis are in array order: axis 0 is the
/// fastest in memory, the last one that `axis_order` names.
struct ModelManifest {
  std::string name;
  std::string weights;                       ///< file name inside the folder
  std::string sha256;                        ///< of that file, 64 hex digits
  std::array<int, 3> worldAxis{0, 1, 2};     ///< world axis (0 x, 1 y, 2 z) that an array axis runs along
  std::array<double, 3> worldSign{1, 1, 1};  ///< +1 when it runs to L, P or S, -1 to R, A or I
  Point3 spacingMm{1, 1, 1};
  std::array<std::optional<int>, 3> window;  ///< voxels; empty: that axis whole
  Index3 divisibleBy{1, 1, 1};
  std::optional<double> padHu;  ///< empty: 0 after normalisation
  Normalization normalization;
  double overlap = 0.5;                      ///< part of a window that the next one covers again, 0..0.95
  std::optional<double> sigmaScale = 0.125;  ///< gaussian weight's sigma / window; empty: equal weights
  bool cropToBody = false;
  int outputIndex = 0;             ///< of a network that returns several tensors
  bool probabilities = false;      ///< it returns these, not logits
  std::vector<ModelLabel> labels;  ///< one a channel
  bool bf16 = false;               ///< labels stay the same in bfloat16, says the author

  int channels() const { return static_cast<int>(labels.size()); }
};

/// @param source  named in messages
/// @throws Error (BadInput) when something is missing, out of range or not supported by this version
ModelManifest parseManifest(const Json& json, const std::filesystem::path& source);
/// The member `normalization` of a manifest alone. @throws Error (BadInput)
Normalization parseNormalization(const Json& json);

}  // namespace recontour
