#pragma once
#include <QString>
#include <vector>

#include "core/image/compositor.h"
#include "ui/views/slice_overlay.h"

namespace recontour {

/// A label map other than the revision, as the views show it.
struct ShownMap {
  QString caption;              ///< what it is
  std::vector<CaptionKey> key;  ///< what its colours mean, where they are no organs'
  LabelMap labels;
  LabelPalette palette;
};

}  // namespace recontour
