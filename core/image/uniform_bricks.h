#pragma once
#include <array>

#include "core/image/label_map.h"

namespace recontour {

/// Bricks of one label alone, made once each, so that maps share them: most of a map of strokes has none.
class UniformBricks {
 public:
  const LabelMap::BrickPointer& of(Label label);  ///< null for background
  /// Replaces those of the bricks first..last - 1 that hold one label alone. Bricks that the grid's border cuts stay.
  void share(LabelMap& map, std::size_t first, std::size_t last);

 private:
  std::array<LabelMap::BrickPointer, 256> bricks_;
};

}  // namespace recontour
