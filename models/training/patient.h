#pragma once
#include <cmath>
#include <string_view>

#include "models/training/body_outline.h"
#include "models/training/random_field.h"
#include "models/training/tissue_map.h"

namespace recontour {

/// A patient while it is painted. Painters write tissues, never labels: what an organ's label covers stays that organ.
struct Patient {
  TissueMap map;
  const BodyFrame& frame;
  const BodyOutline& outline;
  std::uint64_t seed = 0;
  Box area;  ///< where there is something to paint: the body, the air around it and the table

  PortableRandom random(std::string_view purpose) const { return PortableRandom(purposeKey(seed, purpose)); }
  SmoothField field(std::string_view purpose, double pitch) const {
    return SmoothField(purposeKey(seed, purpose), pitch, map.size);
  }
  /// Calls visit(offset, x, y, z) for the voxels of the box that lie in the area.
  template <typename Visit>
  void each(const Box& wanted, const Visit& visit) const {
    const Box box = intersect(wanted, area);
    for (int z = box.lower.z; z < box.upper.z; ++z) {
      for (int y = box.lower.y; y < box.upper.y; ++y) {
        std::size_t at = map.offset(box.lower.x, y, z);
        for (int x = box.lower.x; x < box.upper.x; ++x) visit(at++, x, y, z);
      }
    }
  }
  template <typename Visit>
  void eachVoxel(const Visit& visit) const {
    each(area, visit);
  }
  /// The same for voxels of slice z within `reach` voxels of the body's mid line.
  template <typename Visit>
  void eachNearMid(int z, double reach, const Visit& visit) const {
    const double mid = frame.slice(z).midX;
    each({{static_cast<int>(mid - reach), 0, z}, {static_cast<int>(mid + reach) + 1, map.size.y, z + 1}}, visit);
  }
  bool free(std::size_t at) const { return map.labels[at] == 0; }
  /// Neither organ nor outside of the body.
  bool freeInBody(std::size_t at) const { return free(at) && map.tissue[at] > Tissue::Skin; }
};

/// mm of a usual body as voxels of this one.
inline double scaledVoxels(const Patient& patient, double mm) { return mm / kSynthesisMm * patient.frame.scale(); }

}  // namespace recontour
