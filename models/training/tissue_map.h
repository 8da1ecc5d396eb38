#pragma once
#include <cstdint>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "models/training/tissue.h"

namespace recontour {

inline constexpr double kSynthesisMm = 3;  ///< edge of the synthesis's voxels

/// An invented patient around the organs of a label map: voxels of 3 mm, LPS axes, x fastest.
struct TissueMap {
  Size3 size;
  std::vector<Tissue> tissue;
  std::vector<Label> labels;  ///< WORD's organs; 0 elsewhere
  Box body;                   ///< where there is more than air and table

  std::size_t offset(int x, int y, int z) const {
    return (static_cast<std::size_t>(z) * static_cast<std::size_t>(size.y) + static_cast<std::size_t>(y)) *
               static_cast<std::size_t>(size.x) +
           static_cast<std::size_t>(x);
  }
};

/// Invents a patient: warps the organs, then paints body wall, fat, bones, chest, vessels, content of hollow organs
/// and a table around and into them. The seed decides everything. Organs may be missing or cut off.
/// @param labels  WORD's numbers on a grid of 3 mm with LPS axes
/// @throws Error when there is no organ or a number above 16
TissueMap makeTissueMap(const LabelMap& labels, std::uint64_t seed);

}  // namespace recontour
