#include "ui/panels/brush_panel.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kSliderSteps = 200;

double quarters(double mm) { return std::round(mm * 4) / 4; }

/// The slider is logarithmic: 1 mm more matters at 2 mm, not at 40.
double radiusAtSlider(int position) {
  const double part = static_cast<double>(position) / kSliderSteps;
  return quarters(kSmallestRadiusMm * std::pow(kLargestRadiusMm / kSmallestRadiusMm, part));
}

int sliderAtRadius(double radiusMm) {
  const double part = std::log(radiusMm / kSmallestRadiusMm) / std::log(kLargestRadiusMm / kSmallestRadiusMm);
  return static_cast<int>(std::lround(part * kSliderSteps));
}

}  // namespace

double steppedRadius(double radiusMm, int steps) {
  for (int i = 0; i < std::abs(steps); ++i) {
    const double next = quarters(radiusMm * (steps > 0 ? 1.15 : 1 / 1.15));
    radiusMm = steps > 0 ? std::max(next, radiusMm + 0.25) : std::min(next, radiusMm - 0.25);
  }
  return std::clamp(radiusMm, kSmallestRadiusMm, kLargestRadiusMm);
}

BrushPanel::BrushPanel(QWidget* parent) : Section(tr("Brush"), parent) {
  QVBoxLayout* layout = bodyLayout();
  buildSize();
  buildShape();
  pressure_ = new QCheckBox(tr("Pen pressure sets size"), this);
  pressure_->setToolTip(
      tr("From a quarter of the size at a light touch to all of it; a mouse always paints all of it"));
  layout->addWidget(pressure_);
  connect(pressure_, &QCheckBox::toggled, this, [this](bool on) {
    brush_.pressureSize = on;
    Q_EMIT brushChanged(brush_);
  });
  auto* hint = dimLabel(tr("Right button or Ctrl erases. [ and ] or Shift + wheel change the size."), this);
  hint->setWordWrap(true);
  layout->addWidget(hint);
  setBrush({});
}

void BrushPanel::buildSize() {
  auto* line = new QHBoxLayout;
  sizeText_ = new QLabel(this);
  line->addWidget(new QLabel(tr("Size"), this));
  line->addStretch(1);
  line->addWidget(sizeText_);
  size_ = new QSlider(Qt::Horizontal, this);
  size_->setRange(0, kSliderSteps);
  size_->setAccessibleName(tr("Brush size"));
  size_->setToolTip(tr("Diameter in mm  [ ]"));
  QVBoxLayout* layout = bodyLayout();
  layout->addLayout(line);
  layout->addWidget(size_);
  connect(size_, &QSlider::valueChanged, this, [this](int position) {
    brush_.radiusMm = radiusAtSlider(position);
    emitChanged();
  });
}

void BrushPanel::buildShape() {
  auto* line = new QHBoxLayout;
  line->setSpacing(1);
  auto* group = new QButtonGroup(this);
  const auto button = [&](const QString& text, const QString& tip) {
    auto* made = new QPushButton(text, this);
    made->setProperty("role", QStringLiteral("segment"));
    made->setCheckable(true);
    made->setToolTip(tip);
    group->addButton(made);
    line->addWidget(made, 1);
    return made;
  };
  disc_ = button(tr("disc"), tr("Paints in the slice you see"));
  ball_ = button(tr("ball"), tr("Paints through the neighbouring slices too"));
  bodyLayout()->addLayout(line);
  connect(ball_, &QPushButton::toggled, this, [this](bool ball) {
    if (ball == brush_.ball) return;
    brush_.ball = ball;
    emitChanged();
  });
}

QString BrushPanel::sizeText() const { return sizeText_->text(); }

void BrushPanel::setBrush(const BrushSettings& brush) {
  brush_ = brush;
  const QSignalBlocker quiet(size_);
  size_->setValue(sliderAtRadius(brush.radiusMm));
  const QSignalBlocker quietToo(pressure_);
  pressure_->setChecked(brush.pressureSize);
  disc_->setChecked(!brush.ball);
  ball_->setChecked(brush.ball);
  sizeText_->setText(tr("%1 mm").arg(QString::number(2 * brush.radiusMm, 'g', 4)));
}

void BrushPanel::emitChanged() {
  sizeText_->setText(tr("%1 mm").arg(QString::number(2 * brush_.radiusMm, 'g', 4)));
  Q_EMIT brushChanged(brush_);
}

}  // namespace recontour
