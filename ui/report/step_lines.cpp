#include "ui/report/step_lines.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/report/panel_grid.h"

namespace recontour {
namespace {

constexpr int kTextPoints = 8, kTickPoints = 7;
constexpr double kHeading = 40, kPanelHeight = 165;

/// One drawing; all lengths in points.
class Drawing {
 public:
  Drawing(QPainter& painter, const QRectF& area, const StepLines& plot)
      : painter_(painter), area_(area), plot_(plot), up_(axisOf(plot, true)), across_(axisOf(plot, false)) {}

  void draw() {
    painter_.setRenderHint(QPainter::Antialiasing);
    const double heading = paintFigureHeading(painter_, area_, plot_.title, plot_.mark, plot_.legend);
    const auto rooms = panelRooms(area_.adjusted(0, heading, 0, 0), plot_.panels.size(), plot_.columns);
    for (std::size_t i = 0; i < rooms.size(); ++i)
      drawPanel(plot_.panels[i], rooms[i], i % static_cast<std::size_t>(plot_.columns) == 0);
  }

 private:
  static ValueAxis axisOf(const StepLines& plot, bool up) {
    std::vector<double> values;
    for (const auto& panel : plot.panels)
      for (const auto& line : panel.lines)
        for (const QPointF& point : line.points) values.push_back(up ? point.y() : point.x());
    if (up) return ValueAxis::around(values, false, {}, plot.largest);
    return ValueAxis::around(values, false, 0.0, values.empty() ? 0 : std::ranges::max(values));
  }

  void drawPanel(const StepLines::Panel& panel, const QRectF& area, bool first) {
    frame_ = area.adjusted(0, 15, 0, -26);
    paintPanelText(painter_, QRectF(area.left(), area.top(), area.width(), 12), panel.title,
                   figureFont(kTextPoints, true), kInk);
    paintPanelGrid(painter_, frame_, up_, first);
    if (first) paintAxisName(painter_, area_, frame_, plot_.axis);
    drawTimes();
    for (const bool strong : {false, true})
      for (const StepLines::Line& line : panel.lines)
        if (line.strong == strong) drawLine(line);
  }

  void drawTimes() {
    painter_.setPen(QPen(QColor(kDim), 0.6));
    painter_.drawLine(frame_.bottomLeft(), frame_.bottomRight());
    const QStringList texts = tickTexts(across_);
    for (std::size_t i = 0; i < across_.ticks().size(); ++i) {
      const double x = at({across_.ticks()[i].value, 0}).x();
      painter_.setPen(QPen(QColor(kDim), 0.6));
      painter_.drawLine(QPointF(x, frame_.bottom()), QPointF(x, frame_.bottom() + 2));
      paintPanelText(painter_, QRectF(x - 14, frame_.bottom() + 3, 28, 9), texts[static_cast<qsizetype>(i)],
                     figureFont(kTickPoints), kDim);
    }
    paintPanelText(painter_, QRectF(frame_.left(), frame_.bottom() + 13, frame_.width(), 10), plot_.across,
                   figureFont(kTickPoints), kDim);
  }

  QPointF at(const QPointF& value) const {
    return {frame_.left() + across_.part(value.x()) * frame_.width(),
            frame_.bottom() - up_.part(value.y()) * frame_.height()};
  }

  void drawLine(const StepLines::Line& line) {
    if (line.points.empty()) return;
    QPainterPath path(at(line.points.front()));
    for (std::size_t i = 1; i < line.points.size(); ++i) {
      path.lineTo(at({line.points[i].x(), line.points[i - 1].y()}));
      path.lineTo(at(line.points[i]));
    }
    QColor colour = line.colour;
    if (!line.strong) colour.setAlphaF(0.3F);
    QPen pen(colour, line.strong ? 1.8 : 0.5);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::MiterJoin);
    painter_.strokePath(path, pen);
  }

  QPainter& painter_;
  QRectF area_;
  const StepLines& plot_;
  ValueAxis up_, across_;
  QRectF frame_;
};

}  // namespace

void paintStepLines(QPainter& painter, const QRectF& area, const StepLines& plot) {
  Drawing(painter, area, plot).draw();
}

double stepLinesHeight(const StepLines& plot) {
  return kHeading + kPanelHeight * double(panelRows(plot.panels.size(), plot.columns));
}

}  // namespace recontour
