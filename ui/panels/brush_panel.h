#pragma once

#include "core/workbench/workbench_state.h"
#include "ui/panels/correction_editor.h"
#include "ui/panels/edit_rules_editor.h"
#include "ui/panels/section.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSlider;

namespace recontour {

inline constexpr double kSmallestRadiusMm = 0.5, kLargestRadiusMm = 60;

/// The radius `steps` steps larger (or, negative, smaller): about 15 % each, at least 0.25 mm, in quarters of a mm.
double steppedRadius(double radiusMm, int steps);

enum class PaintTool { Brush, Eraser, ThresholdBrush, Lasso, FloodFill, AdaptiveBrush, Redraw, Nudge, Correct, Cut };

/// What belongs to the tools that change labels: size and shape, HU range, and where strokes may go. The size shown is
/// the diameter in mm.
class BrushPanel : public Section {
  Q_OBJECT
 public:
  explicit BrushPanel(QWidget* parent = nullptr);
  void setBrush(const BrushSettings& brush);  ///< emits nothing
  void setTool(PaintTool tool);               ///< shows what that tool needs
  EditRulesEditor& rulesEditor() { return *rules_; }
  QComboBox& lassoBox() { return *lasso_; }
  CorrectionEditor& correctionEditor() { return *correction_; }
  QSlider& slider() { return *size_; }
  QPushButton& ballButton() { return *ball_; }
  QString sizeText() const;

 Q_SIGNALS:
  void brushChanged(const recontour::BrushSettings& brush);

 private:
  void buildSize();
  void buildShape();
  void buildHu();
  void buildLasso();
  void buildCorrection();
  void emitChanged();
  BrushSettings brush_;
  QLabel* sizeText_ = nullptr;
  QSlider* size_ = nullptr;
  QPushButton* disc_ = nullptr;
  QCheckBox* pressure_ = nullptr;
  QPushButton* ball_ = nullptr;
  QWidget* sizePart_ = nullptr;
  QWidget* shapePart_ = nullptr;
  QWidget* huPart_ = nullptr;
  QSpinBox* lowHu_ = nullptr;
  QSpinBox* highHu_ = nullptr;
  QLabel* hint_ = nullptr;
  QComboBox* lasso_ = nullptr;
  CorrectionEditor* correction_ = nullptr;
  EditRulesEditor* rules_ = nullptr;
};

}  // namespace recontour
