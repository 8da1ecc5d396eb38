#include "ui/views/view_transform.h"

#include <algorithm>

namespace recontour {
namespace {
constexpr double kMinZoom = 0.3;
constexpr double kMaxZoom = 60;
}  // namespace

void ViewTransform::setPicture(const QSizeF& pixels, const QSizeF& spacingMm) {
  pixels_ = pixels;
  spacing_ = spacingMm;
  fit();
}

void ViewTransform::setViewport(const QRectF& rect) {
  viewport_ = QRectF(rect.topLeft(), rect.size().expandedTo({1, 1}));
}

void ViewTransform::fit() {
  zoom_ = 1;
  centreMm_ = {sizeMm().width() / 2, sizeMm().height() / 2};
}

double ViewTransform::pixelsPerMm() const {
  const QSizeF mm = sizeMm();
  return zoom_ * std::min(viewport_.width() / mm.width(), viewport_.height() / mm.height());
}

void ViewTransform::zoomAbout(const QPointF& widget, double factor) {
  const QPointF before = toPicture(widget);
  zoom_ = std::clamp(zoom_ * factor, kMinZoom, kMaxZoom);
  panBy(widget - toWidget(before));
}

void ViewTransform::panBy(const QPointF& delta) {
  centreMm_ -= delta / pixelsPerMm();
  keepInSight();
}

void ViewTransform::keepInSight() {
  centreMm_.setX(std::clamp(centreMm_.x(), 0.0, sizeMm().width()));
  centreMm_.setY(std::clamp(centreMm_.y(), 0.0, sizeMm().height()));
}

QPointF ViewTransform::toWidget(const QPointF& picture) const {
  const QPointF mm((picture.x() + 0.5) * spacing_.width(), (picture.y() + 0.5) * spacing_.height());
  return viewport_.center() + (mm - centreMm_) * pixelsPerMm();
}

QPointF ViewTransform::toPicture(const QPointF& widget) const {
  const QPointF mm = centreMm_ + (widget - viewport_.center()) / pixelsPerMm();
  return {mm.x() / spacing_.width() - 0.5, mm.y() / spacing_.height() - 0.5};
}

QRectF ViewTransform::pictureRect() const {
  return {toWidget({-0.5, -0.5}), toWidget({pixels_.width() - 0.5, pixels_.height() - 0.5})};
}

void ViewTransform::lookAs(const ViewTransform& other) {
  zoom_ = other.zoom_;
  centreMm_ = other.centreMm_;
}

}  // namespace recontour
