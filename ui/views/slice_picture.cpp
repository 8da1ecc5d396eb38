#include "ui/views/slice_picture.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/strokes/scribble_stroke.h"
#include "ui/views/view_colours.h"

namespace recontour {
namespace {

constexpr int kDash = 4;  // device pixels at ratio 1

/// Lines alone for every label that the palette shows, white unless they keep their colours.
LabelPalette linesOf(LabelPalette palette, bool coloured) {
  for (LabelStyle& style : palette) {
    if (!coloured) style.colour = {255, 255, 255};
    style.fillAlpha = 0;
  }
  return palette;
}

constexpr std::uint8_t kStrokeAlpha = 235, kBackgroundAlpha = 50;

/// Strokes are full lines in their organ's colour, whether it is hidden or not; those of background are dashed white,
/// so that nobody takes them for bone or a ruler.
LabelPalette strokesOf(LabelPalette palette) {
  palette[kBackgroundStroke].colour = {255, 255, 255};
  for (LabelStyle& style : palette) style = {style.colour, true, kStrokeAlpha, false};
  palette[kBackgroundStroke].fillAlpha = kBackgroundAlpha;
  palette[kBackgroundStroke].outline = true;
  return palette;
}

std::span<std::uint32_t> pixelsOf(QImage& image) {
  return {reinterpret_cast<std::uint32_t*>(image.bits()),
          static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(image.height())};
}

bool isBlank(const std::vector<Label>& pixels) {
  return std::ranges::all_of(pixels, [](Label label) { return label == 0; });
}

PixelRect whole(const QSize& size) { return {0, 0, size.width(), size.height()}; }

}  // namespace

void SlicePicture::clear() {
  grey_ = {};
  reader_ = {};  // it holds on to the volume
  labels_.clear();
  scribbles_.reset();
  reference_.reset();
  greyStale_ = referenceStale_ = true;
}

void SlicePicture::setGrey(Slice<std::int16_t> slice) {
  grey_ = std::move(slice);
  greyStale_ = true;
}

void SlicePicture::readGrey(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice) {
  reader_.read(volume, axisMap, plane, slice, grey_);
  greyStale_ = true;
}

void SlicePicture::readSecond(const Volume& volume, double part, const AxisMap& axisMap, Plane plane, int slice) {
  secondPart_ = volume.empty() ? 0 : part;
  if (secondPart_ > 0) second_ = extractSlice(volume, axisMap, plane, slice);
  greyStale_ = true;
}

/// Grey values, not HU: each CT is seen through the window.
void SlicePicture::mixSecond() {
  if (secondPart_ <= 0 || second_.columns != grey_.columns || second_.rows != grey_.rows) return;
  if (smallSecond_.size() != smallGrey_.size()) smallSecond_ = QImage(smallGrey_.size(), QImage::Format_RGB32);
  composeGrey(second_, greyTable_, pixelsOf(smallSecond_));
  QPainter painter(&smallGrey_);
  painter.setOpacity(secondPart_);
  painter.drawImage(0, 0, smallSecond_);
}

void SlicePicture::readLabels(const LabelLayers& labels, const AxisMap& axisMap, Plane plane, int slice) {
  const auto numbers = labels.numbers();
  labels_.resize(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    extractSlice(labels.layer(numbers[i]), axisMap, plane, slice, labels_[i].slice);
    labels_[i].blank = i > 0 && isBlank(labels_[i].slice.pixels);
  }
  staleLabels();
}

void SlicePicture::dropLabels() { labels_.clear(); }

void SlicePicture::staleLabels() {
  for (LabelSlice& each : labels_) each.stale = true;
  if (scribbles_) scribbles_->stale = true;
}

void SlicePicture::readScribbles(const LabelMap& raster, const AxisMap& axisMap, Plane plane, int slice) {
  if (raster.empty()) return scribbles_.reset();
  if (!scribbles_) scribbles_.emplace();
  extractSlice(raster, axisMap, plane, slice, scribbles_->slice);
  scribbles_->blank = isBlank(scribbles_->slice.pixels);
  scribbles_->stale = true;
}

QRect SlicePicture::refreshScribbles(const LabelMap& raster, const AxisMap& axisMap, Plane plane, int slice,
                                     const Box& changed) {
  return logicalRect(refreshed(*scribbles_, raster, axisMap, plane, slice, changed, {scribblePalette_, dashed()}));
}

void SlicePicture::setReference(std::optional<Slice<Label>> slice, bool coloured) {
  reference_ = std::move(slice);
  referenceColoured_ = coloured;
  referenceStale_ = true;
}

void SlicePicture::setWindowLevel(const WindowLevel& window) {
  greyTable_ = GreyTable(window);
  greyStale_ = true;
}

void SlicePicture::setPalette(const LabelPalette& palette) {
  palette_ = palette;
  scribblePalette_ = strokesOf(palette);
  staleLabels();
  referenceStale_ = true;
}

void SlicePicture::setSmooth(bool smooth) {
  smooth_ = smooth;
  greyStale_ = true;
}

void SlicePicture::setFrame(const ViewTransform& transform, const QSize& size, double devicePixelRatio) {
  transform_ = transform;
  size_ = size;
  ratio_ = devicePixelRatio;
  staleLabels();
  greyStale_ = referenceStale_ = true;
}

OutlineStyle SlicePicture::dashed() const {
  return {outlineThickness(ratio_), std::max(1, static_cast<int>(std::lround(kDash * ratio_)))};
}

QSize SlicePicture::deviceSize() const {
  return {static_cast<int>(std::ceil(size_.width() * ratio_)), static_cast<int>(std::ceil(size_.height() * ratio_))};
}

PixelTables SlicePicture::tables() const {
  const auto nearest = [](double position) { return static_cast<int>(std::floor(position + 0.5)); };
  const QSize size = deviceSize();
  PixelTables tables;
  for (int x = 0; x < size.width(); ++x)
    tables.columns.push_back(nearest(transform_.toPicture({(x + 0.5) / ratio_, 0}).x()));
  for (int y = 0; y < size.height(); ++y)
    tables.rows.push_back(nearest(transform_.toPicture({0, (y + 0.5) / ratio_}).y()));
  return tables;
}

PixelRect SlicePicture::deviceRect(const PixelRect& pixels) const {
  const int margin = outline().thickness + 1;  // a changed pixel moves the outline of its neighbours
  const QPointF from = transform_.toWidget({pixels.x - 0.5, pixels.y - 0.5}) * ratio_;
  const QPointF to = transform_.toWidget({pixels.x + pixels.width - 0.5, pixels.y + pixels.height - 0.5}) * ratio_;
  const int x = static_cast<int>(std::floor(from.x())) - margin, y = static_cast<int>(std::floor(from.y())) - margin;
  return {x, y, static_cast<int>(std::ceil(to.x())) + margin - x, static_cast<int>(std::ceil(to.y())) + margin - y};
}

QRect SlicePicture::refreshLabels(const LabelLayers& labels, const AxisMap& axisMap, Plane plane, int slice,
                                  const Box& changed) {
  const auto numbers = labels.numbers();
  PixelRect dirty;
  for (std::size_t i = 0; i < labels_.size(); ++i) {
    dirty = refreshed(labels_[i], labels.layer(numbers[i]), axisMap, plane, slice, changed, {palette_, outline()});
    if (dirty.empty()) return {};  // the slice lies elsewhere, and does so in all layers
  }
  return logicalRect(dirty);
}

/// @return device pixels to be drawn again
PixelRect SlicePicture::refreshed(LabelSlice& each, const LabelMap& map, const AxisMap& axisMap, Plane plane, int slice,
                                  const Box& changed, const Look& look) {
  const PixelRect pixels = refreshSlice(each.slice, map, axisMap, plane, slice, changed);
  if (pixels.empty()) return {};
  const PixelRect dirty = deviceRect(pixels);
  if (std::exchange(each.blank, each.blank && isBlank(each.slice.pixels)) != each.blank) each.stale = true;
  if (!each.stale && !each.blank) composeLabelLayer(each.image, each.slice, look.palette, look.outline, dirty);
  return dirty;
}

QRect SlicePicture::logicalRect(const PixelRect& device) const {
  if (device.empty()) return {};
  return QRectF(device.x / ratio_, device.y / ratio_, device.width / ratio_, device.height / ratio_).toAlignedRect();
}

void SlicePicture::composeGreyLayer() {
  if (smallGrey_.size() != QSize(grey_.columns, grey_.rows)) {
    smallGrey_ = QImage(grey_.columns, grey_.rows, QImage::Format_RGB32);
  }
  composeGrey(grey_, greyTable_, pixelsOf(smallGrey_));
  mixSecond();
  if (greyLayer_.size() != deviceSize()) greyLayer_ = QImage(deviceSize(), QImage::Format_RGB32);
  greyLayer_.setDevicePixelRatio(ratio_);  // QPainter then takes logical pixels
  const QRectF whole(0, 0, size_.width(), size_.height());
  if (!transform_.pictureRect().contains(whole)) greyLayer_.fill(kViewGround);
  QPainter painter(&greyLayer_);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, smooth_);
  painter.drawImage(transform_.pictureRect(), smallGrey_);
}

void SlicePicture::composeLabelLayer(QImage& layer, const Slice<Label>& slice, const LabelPalette& palette,
                                     const OutlineStyle& style, const PixelRect& dirty) const {
  composeLabels(slice, tables(), palette, style, dirty, pixelsOf(layer));
}

void SlicePicture::updateLayers() {
  const auto renew = [&](QImage& layer, const Slice<Label>& slice, const LabelPalette& palette,
                         const OutlineStyle& style) {
    if (layer.size() != deviceSize()) layer = QImage(deviceSize(), QImage::Format_ARGB32_Premultiplied);
    layer.setDevicePixelRatio(ratio_);
    composeLabelLayer(layer, slice, palette, style, whole(deviceSize()));
  };
  if (greyStale_ && hasGrey()) composeGreyLayer();
  const auto renewLabels = [&](LabelSlice& each, const Look& look) {
    if (!std::exchange(each.stale, false)) return;
    if (each.blank) each.image = {};
    if (!each.blank) renew(each.image, each.slice, look.palette, look.outline);
  };
  for (LabelSlice& each : labels_) renewLabels(each, {palette_, outline()});
  if (scribbles_) renewLabels(*scribbles_, {scribblePalette_, dashed()});
  if (referenceStale_ && reference_) {
    renew(referenceLayer_, *reference_, linesOf(palette_, referenceColoured_), dashed());
  }
  greyStale_ = referenceStale_ = false;
}

const QImage& SlicePicture::labelLayer(std::size_t number) {
  updateLayers();
  return labels_[number].image;
}

void SlicePicture::paint(QPainter& painter, const QRect& dirty) {
  if (!hasGrey() || size_.isEmpty()) return;
  updateLayers();
  const QRectF source(QPointF(dirty.topLeft()) * ratio_, QSizeF(dirty.size()) * ratio_);
  painter.drawImage(QRectF(dirty), greyLayer_, source);
  for (const LabelSlice& each : labels_) {
    if (!each.blank) painter.drawImage(QRectF(dirty), each.image, source);
  }
  if (reference_) painter.drawImage(QRectF(dirty), referenceLayer_, source);
  if (scribbles_ && !scribbles_->blank) painter.drawImage(QRectF(dirty), scribbles_->image, source);
}

}  // namespace recontour
