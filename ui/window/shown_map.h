#pragma once
#include <QString>

#include "core/image/compositor.h"

namespace recontour {

/// A label map other than the revision, as the views show it.
struct ShownMap {
  QString caption;  ///< what it is
  LabelMap labels;
  LabelPalette palette;
};

}  // namespace recontour
