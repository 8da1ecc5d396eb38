#pragma once
#include <memory>
#include <vector>

#include "models/engine/normalization.h"
#include "models/engine/trainer/patch_source.h"
#include "models/training/patch_scanner.h"
#include "models/training/tissue_map.h"

namespace recontour {

struct SynthesisSettings {
  Size3 patch{128, 96, 48};  ///< voxels of 3 mm, x fastest
  Normalization normalization;
  std::uint64_t seed = 1;
  PhaseChances phases{0.42, 0.43, 0.15};
  bool augments = true;  ///< patches turned (4 degrees SD about z), scaled (.93..1.07) and shifted; no flips
};

/// Patches of synthetic CT: a variant, a place along the body and a scan (see drawScan) by chance, in-plane about the
/// body's centre. Labels are the organs, all of them known. The patch's number decides everything; any thread.
/// @param variants  at least one
std::unique_ptr<PatchSource> makeSynthesisSource(std::vector<TissueMap> variants, const SynthesisSettings& settings);

/// Patients for training: `perMap` of each label map (see makeTissueMap), in order of the maps.
/// @throws Error as makeTissueMap, for no map, and for fewer than one patient a map
std::vector<TissueMap> makeVariants(const std::vector<LabelMap>& maps, int perMap, std::uint64_t seed, int threads);

/// A label map on the synthesis's grid: 3 mm, LPS axes, nearest voxel.
LabelMap onSynthesisGrid(const LabelMap& labels, const Geometry& geometry);

}  // namespace recontour
