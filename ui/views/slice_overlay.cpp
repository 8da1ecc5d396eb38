#include "ui/views/slice_overlay.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/views/view_colours.h"

namespace recontour {
namespace {

constexpr double kMargin = 8;
constexpr double kSliderWidth = 10;
constexpr double kSliderEnd = 26;
constexpr double kSliderInset = 6;  // from the view's right edge
constexpr double kMarkInset = 2;    // of an organ's mark in the slider
constexpr double kEditMark = 4;     // width of the mark of edits
constexpr double kGap = 14;         // half of the crosshair's gap
constexpr double kCaptionLine = 15;
const std::array<QPointF, 8> kRim = {{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {1, -1}, {-1, 1}, {-1, -1}}};

QString text(const char* source) { return QCoreApplication::translate("SliceOverlay", source); }

QFont sized(const QPainter& painter, int pixels, bool bold = false) {
  QFont font = painter.font();
  font.setPixelSize(pixels);
  font.setBold(bold);
  return font;
}

/// Text with a dark rim, legible on bone and on air. @return its width
double label(QPainter& painter, const QPointF& baseline, const QString& words, const QColor& colour) {
  painter.setPen(QColor(0, 0, 0, 230));
  for (const QPointF& shift : kRim) {
    painter.drawText(baseline + shift, words);
  }
  painter.setPen(colour);
  painter.drawText(baseline, words);
  return painter.fontMetrics().horizontalAdvance(words);
}

void centred(QPainter& painter, const QPointF& at, const QString& words, const QColor& colour) {
  const QFontMetricsF metrics(painter.font());
  label(painter, {at.x() - metrics.horizontalAdvance(words) / 2, at.y() + metrics.capHeight() / 2}, words, colour);
}

void paintCrosshair(QPainter& painter, const QSizeF& view, const QPointF& at) {
  const double x = std::floor(at.x()) + 0.5, y = std::floor(at.y()) + 0.5;
  painter.setPen(QPen(kViewCrosshair, 1));
  painter.drawLine(QPointF(0, y), QPointF(x - kGap, y));
  painter.drawLine(QPointF(x + kGap, y), QPointF(view.width(), y));
  painter.drawLine(QPointF(x, 0), QPointF(x, y - kGap));
  painter.drawLine(QPointF(x, y + kGap), QPointF(x, view.height()));
}

void paintLetters(QPainter& painter, const QSizeF& view, const EdgeLetters& letters) {
  painter.setFont(sized(painter, 12, true));
  const double right = sliceSliderRect(view).left() - 14;
  centred(painter, {14, view.height() / 2}, QString::fromStdString(letters.left), kViewText);
  centred(painter, {right, view.height() / 2}, QString::fromStdString(letters.right), kViewText);
  const double middle = (right + 8) / 2;  // of the picture, which lies beside the slider
  centred(painter, {middle, 15}, QString::fromStdString(letters.top), kViewText);
  centred(painter, {middle, view.height() - 14}, QString::fromStdString(letters.bottom), kViewText);
}

QString planeHeading(Plane plane) { return text(planeName(plane)).toUpper(); }

/// Where slice numbers rise to, and where they come from.
const char* endsOf(Plane plane) { return plane == Plane::Axial ? "HF" : plane == Plane::Coronal ? "PA" : "LR"; }

/// "L 7.1 mm": which way from the world's origin, in the patient's letters, so that no sign is to be guessed.
QString positionText(const SliceOverlay& overlay) {
  const char* letters = endsOf(overlay.plane);
  const double mm = std::round(overlay.positionMm * 10) / 10;
  return text("%1 %2 mm").arg(QLatin1Char(letters[mm < 0 ? 1 : 0])).arg(std::abs(mm), 0, 'f', 1);
}

/// Ending beside the slider.
void rightBound(QPainter& painter, const QSizeF& view, double y, const QString& words, const QColor& colour) {
  const double right = sliceSliderRect(view).left() - kMargin;
  label(painter, {right - painter.fontMetrics().horizontalAdvance(words), y}, words, colour);
}

void paintHeading(QPainter& painter, const QSizeF& view, const SliceOverlay& overlay) {
  painter.setFont(sized(painter, 11, true));
  double x = kMargin;
  x += label(painter, {x, 19}, planeHeading(overlay.plane), planeColour(overlay.plane)) + 5;
  if (overlay.slices == 0) return;
  painter.setFont(sized(painter, 11));
  const QString position = positionText(overlay);
  label(painter, {x, 19}, position, kViewText);
  const QString number = QStringLiteral("%1/%2").arg(overlay.slice + 1).arg(overlay.slices);
  rightBound(painter, view, 19, number, kViewText);
  if (overlay.obliqueDegrees < 0.5) return;
  const QString angle = text("oblique %1%2").arg(overlay.obliqueDegrees, 0, 'f', 1).arg(QChar(0xB0));
  label(painter, {kMargin, 34}, angle, kViewWarning);
}

/// Broken between words so that no line is longer than `width`.
QStringList linesOf(const QString& words, const QPainter& painter, double width) {
  QStringList lines;
  for (const QString& word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    const QString longer = lines.isEmpty() ? word : lines.back() + QLatin1Char(' ') + word;
    if (!lines.isEmpty() && painter.fontMetrics().horizontalAdvance(longer) <= width) {
      lines.back() = longer;
    } else {
      lines << word;
    }
  }
  return lines;
}

/// Never to be taken for the contours that are accepted: in capitals, in the accent colour, always drawn.
void paintCaption(QPainter& painter, const QSizeF& view, const SliceOverlay& overlay) {
  painter.setFont(sized(painter, 11, true));
  double y = overlay.obliqueDegrees < 0.5 ? 35.0 : 50.0;
  for (const QString& line : linesOf(overlay.caption.toUpper(), painter, sliceSliderRect(view).left() - 2 * kMargin)) {
    label(painter, {kMargin, y}, line, kViewAccent);
    y += kCaptionLine;
  }
  double x = kMargin;
  painter.setFont(sized(painter, 11));
  for (const CaptionKey& key : overlay.captionKey) {
    painter.fillRect(QRectF(x, y - 8, 8, 8), key.colour);
    x += 12 + label(painter, {x + 12, y}, key.meaning, kViewText) + 12;
  }
}

/// The longest of 1, 2, 5, 10, ... mm that stays below `pixels`.
double scaleBarMm(double pixelsPerMm, double pixels) {
  double best = 0.1;
  for (double decade = 0.1; decade < 1000; decade *= 10) {
    for (const double step : {1.0, 2.0, 5.0}) {
      if (step * decade * pixelsPerMm <= pixels) best = std::max(best, step * decade);
    }
  }
  return best;
}

void paintScaleBar(QPainter& painter, const QSizeF& view, double pixelsPerMm) {
  const double mm = scaleBarMm(pixelsPerMm, std::min(120.0, view.width() / 4));
  const double right = sliceSliderRect(view).left() - 10, left = right - mm * pixelsPerMm, y = view.height() - 10.5;
  for (const QPen& pen :
       {QPen(QColor(0, 0, 0, 230), 3), QPen(kViewText, 1)}) {  // the rim: bone is as bright as the bar
    painter.setPen(pen);
    painter.drawPolyline(QPolygonF({{left, y - 4}, {left, y}, {right, y}, {right, y - 4}}));
  }
  painter.setFont(sized(painter, 11));
  centred(painter, {(left + right) / 2, y - 11}, text("%1 mm").arg(mm), kViewText);
}

double sliderY(const QRectF& track, double slice, int slices) {
  return track.bottom() - track.height() * (slices > 1 ? slice / (slices - 1) : 0.5);
}

void paintSlider(QPainter& painter, const QSizeF& view, const SliceOverlay& overlay) {
  const QRectF track = sliceSliderRect(view);
  painter.setPen(Qt::NoPen);
  painter.setBrush(kViewTrack);
  painter.drawRoundedRect(track, 3, 3);
  for (const SliceMark& mark : overlay.marks) {
    const double top = sliderY(track, mark.last + 0.5, overlay.slices),
                 bottom = sliderY(track, mark.first - 0.5, overlay.slices);
    const bool edit = mark.kind == SliceMark::Kind::Edit;
    const double left = edit ? track.right() - kEditMark : track.left() + kMarkInset;
    const double right = edit ? track.right() : track.right() - kMarkInset;
    const QRectF bar(left, top, right - left, std::max(2.0, bottom - top));
    painter.fillRect(bar.intersected(track), mark.colour);
  }
  painter.setBrush(Qt::white);
  const double y = std::round(sliderY(track, overlay.slice, overlay.slices));
  painter.drawRoundedRect(QRectF(track.left() - 2, y - 1.5, track.width() + 4, 3), 1, 1);
}

QColor messageColour(ViewMessage kind) { return kind == ViewMessage::Failed ? kViewError : kViewDimText; }

/// In the middle of an empty view; in a small box below the picture of a full one.
void paintMessage(QPainter& painter, const QSizeF& view, const SliceOverlay& overlay) {
  if (overlay.message.isEmpty()) return;
  painter.setFont(sized(painter, 12));
  const QRectF whole = QRectF(QPointF(), view).adjusted(32, 32, -32, -32);
  if (overlay.slices == 0) {
    painter.setPen(messageColour(overlay.messageKind));
    painter.drawText(whole, Qt::AlignCenter | Qt::TextWordWrap, overlay.message);
    return;
  }
  const QRectF words =
      painter.boundingRect(whole, Qt::AlignHCenter | Qt::AlignBottom | Qt::TextWordWrap, overlay.message);
  painter.setPen(kViewLine);
  painter.setBrush(QColor(0x16, 0x18, 0x1b, 230));
  painter.drawRoundedRect(words.adjusted(-10, -6, 10, 6), 4, 4);
  painter.setPen(overlay.messageKind == ViewMessage::Failed ? kViewError : kViewText);
  painter.drawText(words, Qt::AlignCenter | Qt::TextWordWrap, overlay.message);
}

void paintFrame(QPainter& painter, const QSizeF& view, const SliceOverlay& overlay) {
  const QColor colour = planeColour(overlay.plane);
  painter.fillRect(QRectF(0, 0, view.width(), 2), overlay.active ? colour : colour.darker(190));
  if (!overlay.active) return;
  painter.setPen(QPen(colour, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(QRectF(0.5, 0.5, view.width() - 1, view.height() - 1));
}

void paintAnnotations(QPainter& painter, const QSizeF& view, const SliceOverlay& overlay) {
  paintHeading(painter, view, overlay);
  if (overlay.slices == 0) return;
  paintSlider(painter, view, overlay);
  paintScaleBar(painter, view, overlay.pixelsPerMm);
  painter.setFont(sized(painter, 11));
  const QString window =
      text("W %1 L %2").arg(overlay.window.widthHu, 0, 'f', 0).arg(overlay.window.levelHu, 0, 'f', 0);
  const double width = label(painter, {kMargin, view.height() - 10}, window, kViewText);
  const double right = sliceSliderRect(view).left() - 10 - std::min(120.0, view.width() / 4);
  const QString distance = text("slices %1 mm").arg(overlay.sliceSpacingMm, 0, 'f', 1);
  const double left = kMargin + width + 14;
  const double middle = (sliceSliderRect(view).left() - 6) / 2;  // the letter of the lower edge stands there
  const double length = painter.fontMetrics().horizontalAdvance(distance);
  if (left + length < std::min(right, middle - 12)) label(painter, {left, view.height() - 10}, distance, kViewDimText);
}

}  // namespace

QRectF sliceSliderRect(const QSizeF& view) {
  return {view.width() - kSliderInset - kSliderWidth, kSliderEnd, kSliderWidth,
          std::max(1.0, view.height() - 2 * kSliderEnd)};
}

int sliceAtSlider(const QSizeF& view, double y, int slices) {
  const QRectF track = sliceSliderRect(view);
  const double part = (track.bottom() - y) / track.height();
  return std::clamp(static_cast<int>(std::lround(part * (slices - 1))), 0, std::max(0, slices - 1));
}

void paintSliceOverlay(QPainter& painter, const QSizeF& view, const SliceOverlay& overlay) {
  painter.setRenderHint(QPainter::Antialiasing, false);
  if (overlay.slices > 0 && overlay.crosshair) paintCrosshair(painter, view, *overlay.crosshair);
  painter.setRenderHint(QPainter::Antialiasing);
  if (overlay.slices > 0) paintLetters(painter, view, overlay.letters);  // never hidden: a side must not be guessed
  painter.setFont(sized(painter, 11));
  if (overlay.synthetic) rightBound(painter, view, 34, text("synthetic"), kViewWarning);
  paintCaption(painter, view, overlay);
  if (overlay.annotations) paintAnnotations(painter, view, overlay);
  paintMessage(painter, view, overlay);
  painter.setRenderHint(QPainter::Antialiasing, false);
  paintFrame(painter, view, overlay);
}

}  // namespace recontour
