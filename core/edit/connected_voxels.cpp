#include "core/edit/connected_voxels.h"

namespace recontour {

std::vector<Index3> connectedVoxels(const Index3& seed, const Box& box, std::size_t most,
                                    const std::function<bool(const Index3&)>& holds) {
  const Size3 size = box.size();
  std::vector<bool> reached(voxelCount(size));
  std::vector<Index3> found;
  const auto visit = [&](const Index3& voxel) {
    if (!box.contains(voxel)) return;
    const Index3 in{voxel.x - box.lower.x, voxel.y - box.lower.y, voxel.z - box.lower.z};
    const std::size_t offset =
        (static_cast<std::size_t>(in.z) * static_cast<std::size_t>(size.y) + static_cast<std::size_t>(in.y)) *
            static_cast<std::size_t>(size.x) +
        static_cast<std::size_t>(in.x);
    if (reached[offset] || !holds(voxel)) return;
    reached[offset] = true;
    found.push_back(voxel);
  };
  visit(seed);
  for (std::size_t i = 0; i < found.size() && found.size() < most; ++i) {
    const Index3 from = found[i];
    for (int axis = 0; axis < 3; ++axis) {
      for (const int step : {-1, 1}) {
        Index3 next = from;
        next[axis] += step;
        visit(next);
      }
    }
  }
  return found;
}

Box paintVoxels(const std::vector<Index3>& voxels, Label label, EditTransaction& edit) {
  Box changed;
  for (const Index3& voxel : voxels) changed = unite(changed, edit.paintRow(voxel.y, voxel.z, voxel.x, voxel.x, label));
  return changed;
}

}  // namespace recontour
