#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <optional>

#include "core/image/label_map.h"

namespace recontour {

/// Voxels of one organ in three maps and in two of them at once.
struct OrganCounts {
  std::int64_t before = 0, now = 0, beforeAndNow = 0;
  std::int64_t reference = 0, beforeAndReference = 0, nowAndReference = 0;  ///< zero without a reference
};

/// Counts every organ of a revision, of its start and of a reference, again after each edit: only bricks that are not
/// those of the last time are looked into, so the cost follows the edit, not the volume. A value; any one thread.
class OrganTally {
 public:
  struct Maps {
    LabelMap before, now;  ///< of one grid
    std::optional<LabelMap> reference;
  };
  /// Counts what differs from the maps of the last call; the first call counts all.
  /// @return  organs whose voxels changed, exactly
  /// @throws Error when the sizes of the maps differ from each other or from those of the last call
  struct Touched {
    std::bitset<256> before, now;
  };
  Touched update(Maps maps);
  const OrganCounts& operator[](Label organ) const { return counts_[organ]; }

  using Counts = std::array<OrganCounts, 256>;

 private:
  Maps maps_;
  std::array<OrganCounts, 256> counts_;
};

}  // namespace recontour
