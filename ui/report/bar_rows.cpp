// Bars to the right.
#include <QPainter>
#include <algorithm>

#include "ui/report/bar_chart.h"

namespace recontour {
namespace {

constexpr int kTextPoints = 8;
constexpr double kFoot = 30, kBarHeight = 5.5, kRowGap = 5, kHeading = 38;

/// One drawing; all lengths in points.
class Rows {
 public:
  Rows(QPainter& painter, const QRectF& area, const BarChart& chart)
      : painter_(painter), area_(area), chart_(chart), axis_(axisOf(chart)) {}

  void draw() {
    painter_.setRenderHint(QPainter::Antialiasing);
    const double heading = paintFigureHeading(painter_, area_, chart_.title, chart_.mark, chart_.series);
    double widest = 0;
    for (const auto& category : chart_.categories)
      widest = std::max(widest, textWidth(figureFont(kTextPoints), category.name));
    frame_ = area_.adjusted(widest + 8, heading + 2, -14, -kFoot);
    drawAxis();
    for (std::size_t i = 0; i < chart_.categories.size(); ++i) drawRow(i);
    painter_.setPen(QPen(QColor(kDim), 0.8));
    painter_.drawLine(frame_.topLeft(), frame_.bottomLeft());
  }

 private:
  static ValueAxis axisOf(const BarChart& chart) {
    std::vector<double> ends;
    for (const auto& category : chart.categories) {
      for (const auto& bar : category.bars) {
        if (bar) ends.push_back(std::max(bar->value, bar->high));
      }
    }
    return ValueAxis::around(ends, false, 0.0, chart.largest);
  }

  double placeOf(double value) const { return frame_.left() + axis_.part(value) * frame_.width(); }

  void drawAxis() const {
    painter_.setFont(figureFont(kTextPoints));
    const QStringList texts = tickTexts(axis_);
    for (std::size_t i = 0; i < axis_.ticks().size(); ++i) {
      const double x = placeOf(axis_.ticks()[i].value);
      painter_.setPen(QPen(QColor(kGrid), 0.6));
      painter_.drawLine(QPointF(x, frame_.top()), QPointF(x, frame_.bottom()));
      painter_.setPen(QColor(kDim));
      painter_.drawText(QRectF(x - 40, frame_.bottom() + 2, 80, 12), Qt::AlignCenter, texts[static_cast<qsizetype>(i)]);
    }
    painter_.drawText(QRectF(frame_.left(), frame_.bottom() + 15, frame_.width(), 12), Qt::AlignCenter, chart_.axis);
  }

  void drawRow(std::size_t number) const {
    const BarChart::Category& category = chart_.categories[number];
    const double room = frame_.height() / double(chart_.categories.size()), top = frame_.top() + room * double(number);
    painter_.setFont(figureFont(kTextPoints));
    painter_.setPen(QColor(kInk));
    painter_.drawText(QRectF(area_.left(), top, frame_.left() - 5 - area_.left(), room),
                      Qt::AlignRight | Qt::AlignVCenter, category.name);
    const double step = (room - kRowGap) / double(std::max<std::size_t>(1, chart_.series.size()));
    for (std::size_t s = 0; s < category.bars.size(); ++s) {
      if (category.bars[s])
        drawBar(top + kRowGap / 2 + step * double(s), step, *category.bars[s], chart_.series[s].colour);
    }
  }

  void drawBar(double y, double step, const BarChart::Bar& bar, const QColor& colour) const {
    const double middle = y + step / 2, cap = step / 4;
    painter_.fillRect(QRectF(QPointF(frame_.left(), y + 0.4), QPointF(placeOf(bar.value), y + step - 0.4)), colour);
    painter_.setPen(QPen(QColor(kInk), 0.6));
    painter_.drawLine(QPointF(placeOf(bar.low), middle), QPointF(placeOf(bar.high), middle));
    for (const double end : {bar.low, bar.high})
      painter_.drawLine(QPointF(placeOf(end), middle - cap), QPointF(placeOf(end), middle + cap));
  }

  QPainter& painter_;
  QRectF area_;
  const BarChart& chart_;
  ValueAxis axis_;
  QRectF frame_;
};

}  // namespace

double barRowsHeight(const BarChart& chart) {
  const double bars = std::max(2.0, double(chart.series.size()));
  return kHeading + kFoot + double(chart.categories.size()) * (bars * kBarHeight + kRowGap);
}

void paintBarRows(QPainter& painter, const QRectF& area, const BarChart& chart) { Rows(painter, area, chart).draw(); }

}  // namespace recontour
