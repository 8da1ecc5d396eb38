#pragma once
#include <bitset>
#include <cmath>
#include <map>

#include "core/image/compositor.h"

namespace recontour {

/// How labels are looked at: belongs to the window, changes no label and is no event.
struct LabelDisplay {
  std::bitset<256> hidden;  ///< organs switched off by their eye
  bool allHidden = false;   ///< only in slices, to look at the CT for a moment
  bool outlineOnly = false;
  double fillOpacity = 0.35;               ///< 0..1
  std::map<Label, double> surfaceOpacity;  ///< 0..1 in 3D; 1 where nothing is said

  LabelPalette slicePalette(const OrganTable& organs) const {
    return organPalette(organs, allHidden ? std::bitset<256>().set() : hidden, outlineOnly ? 0 : fillOpacity);
  }
  LabelPalette surfacePalette(const OrganTable& organs) const {
    LabelPalette palette = organPalette(organs, hidden, 1);
    for (const auto& [organ, opacity] : surfaceOpacity)
      palette[organ].fillAlpha = static_cast<std::uint8_t>(std::lround(255 * opacity));
    return palette;
  }
};

}  // namespace recontour
