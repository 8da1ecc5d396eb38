#include "core/strokes/scribble_stroke.h"

#include <algorithm>
#include <array>

namespace recontour {
namespace {

constexpr std::array<const char*, kStrokeOrigins> kOriginNames = {"drawn", "corrected", "generated", "grown", "model"};

}  // namespace

const char* strokeOriginName(StrokeOrigin origin) { return kOriginNames[static_cast<std::size_t>(origin)]; }

std::optional<StrokeOrigin> strokeOriginNamed(const std::string& name) {
  const auto found = std::ranges::find(kOriginNames, name);
  if (found == kOriginNames.end()) return std::nullopt;
  return static_cast<StrokeOrigin>(found - kOriginNames.begin());
}

double lengthMm(const ScribbleStroke& stroke) {
  double sum = 0;
  for (std::size_t i = 1; i < stroke.points.size(); ++i) sum += length(stroke.points[i].mm - stroke.points[i - 1].mm);
  return sum;
}

LabelMap withBackgroundSwapped(const LabelMap& map) {
  LabelMap swapped(map.size());
  const Size3& size = map.size();
  std::vector<Label> row(static_cast<std::size_t>(size.x));
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      map.readRow(y, z, 0, size.x, row.data());
      for (Label& label : row) label = label == 0 ? kBackgroundStroke : label == kBackgroundStroke ? Label{0} : label;
      swapped.writeRow(y, z, 0, row);
    }
  }
  return swapped;
}

}  // namespace recontour
