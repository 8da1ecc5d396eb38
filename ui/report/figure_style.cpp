#include "ui/report/figure_style.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

constexpr int kTitlePoints = 10, kTextPoints = 8;
constexpr double kGap = 5;

/// Three from the design of the report, then others that are told apart by the colour-blind. Source: Okabe and Ito,
/// 2008.
constexpr QRgb kReaders[] = {0xff2b7bba, 0xffd98a2b, 0xff3f9a5f, 0xffcc79a7,
                             0xff56b4e9, 0xff8a6bbf, 0xffb8a500, 0xffa0522d};

int decimalsOf(const ValueAxis& axis) {
  for (int decimals = 0; decimals < 6; ++decimals) {
    const double scale = std::pow(10, decimals);
    const bool enough = std::ranges::all_of(axis.ticks(), [&](const ValueAxis::Tick& tick) {
      return std::abs(tick.value * scale - std::round(tick.value * scale)) < 1e-6;
    });
    if (enough) return decimals;
  }
  return 6;
}

void paintLegend(QPainter& painter, double x, double y, const std::vector<LegendEntry>& legend) {
  painter.setFont(figureFont(kTextPoints));
  const QFontMetricsF metrics(painter.font());
  for (const LegendEntry& entry : legend) {
    painter.fillRect(QRectF(x, y + 1.5, 7, 7), entry.colour);
    painter.setPen(QColor(kInk));
    painter.drawText(QPointF(x + 11, y + metrics.ascent()), entry.name);
    x += 11 + metrics.horizontalAdvance(entry.name) + 14;
  }
}

}  // namespace

QColor startColour() { return QColor(kDim); }

QColor readerColour(std::size_t place) { return QColor(kReaders[place % std::size(kReaders)]); }

QFont figureFont(int points, bool bold) {
  QFont font(QStringLiteral("sans-serif"));
  font.setStyleHint(QFont::SansSerif);
  font.setPixelSize(points);
  font.setBold(bold);
  font.setHintingPreference(QFont::PreferNoHinting);  // figures are scaled after they are laid out
  return font;
}

double textWidth(const QFont& font, const QString& text) { return QFontMetricsF(font).horizontalAdvance(text); }

QRectF paintMark(QPainter& painter, const QPointF& topRight, const QString& mark) {
  if (mark.isEmpty()) return {topRight, QSizeF(0, 0)};
  const QFont font = figureFont(kTextPoints, true);
  const double width = textWidth(font, mark) + 14;
  const QRectF box(topRight.x() - width, topRight.y(), width, 15);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(font);
  painter.setPen(QPen(QColor(kWarning), 1));
  painter.setBrush(Qt::white);
  painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
  painter.drawText(box, Qt::AlignCenter, mark);
  painter.restore();
  return box;
}

double paintFigureHeading(QPainter& painter, const QRectF& area, const QString& title, const QString& mark,
                          const std::vector<LegendEntry>& legend) {
  painter.fillRect(area, Qt::white);
  const QRectF box = paintMark(painter, area.topRight() + QPointF(-0.5, 0.5), mark);
  painter.setFont(figureFont(kTitlePoints, true));
  painter.setPen(QColor(kInk));
  const double room = area.width() - box.width() - kGap;
  const QFontMetricsF metrics(painter.font());
  const double height =
      std::max(16.0, metrics.boundingRect(QRectF(0, 0, room, 200), Qt::TextWordWrap, title).height() + 2);
  painter.drawText(QRectF(area.left(), area.top(), room, height), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap,
                   title);
  if (legend.empty()) return height + kGap;
  paintLegend(painter, area.left(), area.top() + height + kGap, legend);
  return height + 2 * kGap + 12;
}

QStringList tickTexts(const ValueAxis& axis) {
  const int decimals = decimalsOf(axis);
  QStringList texts;
  for (const ValueAxis::Tick& tick : axis.ticks()) texts << QString::number(tick.value, 'f', decimals);
  return texts;
}

void paintUprightAxis(QPainter& painter, const QRectF& frame, const ValueAxis& axis) {
  painter.setFont(figureFont(kTextPoints));
  const QStringList texts = tickTexts(axis);
  for (std::size_t i = 0; i < axis.ticks().size(); ++i) {
    const double y = frame.bottom() - axis.part(axis.ticks()[i].value) * frame.height();
    painter.setPen(QPen(QColor(kGrid), 0.6));
    painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y));
    painter.setPen(QColor(kDim));
    painter.drawText(QRectF(frame.left() - 104, y - 8, 100, 16), Qt::AlignRight | Qt::AlignVCenter,
                     texts[static_cast<qsizetype>(i)]);
  }
}

void paintAxisName(QPainter& painter, const QRectF& area, const QRectF& frame, const QString& name) {
  painter.save();
  painter.setFont(figureFont(kTextPoints));
  painter.setPen(QColor(kDim));
  painter.translate(area.left(), frame.center().y());
  painter.rotate(-90);
  painter.drawText(QRectF(-frame.height(), 0, 2 * frame.height(), 12), Qt::AlignCenter, name);
  painter.restore();
}

}  // namespace recontour
