#pragma once
#include <QWidget>

#include "core/workbench/workbench_state.h"

class QComboBox;
class QPushButton;
class QSlider;
class QLabel;

namespace recontour {

/// How strokes of the correction tool are solved, and what becomes of it.
class CorrectionEditor : public QWidget {
  Q_OBJECT
 public:
  explicit CorrectionEditor(QWidget* parent = nullptr);
  void setBrush(const BrushSettings& brush);  ///< emits nothing
  void setStrokes(int strokes);               ///< of the correction that waits for an answer; 0 for none
  QPushButton& acceptButton() { return *accept_; }
  QPushButton& rejectButton() { return *reject_; }
  QComboBox& methodBox() { return *method_; }
  QSlider& reachSlider() { return *reach_; }

 Q_SIGNALS:
  void settingsChanged(recontour::CorrectionMethod method, double reachMm);
  void accepted();
  void rejected();

 private:
  void emitSettings();
  void showReach();
  QComboBox* method_ = nullptr;
  QSlider* reach_ = nullptr;
  QLabel* reachText_ = nullptr;
  QPushButton* accept_ = nullptr;
  QPushButton* reject_ = nullptr;
};

}  // namespace recontour
