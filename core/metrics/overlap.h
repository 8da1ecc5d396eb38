#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "core/image/label_map.h"

namespace recontour {

/// Voxels of one label in two maps a and b.
struct LabelOverlap {
  std::int64_t inA = 0, inB = 0, inBoth = 0;
  Box box;  ///< smallest box that holds the label in both maps; empty when neither has it
};

/// One entry per label, 1..255; entry 0 (background) is left at zero.
struct OverlapCounts {
  std::array<LabelOverlap, 256> labels;
  const LabelOverlap& operator[](Label label) const { return labels[label]; }
};

/// Counts every label of two maps in one pass that skips bricks empty in both. Cheap enough to repeat after each edit.
///
/// @param a, b  label maps of equal size
/// @throws Error when the sizes differ
OverlapCounts countOverlap(const LabelMap& a, const LabelMap& b);

/// Dice similarity coefficient 2 |A and B| / (|A| + |B|), 0 (disjoint) to 1 (identical); empty when neither map has
/// the organ. Source: L. R. Dice, Ecology 26(3), 1945, pp. 297-302.
std::optional<double> dice(const LabelOverlap& overlap);
/// The same of one organ in two maps of equal size. @throws Error when the sizes differ
std::optional<double> dice(const LabelMap& a, const LabelMap& b, Label label);

}  // namespace recontour
