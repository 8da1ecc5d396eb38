#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "models/training/tissue_map.h"

namespace recontour {

/// How one CT is taken and how one patient's tissues look in it.
struct ScanSettings {
  ContrastPhase phase = ContrastPhase::None;
  std::array<float, kTissueCount> meanHu{}, textureHu{};  ///< by Tissue
  double blurVoxels = 0.5;                                ///< SD of the point spread, .35 .. 1
  double noiseHu = 10;                                    ///< SD of the noise in the image
  double grainVoxels = 0;  ///< SD of the noise's in-plane correlation; 0: every voxel on its own
  double sliceMm = 3;      ///< thickness; thicker slices than the grid's are averaged and interpolated
  double slicePhase = 0;   ///< where the first slice starts, part of a slice
  std::uint64_t key = 0;   ///< of texture and noise
};

/// Chances of none, venous, late.
using PhaseChances = std::array<double, 3>;

/// A patient and a scan by chance: phase, strength of enhancement, each tissue's mean; 10 % fatty livers, 12 % with
/// means shifted wildly (25 HU SD); noise of 3..28 HU; 40 % slices of 5 mm.
ScanSettings drawScan(std::uint64_t key, const PhaseChances& chances);

/// HU of the tissues: means with texture, blurred, in slices, with noise, within a scanner's -1024..3071.
/// @param tissues  voxelCount(size) values, x fastest
std::vector<float> scan(const Size3& size, const std::vector<Tissue>& tissues, const ScanSettings& settings);

}  // namespace recontour
