#pragma once
#include <vector>

#include "core/base/portable_random.h"
#include "core/image/geometry.h"

namespace recontour {

/// Changes a patch's values as scanners and settings do: brightness, contrast, gamma, noise and a blur in the plane, in
/// this order, each by chance. Amounts are parts of the patch's own spread, since a normalisation may give any unit.
/// @param image  x fastest
void augmentValues(std::vector<float>& image, const Size3& size, PortableRandom& random);

/// Near enough to a normal distribution of mean 0 and deviation 1, within +-3.5: the sum of four numbers of 16 bits, as
/// logarithm and cosine differ between machines.
double nearlyNormal(PortableRandom& random);

}  // namespace recontour
