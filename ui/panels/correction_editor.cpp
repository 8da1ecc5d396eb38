#include "ui/panels/correction_editor.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <cmath>

namespace recontour {
namespace {

constexpr int kShortestReachMm = 3, kLongestReachMm = 60;

}  // namespace

CorrectionEditor::CorrectionEditor(QWidget* parent) : QWidget(parent) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  method_ = new QComboBox(this);
  method_->addItem(tr("Grow through the slices"), static_cast<int>(CorrectionMethod::Growth));
  method_->addItem(tr("Cut out on the slice (GrabCut)"), static_cast<int>(CorrectionMethod::Cut));
  method_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  method_->setMinimumContentsLength(10);
  method_->setAccessibleName(tr("How strokes are solved"));
  layout->addWidget(method_);
  auto* line = new QHBoxLayout;
  reachText_ = new QLabel(this);
  line->addWidget(new QLabel(tr("Reach"), this));
  line->addStretch(1);
  line->addWidget(reachText_);
  layout->addLayout(line);
  reach_ = new QSlider(Qt::Horizontal, this);
  reach_->setRange(kShortestReachMm, kLongestReachMm);
  reach_->setAccessibleName(tr("Reach"));
  reach_->setToolTip(tr("Nothing changes farther from your lines, in mm; edges in the CT make ways longer"));
  layout->addWidget(reach_);
  accept_ = new QPushButton(tr("Accept (Enter)"), this);
  accept_->setProperty("role", QStringLiteral("accent"));
  reject_ = new QPushButton(tr("Reject (Esc)"), this);
  layout->addWidget(accept_);
  layout->addWidget(reject_);
  connect(method_, &QComboBox::activated, this, &CorrectionEditor::emitSettings);
  connect(reach_, &QSlider::valueChanged, this, &CorrectionEditor::emitSettings);
  connect(accept_, &QPushButton::clicked, this, &CorrectionEditor::accepted);
  connect(reject_, &QPushButton::clicked, this, &CorrectionEditor::rejected);
  setBrush({});
  setStrokes(0);
}

void CorrectionEditor::setBrush(const BrushSettings& brush) {
  const QSignalBlocker quiet(reach_);
  method_->setCurrentIndex(method_->findData(static_cast<int>(brush.correction)));
  reach_->setValue(static_cast<int>(std::lround(brush.reachMm)));
  showReach();
}

void CorrectionEditor::setStrokes(int strokes) {
  accept_->setEnabled(strokes > 0);
  reject_->setEnabled(strokes > 0);
}

void CorrectionEditor::showReach() { reachText_->setText(tr("%1 mm").arg(reach_->value())); }

void CorrectionEditor::emitSettings() {
  showReach();
  Q_EMIT settingsChanged(static_cast<CorrectionMethod>(method_->currentData().toInt()), reach_->value());
}

}  // namespace recontour
