#include "models/engine/trainer/training_pictures.h"

#include <algorithm>

namespace recontour {
namespace {

std::size_t sliceVoxels(const TrainingVolume& volume) {
  return voxelCount({volume.grid.size.x, volume.grid.size.y, 1});
}

bool isOrgan(Label label) { return label != 0 && label != kIgnored; }

template <typename Value>
std::vector<Value> sliceOf(const std::vector<Value>& values, std::size_t voxels, int z) {
  const auto first = values.begin() + static_cast<std::ptrdiff_t>(voxels) * z;
  return {first, first + static_cast<std::ptrdiff_t>(voxels)};
}

/// Black to white over what the slice has; the image is clipped to a window of HU already.
std::vector<std::uint8_t> greyOf(const std::vector<float>& values) {
  const auto [low, high] = std::ranges::minmax(values);
  const float scale = high > low ? 255 / (high - low) : 0;
  std::vector<std::uint8_t> grey(values.size());
  std::ranges::transform(values, grey.begin(),
                         [=, first = low](float value) { return static_cast<std::uint8_t>((value - first) * scale); });
  return grey;
}

}  // namespace

PictureMaker::PictureMaker(const TrainingVolume& volume, const VolumeLabeller& labeller)
    : volume_(volume), labeller_(labeller), truth_(volume.dense.empty() ? volume.strokes : volume.dense) {
  std::ptrdiff_t most = -1;
  for (int z = 0; z < volume.grid.size.z; ++z) {
    const auto known = std::ranges::count_if(sliceOf(truth_, sliceVoxels(volume), z), isOrgan);
    if (known > most) z_ = z;
    most = std::max(most, known);
  }
}

TrainingPicture PictureMaker::make(Network& network, int iteration) const {
  const int slices = std::min(labeller_.slicesAround(), volume_.grid.size.z);
  const int first = std::clamp(z_ - slices / 2, 0, volume_.grid.size.z - slices);
  const std::size_t voxels = sliceVoxels(volume_);
  return {iteration,
          volume_.name,
          volume_.grid.size.x,
          volume_.grid.size.y,
          greyOf(sliceOf(volume_.image, voxels, z_)),
          sliceOf(labeller_.label(network, volume_, first, slices), voxels, z_ - first),
          sliceOf(truth_, voxels, z_)};
}

}  // namespace recontour
