#pragma once
#include <QPainter>
#include <QWidget>

#include "ui/report/box_plot.h"

namespace recontour {

/// A plot in a window, by the painter of the figures that are saved.
class PlotWidget final : public QWidget {
 public:
  using QWidget::QWidget;
  void setPlot(const BoxPlot& plot) {
    plot_ = plot;
    update();
  }
  const BoxPlot& plot() const { return plot_; }

 protected:
  void paintEvent(QPaintEvent*) override {
    if (plot_.categories.empty()) return;
    QPainter painter(this);
    paintBoxPlot(painter, rect(), plot_);
  }

 private:
  BoxPlot plot_;
};

}  // namespace recontour
