#include "ui/report/box_plot.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/metrics/percentile.h"
#include "ui/report/value_axis.h"

namespace recontour {
namespace {

constexpr double kFontPoints = 11;
constexpr double kGap = 6, kTick = 4, kOutlierRadius = 1.8;
constexpr double kLargestBoxWidth = 26, kBoxPart = 0.7;  // of the room for each box

/// One drawing; all lengths in points.
class Drawing {
 public:
  Drawing(QPainter& painter, const QRectF& area, const BoxPlot& plot)
      : painter_(painter), area_(area), plot_(plot), axis_(axisOf(plot)) {
    QFont font = painter.font();
    font.setPixelSize(static_cast<int>(kFontPoints));
    painter.setFont(font);
    painter.setRenderHint(QPainter::Antialiasing);
    layOut();
  }

  void draw() {
    painter_.fillRect(area_, Qt::white);
    drawTitle();
    drawAxis();
    for (std::size_t i = 0; i < plot_.categories.size(); ++i) drawCategory(i);
    if (plot_.series.size() > 1) drawLegend();
  }

 private:
  static ValueAxis axisOf(const BoxPlot& plot) {
    std::vector<double> values;
    for (const auto& category : plot.categories) {
      for (const auto& series : category.values) values.insert(values.end(), series.begin(), series.end());
    }
    return ValueAxis::around(values, plot.logarithmic, plot.least, plot.largest);
  }

  void layOut() {
    const QFontMetricsF metrics(painter_.font());
    double widest = 0;
    for (const ValueAxis::Tick& tick : axis_.ticks()) widest = std::max(widest, metrics.horizontalAdvance(tick.text));
    double longestName = 0;
    for (const auto& category : plot_.categories)
      longestName = std::max(longestName, metrics.horizontalAdvance(category.name));
    const double line = metrics.height();
    const double top = line + 2 * kGap + (plot_.series.size() > 1 ? line + kGap : 0);
    frame_ = area_.adjusted(line + widest + 3 * kGap, top, -2 * kGap, -(longestName * std::sqrt(0.5) + line + kGap));
  }

  double heightOf(double value) const { return frame_.bottom() - axis_.part(value) * frame_.height(); }
  double roomOfCategory() const { return frame_.width() / std::max<double>(1, double(plot_.categories.size())); }

  void drawTitle() const {
    painter_.setPen(Qt::black);
    painter_.drawText(QRectF(area_.left(), area_.top() + kGap, area_.width(), painter_.fontMetrics().height()),
                      Qt::AlignCenter, plot_.title);
  }

  void drawAxis() const {
    const double line = painter_.fontMetrics().height();
    for (const ValueAxis::Tick& tick : axis_.ticks()) {
      const double y = heightOf(tick.value);
      painter_.setPen(QPen(QColor(225, 225, 225), 0.5));
      painter_.drawLine(QPointF(frame_.left(), y), QPointF(frame_.right(), y));
      painter_.setPen(QPen(Qt::black, 0.8));
      painter_.drawLine(QPointF(frame_.left() - kTick, y), QPointF(frame_.left(), y));
      painter_.drawText(QRectF(area_.left(), y - line, frame_.left() - kTick - kGap / 2 - area_.left(), 2 * line),
                        Qt::AlignRight | Qt::AlignVCenter, tick.text);
    }
    painter_.drawRect(frame_);
    painter_.save();
    painter_.translate(area_.left() + kGap, frame_.center().y());
    painter_.rotate(-90);
    painter_.drawText(QRectF(-frame_.height() / 2, 0, frame_.height(), line), Qt::AlignCenter, plot_.axis);
    painter_.restore();
  }

  void drawCategory(std::size_t number) const {
    const BoxPlot::Category& category = plot_.categories[number];
    const double room = roomOfCategory(), left = frame_.left() + room * double(number);
    const double step = std::min(kLargestBoxWidth / kBoxPart, 0.9 * room / double(plot_.series.size()));
    const double first = left + room / 2 - step * double(plot_.series.size() - 1) / 2;
    for (std::size_t s = 0; s < category.values.size(); ++s) {
      const QColor colour = plot_.series.size() > 1 ? plot_.series[s].colour : category.colour;
      drawBox(first + step * double(s), step * kBoxPart, category.values[s], colour);
    }
    painter_.save();
    painter_.setPen(Qt::black);
    painter_.translate(left + room / 2 + kGap / 2, frame_.bottom() + kGap);
    painter_.rotate(-45);
    const double line = painter_.fontMetrics().height();
    painter_.drawText(QRectF(-300, -line / 2, 300, line), Qt::AlignRight | Qt::AlignVCenter, category.name);
    painter_.restore();
  }

  void drawBox(double middle, double width, std::vector<double> values, const QColor& colour) const {
    if (plot_.logarithmic) std::erase_if(values, [](double value) { return !(value > 0); });
    if (values.empty()) return;
    const BoxFigures box = boxFigures(std::move(values));
    const auto across = [&](double value, double half) {
      painter_.drawLine(QPointF(middle - half, heightOf(value)), QPointF(middle + half, heightOf(value)));
    };
    painter_.setPen(QPen(Qt::black, 0.8));
    painter_.drawLine(QPointF(middle, heightOf(box.lowerWhisker)), QPointF(middle, heightOf(box.lowerQuartile)));
    painter_.drawLine(QPointF(middle, heightOf(box.upperQuartile)), QPointF(middle, heightOf(box.upperWhisker)));
    across(box.lowerWhisker, width / 4);
    across(box.upperWhisker, width / 4);
    painter_.setBrush(colour);
    painter_.drawRect(QRectF(QPointF(middle - width / 2, heightOf(box.upperQuartile)),
                             QPointF(middle + width / 2, heightOf(box.lowerQuartile))));
    painter_.setBrush(Qt::NoBrush);
    painter_.setPen(QPen(Qt::black, 1.6));
    across(box.median, width / 2);
    painter_.setPen(QPen(Qt::black, 0.8));
    for (const double outlier : box.outliers)
      painter_.drawEllipse(QPointF(middle, heightOf(outlier)), kOutlierRadius, kOutlierRadius);
  }

  void drawLegend() const {
    const double line = painter_.fontMetrics().height(), y = area_.top() + line + 2 * kGap;
    double width = 0;
    const auto widthOf = [&](const QString& name) {
      return line + kGap + painter_.fontMetrics().horizontalAdvance(name) + 2 * kGap;
    };
    for (const auto& series : plot_.series) width += widthOf(series.name);
    double x = frame_.center().x() - width / 2;
    for (const auto& series : plot_.series) {
      painter_.setPen(QPen(Qt::black, 0.8));
      painter_.setBrush(series.colour);
      painter_.drawRect(QRectF(x, y + 2, line - 4, line - 4));
      painter_.setBrush(Qt::NoBrush);
      painter_.drawText(QPointF(x + line + kGap / 2, y + painter_.fontMetrics().ascent()), series.name);
      x += widthOf(series.name);
    }
  }

  QPainter& painter_;
  QRectF area_;
  const BoxPlot& plot_;
  ValueAxis axis_;
  QRectF frame_;
};

}  // namespace

BoxFigures boxFigures(std::vector<double> values) {
  BoxFigures box;
  box.lowerQuartile = percentile(values, 25);
  box.median = percentile(values, 50);
  box.upperQuartile = percentile(values, 75);
  const double reach = 1.5 * (box.upperQuartile - box.lowerQuartile);
  std::ranges::sort(values);
  const auto first = std::ranges::lower_bound(values, box.lowerQuartile - reach);
  const auto last = std::ranges::upper_bound(values, box.upperQuartile + reach);
  box.lowerWhisker = *first;
  box.upperWhisker = *(last - 1);
  box.outliers.assign(values.begin(), first);
  box.outliers.insert(box.outliers.end(), last, values.end());
  return box;
}

void paintBoxPlot(QPainter& painter, const QRectF& area, const BoxPlot& plot) { Drawing(painter, area, plot).draw(); }

}  // namespace recontour
