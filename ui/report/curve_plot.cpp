#include "ui/report/curve_plot.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <span>

#include "ui/report/value_axis.h"

namespace recontour {
namespace {

constexpr int kTextPoints = 10;
constexpr double kGap = 6, kLine = 13;
constexpr double kScoreRadius = 2.5, kMeanWidth = 1.8;
constexpr int kFaint = 90;             // alpha of the raw points
constexpr std::size_t kPerColumn = 2;  // points that are worth drawing for each point of width

std::vector<double> heights(const std::vector<QPointF>& points) {
  std::vector<double> values;
  for (const QPointF& point : points) values.push_back(point.y());
  return values;
}

/// From 0 on where it is linear, so that a loss is seen to go down or not.
ValueAxis lossAxis(const CurvePlot& plot) {
  const auto least = plot.logarithmic ? std::nullopt : std::optional(0.0);
  return ValueAxis::around(heights(plot.loss), plot.logarithmic, least, {});
}

ValueAxis iterationAxis(const CurvePlot& plot) {
  double last = std::max(plot.last, 1.0);
  if (!plot.loss.empty()) last = std::max(last, plot.loss.back().x());
  return ValueAxis::around({}, false, 0.0, last);
}

/// Long trainings have more points than can be seen: the smallest and largest of each stretch.
std::vector<QPointF> thinned(const std::vector<QPointF>& points, double width) {
  const auto room = std::max<std::size_t>(2, static_cast<std::size_t>(width) * kPerColumn);
  if (points.size() <= room) return points;
  const std::size_t stretch = 2 * points.size() / room + 1;
  std::vector<QPointF> kept;
  for (std::size_t from = 0; from < points.size(); from += stretch) {
    const auto part = std::span(points).subspan(from, std::min(stretch, points.size() - from));
    const auto [low, high] = std::ranges::minmax_element(part, {}, &QPointF::y);
    kept.push_back(low < high ? *low : *high);
    if (low != high) kept.push_back(low < high ? *high : *low);
  }
  return kept;
}

/// One drawing; all lengths in points.
class Drawing {
 public:
  Drawing(QPainter& painter, const QRectF& area, const CurvePlot& plot)
      : painter_(painter),
        area_(area),
        frame_(curveFrame(area, plot)),
        plot_(plot),
        loss_(lossAxis(plot)),
        score_(ValueAxis::around({}, false, 0.0, 1.0)),
        iterations_(iterationAxis(plot)) {
    painter.setFont(figureFont(kTextPoints));
    painter.setRenderHint(QPainter::Antialiasing);
  }

  void draw() {
    painter_.fillRect(area_, plot_.colours.ground);
    drawAxes();
    drawLegend();
    painter_.save();
    painter_.setClipRect(frame_);
    drawLoss();
    drawScore();
    painter_.restore();
  }

 private:
  QPointF place(const QPointF& point, const ValueAxis& axis) const {
    return {frame_.left() + iterations_.part(point.x()) * frame_.width(),
            frame_.bottom() - axis.part(point.y()) * frame_.height()};
  }

  void drawAxes() const {
    const auto text = [&](const QRectF& where, int align, const QString& what) {
      painter_.setPen(plot_.colours.text);
      painter_.drawText(where, align | Qt::AlignVCenter, what);
    };
    const auto grid = [&](double y) {
      painter_.setPen(QPen(plot_.colours.grid, 1));
      painter_.drawLine(QPointF(frame_.left(), y), QPointF(frame_.right(), y));
    };
    const double left = frame_.left() - area_.left() - kGap;
    for (std::size_t i = 0; i < loss_.ticks().size(); ++i) {
      const double y = frame_.bottom() - loss_.part(loss_.ticks()[i].value) * frame_.height();
      grid(y);
      text({area_.left(), y - kLine, left, 2 * kLine}, Qt::AlignRight, loss_.ticks()[i].text);
    }
    for (const ValueAxis::Tick& tick : score_.ticks()) {
      const double y = frame_.bottom() - score_.part(tick.value) * frame_.height();
      text({frame_.right() + kGap, y - kLine, 40, 2 * kLine}, Qt::AlignLeft, QString::number(tick.value, 'f', 1));
    }
    for (const ValueAxis::Tick& tick : iterations_.ticks()) {
      const double x = frame_.left() + iterations_.part(tick.value) * frame_.width();
      text({x - 40, frame_.bottom() + 3, 80, kLine}, Qt::AlignHCenter, tick.text);
    }
    text({frame_.left(), frame_.bottom() + 3 + kLine, frame_.width(), kLine}, Qt::AlignHCenter, plot_.xName);
    drawUpright(area_.left(), plot_.lossName, plot_.colours.loss);
    drawUpright(area_.right() - kLine, plot_.scoreName, plot_.colours.score);
    painter_.setPen(QPen(plot_.colours.grid, 1));
    painter_.drawRect(frame_);
  }

  void drawUpright(double x, const QString& name, const QColor& colour) const {
    painter_.save();
    painter_.setPen(colour);
    painter_.translate(x, frame_.center().y());
    painter_.rotate(-90);
    painter_.drawText(QRectF(-frame_.height() / 2, 0, frame_.height(), kLine), Qt::AlignCenter, name);
    painter_.restore();
  }

  void drawLegend() const {
    double x = frame_.left();
    const double middle = area_.top() + kGap + kLine / 2;
    const auto entry = [&](const QString& name, const QPen& pen, bool marker) {
      if (name.isEmpty()) return;
      painter_.setPen(pen);
      painter_.drawLine(QPointF(x, middle), QPointF(x + 18, middle));
      if (marker) drawMarker({x + 9, middle});
      painter_.setPen(plot_.colours.text);
      painter_.drawText(QRectF(x + 23, middle - kLine, 300, 2 * kLine), Qt::AlignLeft | Qt::AlignVCenter, name);
      x += 23 + textWidth(painter_.font(), name) + 3 * kGap;
    };
    entry(plot_.lossName, rawPen(), false);
    entry(plot_.meanName, QPen(plot_.colours.loss, kMeanWidth), false);
    entry(plot_.scoreName, scorePen(), true);
  }

  QPen rawPen() const {
    QColor faint = plot_.colours.loss;
    faint.setAlpha(kFaint);
    return QPen(faint, 1);
  }
  QPen scorePen() const { return QPen(plot_.colours.score, 1.2); }

  void drawMarker(const QPointF& at) const {
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(plot_.colours.score);
    painter_.drawEllipse(at, kScoreRadius, kScoreRadius);
    painter_.setBrush(Qt::NoBrush);
  }

  void drawLine(const std::vector<QPointF>& points, const ValueAxis& axis, const QPen& pen) const {
    std::vector<QPointF> places;
    for (const QPointF& point : thinned(points, frame_.width())) places.push_back(place(point, axis));
    painter_.setPen(pen);
    painter_.drawPolyline(places.data(), static_cast<int>(places.size()));
  }

  void drawLoss() const {
    std::vector<QPointF> points = plot_.loss;
    std::erase_if(points, [&](const QPointF& point) {
      return !std::isfinite(point.y()) || (plot_.logarithmic && point.y() <= 0);
    });
    drawLine(points, loss_, rawPen());
    drawLine(runningMean(points, plot_.meanOf), loss_, QPen(plot_.colours.loss, kMeanWidth));
  }

  void drawScore() const {
    drawLine(plot_.score, score_, scorePen());
    for (const QPointF& point : plot_.score) drawMarker(place(point, score_));
  }

  QPainter& painter_;
  QRectF area_, frame_;
  const CurvePlot& plot_;
  ValueAxis loss_, score_, iterations_;
};

}  // namespace

std::vector<QPointF> runningMean(const std::vector<QPointF>& points, int count) {
  std::vector<QPointF> means;
  double sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto most = static_cast<std::size_t>(count);
    sum += points[i].y();
    if (i >= most) sum -= points[i - most].y();
    means.emplace_back(points[i].x(), sum / static_cast<double>(std::min(i + 1, most)));
  }
  return means;
}

QRectF curveFrame(const QRectF& area, const CurvePlot& plot) {
  const ValueAxis axis = lossAxis(plot);
  double widest = 0;
  for (const ValueAxis::Tick& tick : axis.ticks())
    widest = std::max(widest, textWidth(figureFont(kTextPoints), tick.text));
  return area.adjusted(kLine + widest + 2 * kGap, kLine + 2.5 * kGap, -(kLine + 20 + 2 * kGap), -(2 * kLine + kGap));
}

void paintCurvePlot(QPainter& painter, const QRectF& area, const CurvePlot& plot) {
  Drawing(painter, area, plot).draw();
}

}  // namespace recontour
