#include "ui/window/training_picture.h"

#include <QImage>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/image/compositor.h"
#include "core/scribble/scribble_generator.h"
#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr double kFill = 0.4;
constexpr int kAirPixels = 3;  // around the body
constexpr double kCaption = 18, kGap = 8, kLetterRoom = 14;
constexpr Label kBackgroundStroke = 254;  // in pictures alone; 0 is never drawn
constexpr QRgb kLetter = 0xffd7dbe0;      // on black

bool isStrokes(const TrainingView& view) { return std::ranges::find(view.truth, kUnlabelled) != view.truth.end(); }

LabelPalette paletteOf(const OrganTable& organs) {
  LabelPalette palette = organPalette(organs, {}, kFill);
  palette[kBackgroundStroke] = {{160, 165, 172}, true, 140, false};
  palette[kUnlabelled].visible = false;
  return palette;
}

Slice<Label> sliceOf(const TrainingView& view, std::vector<Label> labels, bool strokes) {
  if (strokes) std::ranges::replace(labels, Label{0}, kBackgroundStroke);
  return {view.width, view.height, std::move(labels)};
}

QImage greyOf(const TrainingView& view) {
  const QImage image(view.grey.data(), view.width, view.height, view.width, QImage::Format_Grayscale8);
  return image.copy();
}

/// For each device pixel of a frame the slice's column or row.
std::vector<int> table(int device, int pixels) {
  std::vector<int> at;
  for (int i = 0; i < device; ++i) at.push_back(static_cast<int>((i + 0.5) * pixels / device));
  return at;
}

QImage labelsOf(const Slice<Label>& slice, const QSizeF& size, const LabelPalette& palette, double pixelRatio) {
  const QSize device = (size * pixelRatio).toSize();
  QImage image(device, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  const PixelTables tables{table(device.width(), slice.columns), table(device.height(), slice.rows)};
  const std::span pixels(reinterpret_cast<std::uint32_t*>(image.bits()),
                         static_cast<std::size_t>(device.width()) * static_cast<std::size_t>(device.height()));
  composeLabels(slice, tables, palette, {outlineThickness(pixelRatio)}, {0, 0, device.width(), device.height()},
                pixels);
  image.setDevicePixelRatio(pixelRatio);
  return image;
}

void paintSlice(QPainter& painter, const QRectF& frame, const QImage& grey, const QImage& labels,
                const QString& caption) {
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(frame, grey);
  painter.drawImage(frame.topLeft(), labels);
  painter.setPen(QColor(kLetter));
  const double captionWidth = frame.width() + 2 * kLetterRoom;
  painter.drawText(QRectF(frame.left() - kLetterRoom, frame.top() - kCaption, captionWidth, kCaption),
                   Qt::AlignHCenter | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(caption, Qt::ElideMiddle, static_cast<int>(captionWidth)));
  const QRectF besides = frame.adjusted(-kLetterRoom, 0, kLetterRoom, 0);
  painter.drawText(besides, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("R"));
  painter.drawText(besides, Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("L"));
}

/// The largest frame of the slice's shape in the middle of a place, whole device pixels apart.
QRectF fitted(const QRectF& place, const TrainingView& view) {
  const QRectF room = place.adjusted(kLetterRoom, kCaption, -kLetterRoom, 0);
  const QSizeF size = QSizeF(view.width, view.height).scaled(room.size(), Qt::KeepAspectRatio);
  const QPointF corner = room.center() - QPointF(size.width() / 2, size.height() / 2);
  return {QPointF(std::round(corner.x()), std::round(corner.y())), size};
}

bool hasPixels(const TrainingView& view) {
  const auto count =
      static_cast<std::size_t>(std::max(0, view.width)) * static_cast<std::size_t>(std::max(0, view.height));
  return count > 0 && view.grey.size() == count && view.predicted.size() == count && view.truth.size() == count;
}

}  // namespace

TrainingView croppedToBody(const TrainingView& view) {
  if (!hasPixels(view)) return view;
  QRect body;
  for (int y = 0; y < view.height; ++y) {
    for (int x = 0; x < view.width; ++x) {
      if (view.grey[static_cast<std::size_t>(y * view.width + x)] > 0) body |= QRect(x, y, 1, 1);
    }
  }
  body = body.adjusted(-kAirPixels, -kAirPixels, kAirPixels, kAirPixels) & QRect(0, 0, view.width, view.height);
  if (body.isEmpty()) return view;
  TrainingView cropped{view.iteration, body.width(), body.height(), view.caseName, {}, {}, {}};
  const auto crop = [&](const std::vector<std::uint8_t>& from, std::vector<std::uint8_t>& to) {
    for (int y = body.top(); y <= body.bottom(); ++y) {
      const auto row = from.begin() + y * view.width;
      to.insert(to.end(), row + body.left(), row + body.right() + 1);
    }
  };
  crop(view.grey, cropped.grey);
  crop(view.predicted, cropped.predicted);
  crop(view.truth, cropped.truth);
  return cropped;
}

TrainingPictureFrames trainingPictureFrames(const QRectF& area, const TrainingView& view) {
  const double halfWidth = (area.width() - kGap) / 2, halfHeight = (area.height() - kGap) / 2;
  const TrainingPictureFrames beside{
      fitted({area.left(), area.top(), halfWidth, area.height()}, view),
      fitted({area.left() + halfWidth + kGap, area.top(), halfWidth, area.height()}, view)};
  const TrainingPictureFrames below{
      fitted({area.left(), area.top(), area.width(), halfHeight}, view),
      fitted({area.left(), area.top() + halfHeight + kGap, area.width(), halfHeight}, view)};
  return beside.truth.width() >= below.truth.width() ? beside : below;
}

void paintTrainingView(QPainter& painter, const QRectF& area, const TrainingView& view, const OrganTable& organs,
                       double pixelRatio) {
  if (!hasPixels(view)) return;
  const auto [predicted, truth] = trainingPictureFrames(area, view);
  const LabelPalette palette = paletteOf(organs);
  const QImage grey = greyOf(view);
  const bool strokes = isStrokes(view);
  const auto labels = [&](const std::vector<std::uint8_t>& values, bool ofStrokes, const QRectF& frame) {
    return labelsOf(sliceOf(view, values, ofStrokes), frame.size(), palette, pixelRatio);
  };
  const QString name = QString::fromStdString(view.caseName);
  paintSlice(painter, predicted, grey, labels(view.predicted, false, predicted),
             TrainingPicture::tr("Network, iteration %1").arg(view.iteration));
  paintSlice(
      painter, truth, grey, labels(view.truth, strokes, truth),
      strokes ? TrainingPicture::tr("Strokes of %1").arg(name) : TrainingPicture::tr("Contours of %1").arg(name));
}

TrainingPicture::TrainingPicture(const OrganTable& organs, QWidget* parent) : QWidget(parent), organs_(organs) {
  setAccessibleName(tr("How the network labels a slice"));
  setMinimumSize(300, 160);
}

void TrainingPicture::setView(const std::optional<TrainingView>& view) {
  view_ = view ? std::optional(croppedToBody(*view)) : std::nullopt;
  update();
}

void TrainingPicture::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), Qt::black);
  if (view_)
    return paintTrainingView(painter, QRectF(rect()).adjusted(4, 4, -4, -8), *view_, organs_, devicePixelRatioF());
  painter.setPen(QColor(kDark.dim));
  painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                   tr("A slice as the network labels it appears here after each epoch."));
}

}  // namespace recontour
