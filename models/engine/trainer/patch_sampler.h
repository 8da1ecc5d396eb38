#pragma once
#include <memory>
#include <vector>

#include "models/engine/trainer/patch_source.h"
#include "models/engine/trainer/training_volume.h"

namespace recontour {

struct PatchSettings {
  Size3 size{128, 128, 1};
  bool dense = false;  ///< labels are the dense ones, else the strokes
  bool augments = true;
  std::uint64_t seed = 1;
};

/// Patches of real cases. A case is drawn evenly, then, two times of three, a label that it has (evenly, the background
/// among them) and a voxel of it for the patch's middle, else any labelled voxel for anywhere in the patch. Patches
/// stay inside the image where they fit, but for a shift, and always hold a labelled voxel. Augmentation: a shift of up
/// to an eighth of the patch along each axis, rotation about z up to 20 degrees, scale .85..1.18, then brightness,
/// contrast, gamma, noise and blur, each by chance. No flips: kidneys and femoral heads are paired. What a rotation
/// brings in from beyond the image is air, and ignored.
/// @param volumes  must have what `settings.dense` asks for. @throws Error naming the case without
std::unique_ptr<PatchSource> makePatchSampler(std::vector<TrainingVolume> volumes, const PatchSettings& settings);

}  // namespace recontour
