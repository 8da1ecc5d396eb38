#pragma once
#include <QColor>

#include "core/image/axis_map.h"

namespace recontour {

/// Colours of the views; they stay dark in every theme.
inline constexpr QColor kViewGround{0, 0, 0};
inline constexpr QColor kViewLine{0x2a, 0x2e, 0x33};
inline constexpr QColor kViewTrack{0x1e, 0x21, 0x25};
inline constexpr QColor kViewText{0xd7, 0xdb, 0xe0};
inline constexpr QColor kViewDimText{0x8b, 0x92, 0x9b};
inline constexpr QColor kViewWarning{0xf0, 0xb1, 0x4a};
inline constexpr QColor kViewError{0xff, 0x6b, 0x6b};
inline constexpr QColor kViewAccent{0x4a, 0xa3, 0xff};
inline constexpr QColor kViewCrosshair{0x7f, 0xc8, 0xff, 120};

/// Surface in 3D of what is drawn grey, for orientation.
inline constexpr double kBoneHu = 200;

inline QColor planeColour(Plane plane) {
  return plane == Plane::Axial      ? QColor(0xe0, 0x6c, 0x6c)
         : plane == Plane::Sagittal ? QColor(0xe5, 0xc4, 0x53)
                                    : QColor(0x6c, 0xc4, 0x8a);
}

}  // namespace recontour
