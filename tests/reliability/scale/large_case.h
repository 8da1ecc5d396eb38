#pragma once
#include <filesystem>

namespace recontour {

/// A CT and a map of its 16 organs, as files.
struct LargeCase {
  std::filesystem::path image, labels;
};

/// The demo phantom at 3 mm, seen through a finer grid: 512 x 512 voxels of 0.76 mm a slice, `slices` of them from the
/// pelvis to the heart, with noise that differs from voxel to voxel. Never more of it is in memory than a slice.
/// @param ending  ".nii" or ".nii.gz" of the CT
LargeCase writeLargeCase(const std::filesystem::path& folder, int slices, const char* ending = ".nii");

}  // namespace recontour
