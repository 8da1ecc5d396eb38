#include "ui/report/bar_chart.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

constexpr int kTextPoints = 8;
constexpr double kGap = 5, kSlant = 40, kBarsPart = 0.78;  // of the room of a category
constexpr double kLargestBar = 26;

/// One drawing; all lengths in points.
class Drawing {
 public:
  Drawing(QPainter& painter, const QRectF& area, const BarChart& chart)
      : painter_(painter), area_(area), chart_(chart), axis_(axisOf(chart)) {}

  void draw() {
    painter_.setRenderHint(QPainter::Antialiasing);
    const double heading = paintFigureHeading(painter_, area_, chart_.title, chart_.mark, chart_.series);
    frame_ = area_.adjusted(44, heading + 6, -2, -namesHeight());
    paintUprightAxis(painter_, frame_, axis_);
    paintAxisName(painter_, area_, frame_, axisName(chart_));
    for (std::size_t i = 0; i < chart_.categories.size(); ++i) drawCategory(i);
    painter_.setPen(QPen(QColor(kDim), 0.8));
    painter_.drawLine(frame_.bottomLeft(), frame_.bottomRight());
    if (axisBegin(chart_) > 0) drawBreak();
  }

 private:
  static ValueAxis axisOf(const BarChart& chart) {
    std::vector<double> ends;
    for (const auto& category : chart.categories) {
      for (const auto& bar : category.bars) {
        if (bar) ends.push_back(std::max(bar->value, bar->high));
      }
    }
    double largest = chart.largest.value_or(0);
    if (!ends.empty()) largest = std::max(largest, std::ranges::max(ends));
    return ValueAxis::around(ends, false, axisBegin(chart), largest > 0 ? std::optional(largest) : std::nullopt);
  }

  double namesHeight() const {
    double widest = 0;
    for (const auto& category : chart_.categories)
      widest = std::max(widest, textWidth(figureFont(kTextPoints), category.name));
    return widest * std::sin(kSlant * M_PI / 180) + 14;
  }

  double heightOf(double value) const { return frame_.bottom() - axis_.part(value) * frame_.height(); }

  void drawCategory(std::size_t number) const {
    const BarChart::Category& category = chart_.categories[number];
    const double room = frame_.width() / double(chart_.categories.size()), left = frame_.left() + room * double(number);
    const auto bars = double(std::max<std::size_t>(1, chart_.series.size()));
    const double step = std::min(kLargestBar, room * kBarsPart / bars);
    double x = left + (room - step * bars) / 2;
    for (std::size_t s = 0; s < category.bars.size(); ++s, x += step) {
      if (category.bars[s]) drawBar(x, step, *category.bars[s], chart_.series[s].colour);
    }
    drawName(left + room / 2, category.name);
  }

  void drawBar(double x, double step, const BarChart::Bar& bar, const QColor& colour) const {
    const double gap = std::min(0.8, step / 8), middle = x + step / 2, cap = std::min(2.2, step / 3.5);
    painter_.fillRect(QRectF(QPointF(x + gap / 2, heightOf(bar.value)), QPointF(x + step - gap / 2, frame_.bottom())),
                      colour);
    painter_.setPen(QPen(QColor(kInk), 0.6));
    painter_.drawLine(QPointF(middle, heightOf(bar.low)), QPointF(middle, heightOf(bar.high)));
    for (const double end : {bar.low, bar.high})
      painter_.drawLine(QPointF(middle - cap, heightOf(end)), QPointF(middle + cap, heightOf(end)));
  }

  void drawName(double middle, const QString& name) const {
    painter_.save();
    painter_.setFont(figureFont(kTextPoints));
    painter_.setPen(QColor(kInk));
    painter_.translate(middle + 3, frame_.bottom() + kGap);
    painter_.rotate(-kSlant);
    painter_.drawText(QRectF(-200, -3, 200, 12), Qt::AlignRight | Qt::AlignTop, name);
    painter_.restore();
  }

  /// Two strokes through the foot of the axis: bars do not begin at 0.
  void drawBreak() const {
    const QPointF foot = frame_.bottomLeft() + QPointF(0, -7);
    painter_.setPen(QPen(QColor(kDim), 0.8));
    painter_.drawLine(frame_.bottomLeft(), foot + QPointF(0, -4));
    painter_.fillRect(QRectF(foot + QPointF(-1, -0.5), QSizeF(2, 3)), Qt::white);
    for (const double y : {-1.0, 2.0}) painter_.drawLine(foot + QPointF(-4, y + 1.5), foot + QPointF(4, y - 1.5));
  }

  QPainter& painter_;
  QRectF area_;
  const BarChart& chart_;
  ValueAxis axis_;
  QRectF frame_;
};

}  // namespace

double axisBegin(const BarChart& chart) {
  double begin = chart.cut;
  for (const auto& category : chart.categories) {
    for (const auto& bar : category.bars) {
      if (bar) begin = std::min({begin, std::floor(bar->low * 10) / 10, std::floor(bar->value * 10) / 10});
    }
  }
  return std::max(begin, 0.0);
}

QString axisName(const BarChart& chart) {
  const double begin = axisBegin(chart);
  return begin > 0 ? QStringLiteral("%1 (axis cut at %2)").arg(chart.axis).arg(begin) : chart.axis;
}

void paintBarChart(QPainter& painter, const QRectF& area, const BarChart& chart) {
  Drawing(painter, area, chart).draw();
}

}  // namespace recontour
