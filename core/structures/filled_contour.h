#pragma once
// Private to core/structures: the pixels of one contour.
#include <cstdint>
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// The pixels of one contour, in the rectangle that holds them.
struct FilledContour {
  int x0 = 0, y0 = 0, width = 0, height = 0;
  std::vector<std::uint8_t> inside;  ///< row by row
  std::size_t count = 0;             ///< of those inside
  const std::vector<Point3>* corners = nullptr;
  bool at(int x, int y) const;
  bool holds(const FilledContour& other) const;  ///< all pixels of the other one
};

/// Even-odd at pixel centres. @param corners  in index space, of which x and y count; must outlive the result
FilledContour filledContour(const std::vector<Point3>& corners, const Size3& size);

/// A contour that runs along another one all the way is that one once more, not a hole in it.
bool runsAlong(const std::vector<Point3>& inner, const std::vector<Point3>& outer);

}  // namespace recontour
