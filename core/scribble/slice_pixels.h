#pragma once
// Private to core/scribble: pixels of a slice, 1 where something is.
#include <optional>
#include <vector>

#include <opencv2/core.hpp>

namespace recontour {

using Pixels = cv::Mat_<unsigned char>;

Pixels eroded(const Pixels& pixels, int times);   ///< by 3 x 3; stops before nothing is left
Pixels dilated(const Pixels& pixels, int times);  ///< by 3 x 3
/// What is left when borders are taken away as long as nothing comes apart (Zhang & Suen 1984). Never empty for pixels
/// that are not.
Pixels skeletonOf(const Pixels& pixels);
/// The parts that are connected at sides and corners, largest first.
std::vector<Pixels> partsOf(const Pixels& pixels);
int areaOf(const Pixels& pixels);

}  // namespace recontour
