#include "core/metrics/path_length.h"

#include <algorithm>

#include "core/metrics/boundary.h"

namespace recontour {
namespace {

/// Visits the four neighbours in the slice until one of them answers true.
template <typename Visit>
bool anyNeighbour(Index3 at, int sliceAxis, Visit visit) {
  for (int axis = 0; axis < 3; ++axis) {
    if (axis == sliceAxis) continue;
    for (const int step : {-1, 2}) {
      at[axis] += step;
      if (visit(at)) return true;
    }
    --at[axis];
  }
  return false;
}

/// The boundary in three dimensions holds each contour, and the slice's inner voxels at the organ's ends besides.
std::vector<Index3> contourOf(const LabelMap& map, const std::vector<Index3>& boundary, Label organ, int sliceAxis) {
  const Box grid{{}, map.size()};
  const auto leaves = [&](const Index3& at) { return !grid.contains(at) || map.at(at) != organ; };
  std::vector<Index3> contour;
  for (const Index3& at : boundary) {
    if (anyNeighbour(at, sliceAxis, leaves)) contour.push_back(at);
  }
  return contour;
}

}  // namespace

PathLength pathLength(const LabelMap& final, const LabelMap& initial, const std::vector<Index3>& finalBoundary,
                      const std::vector<Index3>& initialBoundary, Label organ, int sliceAxis) {
  const auto drawn = contourOf(final, finalBoundary, organ, sliceAxis);
  const auto given = contourOf(initial, initialBoundary, organ, sliceAxis);
  const auto isGiven = [&](const Index3& at) {
    return std::binary_search(given.begin(), given.end(), at, comesBefore);
  };
  PathLength path;
  path.contour = static_cast<std::int64_t>(drawn.size());
  for (const Index3& at : drawn) {
    if (isGiven(at)) continue;
    ++path.added;
    if (!anyNeighbour(at, sliceAxis, isGiven)) ++path.addedBeyond1;
    if (initial.at(at) != organ) ++path.addedOutside;
  }
  return path;
}

}  // namespace recontour
