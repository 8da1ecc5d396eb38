#pragma once
#include <memory>
#include <vector>

#include "core/phantom/slice_painter.h"

namespace recontour {

/// All painters of one patient in painting order: the later wins.
/// @param cover  box of the volume
/// @throws Error on a bad parameter file
std::vector<std::unique_ptr<SlicePainter>> makeAnatomy(const Parameters& parameters, const Variation& variation,
                                                       const BoundsMm& cover);

}  // namespace recontour
