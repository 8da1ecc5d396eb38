#include "ui/report/paired_dots.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/report/figure_style.h"
#include "ui/report/panel_grid.h"

namespace recontour {
namespace {

constexpr int kTextPoints = 8, kNotePoints = 7;
constexpr double kLine = 10, kRadius = 1.9, kHeading = 24;

/// One drawing; all lengths in points.
class Drawing {
 public:
  Drawing(QPainter& painter, const QRectF& area, const PairedDots& plot)
      : painter_(painter), area_(area), plot_(plot), axis_(axisOf(plot)) {}

  void draw() {
    painter_.setRenderHint(QPainter::Antialiasing);
    const double heading = paintFigureHeading(painter_, area_, plot_.title, plot_.mark, {});
    const auto rooms = panelRooms(area_.adjusted(0, heading, 0, 0), plot_.panels.size(), plot_.columns);
    for (std::size_t i = 0; i < rooms.size(); ++i)
      drawPanel(plot_.panels[i], rooms[i], i % static_cast<std::size_t>(plot_.columns) == 0);
  }

 private:
  static ValueAxis axisOf(const PairedDots& plot) {
    std::vector<double> values;
    for (const auto& panel : plot.panels) {
      for (const auto& pair : panel.pairs) values.insert(values.end(), {pair.before, pair.after});
    }
    return ValueAxis::around(values, false, {}, plot.largest);
  }

  void drawPanel(const PairedDots::Panel& panel, const QRectF& area, bool first) {
    const double notes = kLine * static_cast<double>(panel.notes.size());
    frame_ = area.adjusted(0, 15, 0, -(notes + 15));
    paintPanelText(painter_, QRectF(area.left(), area.top(), area.width(), 12), panel.title,
                   figureFont(kTextPoints, true), kInk);
    paintPanelGrid(painter_, frame_, axis_, first);
    if (first) paintAxisName(painter_, area_, frame_, plot_.axis);
    drawPairs(panel);
    const double half = frame_.width() / 2;
    const QFont font = figureFont(kNotePoints);
    paintPanelText(painter_, QRectF(frame_.left(), frame_.bottom() + 3, half, kLine), panel.beforeName, font, kDim);
    paintPanelText(painter_, QRectF(frame_.left() + half, frame_.bottom() + 3, half, kLine), panel.afterName, font,
                   kDim);
    for (qsizetype i = 0; i < panel.notes.size(); ++i)
      paintPanelText(painter_,
                     QRectF(area.left() - 4, frame_.bottom() + 14 + kLine * double(i), area.width() + 8, kLine),
                     panel.notes[i], font, kInk);
  }

  double heightOf(double value) const { return frame_.bottom() - axis_.part(value) * frame_.height(); }

  void drawPairs(const PairedDots::Panel& panel) {
    const double left = frame_.left() + frame_.width() * 0.25, right = frame_.left() + frame_.width() * 0.75;
    QColor line = panel.colour;
    line.setAlphaF(0.55F);
    painter_.setPen(QPen(line, 0.7));
    for (const auto& pair : panel.pairs)
      painter_.drawLine(QPointF(left, heightOf(pair.before)), QPointF(right, heightOf(pair.after)));
    painter_.setPen(Qt::NoPen);
    for (const auto& pair : panel.pairs) {
      painter_.setBrush(startColour());
      painter_.drawEllipse(QPointF(left, heightOf(pair.before)), kRadius, kRadius);
      painter_.setBrush(panel.colour);
      painter_.drawEllipse(QPointF(right, heightOf(pair.after)), kRadius, kRadius);
    }
    painter_.setBrush(Qt::NoBrush);
  }

  QPainter& painter_;
  QRectF area_;
  const PairedDots& plot_;
  ValueAxis axis_;
  QRectF frame_;
};

}  // namespace

void paintPairedDots(QPainter& painter, const QRectF& area, const PairedDots& plot) {
  Drawing(painter, area, plot).draw();
}

double pairedDotsHeight(const PairedDots& plot) {
  return kHeading + plot.panelHeight * double(panelRows(plot.panels.size(), plot.columns));
}

}  // namespace recontour
