#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/image/axis_map.h"
#include "core/image/label_map.h"

namespace recontour {

/// Where a stroke comes from. What is grown or a model's is no annotation, and goes out only when asked for.
enum class StrokeOrigin { Drawn, Corrected, Generated, Grown, Model };
inline constexpr int kStrokeOrigins = 5;
const char* strokeOriginName(StrokeOrigin origin);  ///< "drawn", "corrected", ...
std::optional<StrokeOrigin> strokeOriginNamed(const std::string& name);

struct ScribblePoint {
  Point3 mm;          ///< LPS, on the slice
  double timeMs = 0;  ///< since the stroke began
  friend bool operator==(const ScribblePoint&, const ScribblePoint&) = default;
};

/// A line that an annotator drew on a slice to say what lies there: an organ, or background.
struct ScribbleStroke {
  std::uint64_t id = 0;  ///< its own in a layer, rising in the order in which strokes were drawn
  /// Where it lies over others: higher ones above. 0: as its id says; a piece has that of the stroke it comes from.
  std::uint64_t order = 0;
  Label label = 0;  ///< 0 is background
  std::string author = {};
  StrokeOrigin origin = StrokeOrigin::Drawn;
  Plane plane = Plane::Axial;
  int slice = 0;                           ///< number of that plane's slice (AxisMap)
  double radiusMm = 1;                     ///< half its width, > 0
  std::vector<ScribblePoint> points = {};  ///< at least one
  std::int64_t startMs = 0, endMs = 0;     ///< ms since 1970-01-01 UTC
  friend bool operator==(const ScribbleStroke&, const ScribbleStroke&) = default;
};

/// Whether the first is painted before the second.
inline bool liesBelow(const ScribbleStroke& a, const ScribbleStroke& b) {
  const auto place = [](const ScribbleStroke& one) { return std::pair(one.order == 0 ? one.id : one.order, one.id); };
  return place(a) < place(b);
}

/// Length of the line; 0 of a dot.
double lengthMm(const ScribbleStroke& stroke);

/// In a raster of strokes 0 is "no stroke", so that bricks without one take no memory; background has this number.
inline constexpr Label kBackgroundStroke = 255;
inline Label rasterLabel(Label label) { return label == 0 ? kBackgroundStroke : label; }
/// Between a raster and the map that is written, in which 0 is background and 255 no stroke; works both ways.
LabelMap withBackgroundSwapped(const LabelMap& map);

}  // namespace recontour
