#pragma once
#include <bitset>

#include "core/image/compositor.h"

namespace recontour {

/// How labels are looked at: belongs to the window, changes no label and is no event.
struct LabelDisplay {
  std::bitset<256> hidden;  ///< organs switched off by their eye
  bool allHidden = false;   ///< only in slices, to look at the CT for a moment
  bool outlineOnly = false;
  double fillOpacity = 0.35;  ///< 0..1

  LabelPalette slicePalette(const OrganTable& organs) const {
    return organPalette(organs, allHidden ? std::bitset<256>().set() : hidden, outlineOnly ? 0 : fillOpacity);
  }
  LabelPalette surfacePalette(const OrganTable& organs) const { return organPalette(organs, hidden); }
};

}  // namespace recontour
