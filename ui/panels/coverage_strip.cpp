#include "ui/panels/coverage_strip.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kHeight = 18;
constexpr double kTickWidth = 2.5;

}  // namespace

CoverageStrip::CoverageStrip(QWidget* parent) : QWidget(parent) {
  setFixedHeight(kHeight);
  setCursor(Qt::PointingHandCursor);
  setToolTip(tr("Axial slices with strokes, from the feet (left) to the head. Click to go there."));
  setAccessibleName(tr("Slices with strokes"));
}

void CoverageStrip::setTicks(int slices, const std::vector<Tick>& ticks) {
  slices_ = slices;
  ticks_ = ticks;
  update();
}

double CoverageStrip::xOf(int slice) const { return (slice + 0.5) * width() / std::max(1, slices_); }

void CoverageStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().line);
  for (const Tick& tick : ticks_) {
    const double height = static_cast<double>(kHeight) / static_cast<double>(tick.colours.size());
    for (std::size_t i = 0; i < tick.colours.size(); ++i) {
      const QRectF part(xOf(tick.slice) - kTickWidth / 2, static_cast<double>(i) * height, kTickWidth, height);
      painter.fillRect(part, tick.colours[i]);
    }
  }
}

void CoverageStrip::mousePressEvent(QMouseEvent* event) {
  if (slices_ == 0) return;
  const int slice = static_cast<int>(std::floor(event->position().x() * slices_ / width()));
  const auto distance = [&](const Tick& tick) { return std::abs(tick.slice - slice); };
  const auto nearest = std::ranges::min_element(ticks_, {}, distance);
  const bool meansTick = nearest != ticks_.end() && std::abs(xOf(nearest->slice) - event->position().x()) < 4;
  Q_EMIT sliceChosen(std::clamp(meansTick ? nearest->slice : slice, 0, slices_ - 1));
}

}  // namespace recontour
