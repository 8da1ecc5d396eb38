#pragma once
// Private to core/study: where an error is planted.
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/portable_random.h"
#include "core/study/plant_error.h"

namespace recontour {

/// The part of a map around the organs of a request, as a plain array.
class PlantScene {
 public:
  /// @param box  of the grid. @param seed  of all that is drawn
  PlantScene(const LabelMap& map, const Geometry& geometry, const Box& box, std::uint64_t seed);

  DenseBox labels;  ///< kinds change it
  PortableRandom random;

  const Box& box() const { return box_; }
  const Point3& spacing() const { return geometry_.spacing; }
  std::int64_t voxelsOf(double ml) const;  ///< rounded, at least 1
  double mlOf(std::int64_t voxels) const;
  std::size_t number(const Index3& at) const;  ///< of a voxel of the box, counted from the box's lower corner
  Index3 place(std::size_t number) const;
  std::optional<std::size_t> neighbour(std::size_t number, int axis, int step) const;  ///< none beyond the box
  double squaredMm(const Index3& a, const Index3& b) const;
  /// The voxel of a label that lies farthest along a random direction of the world; the label must be there.
  std::size_t randomEnd(Label label);
  /// Up to `most` voxels of a label that hang together by faces, those nearest to `centre` first, from `starts` on.
  std::vector<std::size_t> grown(const std::vector<std::size_t>& starts, std::size_t centre, Label over,
                                 std::int64_t most) const;
  /// Neighbours by faces that have the label.
  std::vector<std::size_t> neighboursOf(std::size_t number, Label label) const;

 private:
  Geometry geometry_;
  Box box_;
};

}  // namespace recontour
