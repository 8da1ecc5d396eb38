#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/base/portable_random.h"
#include "models/engine/trainer/training_volume.h"

namespace recontour {

/// Where a volume has its labels, to draw voxels from. Of a label with many voxels some thousand, spread evenly, are
/// kept, so that a whole data set's fit into memory.
class VoxelsByLabel {
 public:
  static constexpr std::size_t kMostOfALabel = std::size_t{1} << 14U;

  /// @param labels  of a volume, at most 2^32; kIgnored does not count
  explicit VoxelsByLabel(const std::vector<Label>& labels);

  bool empty() const { return labels_.empty(); }
  /// A voxel of a label that is drawn first: each label that is there is as likely.
  std::size_t drawByLabel(PortableRandom& random) const;
  /// A labelled voxel: each is as likely (of those that are kept).
  std::size_t drawAny(PortableRandom& random) const;

 private:
  std::size_t drawOf(Label label, PortableRandom& random) const;
  std::array<std::uint64_t, 256> counts_{};
  std::vector<Label> labels_;  ///< that are there, rising
  std::uint64_t total_ = 0;
  std::array<std::vector<std::uint32_t>, 256> voxels_;
};

}  // namespace recontour
