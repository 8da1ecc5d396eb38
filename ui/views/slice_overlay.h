#pragma once
#include <QColor>
#include <QPainter>
#include <QString>
#include <optional>
#include <vector>

#include "core/image/axis_map.h"
#include "core/image/compositor.h"

namespace recontour {

/// Kind of text a view shows in place of (or, small, below) its picture.
enum class ViewMessage { Empty, Busy, Failed };

/// Slices first..last to mark beside the slice slider.
struct SliceMark {
  enum class Kind { Organ, Edit };  ///< the whole width of the slider, its right third
  int first = 0, last = 0;
  QColor colour;
  Kind kind = Kind::Organ;
};

/// A colour of a picture and what it means.
struct CaptionKey {
  QColor colour;
  QString meaning;
};

/// All that is drawn over a slice's picture, apart from the brush.
struct SliceOverlay {
  Plane plane = Plane::Axial;
  int slice = 0, slices = 0;  ///< no picture when slices is 0
  double positionMm = 0;      ///< world coordinate through the plane
  EdgeLetters letters;
  WindowLevel window;
  double pixelsPerMm = 1;
  double sliceSpacingMm = 1;  ///< from slice to slice of this plane
  double obliqueDegrees = 0;
  std::optional<QPointF> crosshair;  ///< widget position
  bool active = false;
  bool synthetic = false;
  QString caption;  ///< which labels are seen; none for the revision
  std::vector<CaptionKey> captionKey;
  QString message;
  ViewMessage messageKind = ViewMessage::Empty;
  std::vector<SliceMark> marks;
  bool annotations = true;  ///< texts, scale bar and slider; letters are always drawn
};

/// Where the slice slider lies in a view of this size.
QRectF sliceSliderRect(const QSizeF& view);
/// Slice that a slider position stands for; the last slice is at the top.
int sliceAtSlider(const QSizeF& view, double y, int slices);

void paintSliceOverlay(QPainter& painter, const QSizeF& view, const SliceOverlay& overlay);

}  // namespace recontour
