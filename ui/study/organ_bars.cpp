#include "ui/study/organ_bars.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/panels/theme.h"

namespace recontour {

OrganBars::OrganBars(Text text, QWidget* parent) : QWidget(parent), text_(std::move(text)) {}

void OrganBars::setFigures(std::vector<OrganFigure> figures) {
  figures_ = std::move(figures);
  lowest_ = highest_ = 0;
  for (const OrganFigure& figure : figures_) {
    lowest_ = std::min(lowest_, figure.value);
    highest_ = std::max(highest_, figure.value);
  }
  updateGeometry();
  update();
}

QSize OrganBars::sizeHint() const { return {320, static_cast<int>(figures_.size()) * kRow}; }
QSize OrganBars::minimumSizeHint() const { return {kName + kValue + 60, sizeHint().height()}; }

int OrganBars::rowHeight() const {
  const int count = std::max(1, static_cast<int>(figures_.size()));
  return std::clamp(height() / count, kRow, kLargestRow);
}

void OrganBars::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  int top = 0;
  for (const OrganFigure& figure : figures_) {
    paintRow(painter, {0, top, width(), rowHeight()}, figure);
    top += rowHeight();
  }
}

void OrganBars::paintRow(QPainter& painter, const QRect& row, const OrganFigure& figure) const {
  painter.setPen(theme().text);
  const QRect name(row.left(), row.top(), kName - 6, row.height());
  painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                   painter.fontMetrics().elidedText(QString::fromStdString(figure.name), Qt::ElideRight, name.width()));
  painter.drawText(QRect(row.right() - kValue, row.top(), kValue, row.height()), Qt::AlignVCenter | Qt::AlignRight,
                   figure.readings == 0 ? QStringLiteral("-") : text_(figure.value));
  const QRectF track(kName, row.center().y() + 1 - kBar / 2.0, row.width() - kName - kValue - 8, kBar);
  painter.setPen(Qt::NoPen);
  painter.setBrush(mixed(theme().line, theme().panel, 0.7));
  painter.drawRoundedRect(track, 2, 2);
  const double range = highest_ - lowest_;
  if (range <= 0 || figure.value == 0) return;
  const auto at = [&](double value) { return track.left() + (value - lowest_) / range * track.width(); };
  const double from = at(std::min(0.0, figure.value)), to = at(std::max(0.0, figure.value));
  painter.setBrush(figure.value < 0 ? theme().error : theme().accent);
  painter.drawRoundedRect(QRectF(from, track.top(), std::max(1.0, to - from), kBar), 2, 2);
}

bool OrganBars::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const auto row = static_cast<std::size_t>(std::max(0, help->pos().y() / rowHeight()));
  if (row < figures_.size())
    QToolTip::showText(help->globalPos(), tr("%1: mean of %n reading(s)", nullptr, figures_[row].readings)
                                              .arg(QString::fromStdString(figures_[row].name)));
  return true;
}

}  // namespace recontour
