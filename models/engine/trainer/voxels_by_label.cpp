#include "models/engine/trainer/voxels_by_label.h"

#include <algorithm>

namespace recontour {

VoxelsByLabel::VoxelsByLabel(const std::vector<Label>& labels) {
  for (const Label label : labels) ++counts_[label];
  counts_[kIgnored] = 0;
  for (std::size_t label = 0; label < counts_.size(); ++label) {
    if (counts_[label] == 0) continue;
    labels_.push_back(static_cast<Label>(label));
    total_ += counts_[label];
    voxels_[label].reserve(std::min<std::size_t>(counts_[label], kMostOfALabel));
  }
  std::array<std::uint64_t, 256> seen{};
  for (std::size_t voxel = 0; voxel < labels.size(); ++voxel) {
    const Label label = labels[voxel];
    if (label == kIgnored) continue;
    const std::uint64_t kept = std::min<std::uint64_t>(counts_[label], kMostOfALabel);
    const bool isNext = seen[label]++ * kept / counts_[label] == voxels_[label].size();
    if (isNext) voxels_[label].push_back(static_cast<std::uint32_t>(voxel));
  }
}

std::size_t VoxelsByLabel::drawByLabel(PortableRandom& random) const {
  return drawOf(labels_[static_cast<std::size_t>(random.uniformBelow(labels_.size()))], random);
}

std::size_t VoxelsByLabel::drawAny(PortableRandom& random) const {
  std::uint64_t number = random.uniformBelow(total_);
  std::size_t at = 0;
  while (number >= counts_[labels_[at]]) number -= counts_[labels_[at++]];
  return drawOf(labels_[at], random);
}

std::size_t VoxelsByLabel::drawOf(Label label, PortableRandom& random) const {
  const auto& voxels = voxels_[label];
  return voxels[static_cast<std::size_t>(random.uniformBelow(voxels.size()))];
}

}  // namespace recontour
