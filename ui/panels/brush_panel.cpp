#include "ui/panels/brush_panel.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
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

QString titleOf(PaintTool tool) {
  switch (tool) {
    case PaintTool::Brush:
      return BrushPanel::tr("Brush");
    case PaintTool::Eraser:
      return BrushPanel::tr("Eraser");
    case PaintTool::ThresholdBrush:
      return BrushPanel::tr("Threshold brush");
    case PaintTool::Lasso:
      return BrushPanel::tr("Lasso and polygon");
    case PaintTool::FloodFill:
      return BrushPanel::tr("Flood fill");
    case PaintTool::AdaptiveBrush:
      return BrushPanel::tr("Adaptive brush");
    case PaintTool::Redraw:
      return BrushPanel::tr("Redraw contour");
    case PaintTool::Nudge:
      return BrushPanel::tr("Nudge contour");
    case PaintTool::Correct:
      return BrushPanel::tr("Correct by strokes");
    case PaintTool::Cut:
      return BrushPanel::tr("Split at a line");
  }
  return {};
}

QString hintOf(PaintTool tool) {
  switch (tool) {
    case PaintTool::ThresholdBrush:
    case PaintTool::FloodFill:
      return BrushPanel::tr("I takes the HU range from the pointer. Right button or Ctrl takes away.");
    case PaintTool::Lasso:
      return BrushPanel::tr(
          "Drag around what is to be filled, or click corners: Enter closes, Backspace takes one back, corners can be "
          "dragged. Right button or Ctrl takes away.");
    case PaintTool::AdaptiveBrush:
      return BrushPanel::tr(
          "Stops at edges: paints what is connected with the pointer and has the HU of the circle's middle. Right "
          "button or Ctrl takes away.");
    case PaintTool::Redraw:
      return BrushPanel::tr(
          "Draw the new course of the border. Its ends go to the contour, and the shorter piece is replaced; Tab "
          "replaces the other one.");
    case PaintTool::Nudge:
      return BrushPanel::tr("Begun inside the organ it pushes the border out, from outside it pushes it in.");
    case PaintTool::Correct:
      return BrushPanel::tr(
          "Draw a line where the active organ is, and with the right button or Ctrl where it is not. What lies near "
          "the lines is shared out between them. Choose another organ to draw for it too. Undo takes a line back.");
    case PaintTool::Cut:
      return BrushPanel::tr(
          "Draw a line through another organ: its smaller piece becomes the active organ; Tab gives the other one. "
          "Through the active organ, the piece is taken away.");
    case PaintTool::Brush:
    case PaintTool::Eraser:
      break;
  }
  return BrushPanel::tr("Right button or Ctrl erases. [ and ] or Shift + wheel change the size.");
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
  buildHu();
  pressure_ = new QCheckBox(tr("Pen pressure sets size"), this);
  pressure_->setToolTip(
      tr("From a quarter of the size at a light touch to all of it; a mouse always paints all of it"));
  layout->addWidget(pressure_);
  connect(pressure_, &QCheckBox::toggled, this, [this](bool on) {
    brush_.pressureSize = on;
    Q_EMIT brushChanged(brush_);
  });
  buildLasso();
  buildCorrection();
  rules_ = new EditRulesEditor(this);
  layout->addWidget(rules_);
  connect(rules_, &EditRulesEditor::rulesChanged, this, [this](const EditRules& rules) {
    brush_.rules = rules;
    Q_EMIT brushChanged(brush_);
  });
  hint_ = dimLabel({}, this);
  hint_->setWordWrap(true);
  layout->addWidget(hint_);
  setTool(PaintTool::Brush);
  setBrush({});
}

void BrushPanel::buildSize() {
  sizePart_ = new QWidget(this);
  auto* part = new QVBoxLayout(sizePart_);
  part->setContentsMargins(0, 0, 0, 0);
  auto* line = new QHBoxLayout;
  sizeText_ = new QLabel(this);
  line->addWidget(new QLabel(tr("Size"), this));
  line->addStretch(1);
  line->addWidget(sizeText_);
  size_ = new QSlider(Qt::Horizontal, this);
  size_->setRange(0, kSliderSteps);
  size_->setAccessibleName(tr("Brush size"));
  size_->setToolTip(tr("Diameter in mm  [ ]"));
  part->addLayout(line);
  part->addWidget(size_);
  bodyLayout()->addWidget(sizePart_);
  connect(size_, &QSlider::valueChanged, this, [this](int position) {
    brush_.radiusMm = radiusAtSlider(position);
    emitChanged();
  });
}

void BrushPanel::buildShape() {
  shapePart_ = new QWidget(this);
  auto* line = new QHBoxLayout(shapePart_);
  line->setContentsMargins(0, 0, 0, 0);
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
  bodyLayout()->addWidget(shapePart_);
  connect(ball_, &QPushButton::toggled, this, [this](bool ball) {
    if (ball == brush_.ball) return;
    brush_.ball = ball;
    emitChanged();
  });
}

void BrushPanel::buildHu() {
  huPart_ = new QWidget(this);
  auto* line = new QHBoxLayout(huPart_);
  line->setContentsMargins(0, 0, 0, 0);
  line->addWidget(new QLabel(tr("HU"), this));
  lowHu_ = new QSpinBox(this);
  highHu_ = new QSpinBox(this);
  lowHu_->setAccessibleName(tr("Lowest HU"));
  highHu_->setAccessibleName(tr("Highest HU"));
  line->addWidget(lowHu_, 1);
  line->addWidget(dimLabel(tr("to"), this));
  line->addWidget(highHu_, 1);
  bodyLayout()->addWidget(huPart_);
  for (QSpinBox* box : {lowHu_, highHu_}) {
    box->setRange(-1024, 3071);
    connect(box, &QSpinBox::valueChanged, this, [this] {
      brush_.hu = {double(lowHu_->value()), double(highHu_->value())};
      Q_EMIT brushChanged(brush_);
    });
  }
}

void BrushPanel::buildLasso() {
  lasso_ = new QComboBox(this);
  lasso_->setAccessibleName(tr("What a lasso does"));
  lasso_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  lasso_->setMinimumContentsLength(10);
  lasso_->addItem(tr("Fills what it encloses"), static_cast<int>(LassoAction::Fill));
  lasso_->addItem(tr("Other organs become this one"), static_cast<int>(LassoAction::Reassign));
  lasso_->addItem(tr("Initial contour again inside"), static_cast<int>(LassoAction::Revert));
  bodyLayout()->addWidget(lasso_);
  connect(lasso_, &QComboBox::activated, this, [this] {
    brush_.lasso = static_cast<LassoAction>(lasso_->currentData().toInt());
    Q_EMIT brushChanged(brush_);
  });
}

void BrushPanel::buildCorrection() {
  correction_ = new CorrectionEditor(this);
  bodyLayout()->addWidget(correction_);
  connect(correction_, &CorrectionEditor::settingsChanged, this, [this](CorrectionMethod method, double reachMm) {
    brush_.correction = method;
    brush_.reachMm = reachMm;
    Q_EMIT brushChanged(brush_);
  });
}

void BrushPanel::setTool(PaintTool tool) {
  const bool fills = tool == PaintTool::FloodFill, redraws = tool == PaintTool::Redraw;
  const bool corrects = tool == PaintTool::Correct, cuts = tool == PaintTool::Cut;
  const bool draws = tool == PaintTool::Lasso || redraws || corrects || cuts, adapts = tool == PaintTool::AdaptiveBrush;
  const bool byHu = fills || tool == PaintTool::ThresholdBrush;
  setTitle(titleOf(tool));
  sizePart_->setVisible(!fills && !draws);
  pressure_->setVisible(!fills && !draws);
  shapePart_->setVisible(cuts || (!draws && !adapts));
  disc_->setText(fills || cuts ? tr("in the slice") : tr("disc"));
  ball_->setText(fills || cuts ? tr("in 3D") : tr("ball"));
  huPart_->setVisible(byHu);
  correction_->setVisible(corrects);
  lasso_->setVisible(tool == PaintTool::Lasso);
  rules_->setVisible(tool != PaintTool::Eraser && !cuts);
  hint_->setText(hintOf(tool));
}

QString BrushPanel::sizeText() const { return sizeText_->text(); }

void BrushPanel::setBrush(const BrushSettings& brush) {
  brush_ = brush;
  const QSignalBlocker quiet(size_);
  size_->setValue(sliderAtRadius(brush.radiusMm));
  const QSignalBlocker quietToo(pressure_);
  pressure_->setChecked(brush.pressureSize);
  const QSignalBlocker quietLow(lowHu_), quietHigh(highHu_);
  lowHu_->setValue(static_cast<int>(brush.hu.low));
  highHu_->setValue(static_cast<int>(brush.hu.high));
  rules_->setRules(brush.rules);
  correction_->setBrush(brush);
  lasso_->setCurrentIndex(lasso_->findData(static_cast<int>(brush.lasso)));
  disc_->setChecked(!brush.ball);
  ball_->setChecked(brush.ball);
  sizeText_->setText(tr("%1 mm").arg(QString::number(2 * brush.radiusMm, 'g', 4)));
}

void BrushPanel::emitChanged() {
  sizeText_->setText(tr("%1 mm").arg(QString::number(2 * brush_.radiusMm, 'g', 4)));
  Q_EMIT brushChanged(brush_);
}

}  // namespace recontour
