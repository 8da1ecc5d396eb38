#pragma once
#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace recontour {

/// Between picture positions (slice columns and rows, integers are pixel centres) and widget positions (logical
/// pixels). One scale for both axes in mm, so the aspect ratio is the patient's. Zoom is relative to "fits the view".
class ViewTransform {
 public:
  /// @param pixels     columns and rows of the slice
  /// @param spacingMm  of columns and rows
  void setPicture(const QSizeF& pixels, const QSizeF& spacingMm);
  /// @param rect  part of the widget that the picture is fitted into; it may be moved and zoomed beyond it
  void setViewport(const QRectF& rect);
  void fit();
  /// Scales by `factor`; the picture position under `widget` stays there.
  void zoomAbout(const QPointF& widget, double factor);
  /// Moves the picture by `delta` widget pixels.
  void panBy(const QPointF& delta);

  /// Looks at the same place of the same slice, equally near.
  void lookAs(const ViewTransform& other);

  double zoom() const { return zoom_; }
  double pixelsPerMm() const;
  QPointF toWidget(const QPointF& picture) const;
  QPointF toPicture(const QPointF& widget) const;
  /// Where the whole slice lies on the widget, pixel edges included.
  QRectF pictureRect() const;

 private:
  QSizeF sizeMm() const { return {pixels_.width() * spacing_.width(), pixels_.height() * spacing_.height()}; }
  void keepInSight();
  QSizeF pixels_{1, 1};
  QSizeF spacing_{1, 1};
  QRectF viewport_{0, 0, 1, 1};
  QPointF centreMm_{0.5, 0.5};  ///< picture position in mm from the corner that lies at the viewport's centre
  double zoom_ = 1;
};

}  // namespace recontour
