#pragma once
#include <optional>

#include "core/image/compositor.h"

namespace recontour {

/// A window that shows a slice's soft parts with full contrast: from the 2nd to the 98th percentile of its voxels above
/// -300 HU, so that air and lung do not count; at least 50 HU wide.
/// @return none when a slice holds less than 1 % of such voxels
std::optional<WindowLevel> windowOf(const Slice<std::int16_t>& slice);

}  // namespace recontour
