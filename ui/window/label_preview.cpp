#include "ui/window/label_preview.h"

#include <QPainter>
#include <QWheelEvent>
#include <algorithm>

namespace recontour {

LabelPreview::LabelPreview(const Case& shown, const AxisMap& axisMap, QWidget* parent)
    : QWidget(parent), volume_(shown.volume), axisMap_(axisMap), slice_(axisMap.slices(Plane::Axial) / 2) {
  setMinimumSize(360, 300);
  picture_.setWindowLevel(kAbdomenWindow);
  transform_.setPicture({double(axisMap_.columns(Plane::Axial)), double(axisMap_.rows(Plane::Axial))},
                        {axisMap_.columnSpacingMm(Plane::Axial), axisMap_.rowSpacingMm(Plane::Axial)});
}

void LabelPreview::setLabels(const LabelMap& labels, const LabelPalette& palette) {
  labels_ = labels;
  picture_.setPalette(palette);
  readSlice();
}

void LabelPreview::setSlice(int slice) {
  slice = std::clamp(slice, 0, axisMap_.slices(Plane::Axial) - 1);
  if (slice == slice_) return;
  slice_ = slice;
  readSlice();
  Q_EMIT sliceChanged(slice);
}

int LabelPreview::fullestSlice(const LabelMap& labels) const {
  int fullest = slice_;
  std::ptrdiff_t most = 0;
  Slice<Label> pixels;
  for (int slice = 0; slice < axisMap_.slices(Plane::Axial); ++slice) {
    extractSlice(labels, axisMap_, Plane::Axial, slice, pixels);
    const auto count = std::ranges::count_if(pixels.pixels, [](Label label) { return label != 0; });
    if (count > most) {
      most = count;
      fullest = slice;
    }
  }
  return fullest;
}

void LabelPreview::readSlice() {
  picture_.readGrey(volume_, axisMap_, Plane::Axial, slice_);
  if (!labels_.empty()) picture_.readLabels(labels_, axisMap_, Plane::Axial, slice_);
  update();
}

void LabelPreview::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  painter.fillRect(event->rect(), Qt::black);
  picture_.setFrame(transform_, size(), devicePixelRatioF());
  picture_.paint(painter, event->rect());
  const EdgeLetters letters = axisMap_.letters(Plane::Axial);
  painter.setPen(Qt::white);
  const QRect inside = rect().adjusted(8, 4, -8, -4);
  painter.drawText(inside, Qt::AlignLeft | Qt::AlignVCenter, QString::fromStdString(letters.left));
  painter.drawText(inside, Qt::AlignRight | Qt::AlignVCenter, QString::fromStdString(letters.right));
  painter.drawText(inside, Qt::AlignHCenter | Qt::AlignTop, QString::fromStdString(letters.top));
  painter.drawText(inside, Qt::AlignHCenter | Qt::AlignBottom, QString::fromStdString(letters.bottom));
}

void LabelPreview::resizeEvent(QResizeEvent*) {
  transform_.setViewport(rect());
  transform_.fit();
}

void LabelPreview::wheelEvent(QWheelEvent* event) { setSlice(slice_ + (event->angleDelta().y() > 0 ? 1 : -1)); }

}  // namespace recontour
