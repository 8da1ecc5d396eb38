#pragma once
#include <QWidget>
#include <optional>

#include "core/workbench/workbench_state.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace recontour {

/// The model's part of the status line: what runs and how long it still takes, or how it ended.
class PredictionLine : public QWidget {
  Q_OBJECT
 public:
  explicit PredictionLine(QWidget* parent = nullptr);
  void setStatus(const PredictionStatus& status);
  /// Where the contours came from: a badge for a demo model, and the name while no model has run in this sitting.
  void setOrigin(const std::optional<ContourOrigin>& origin);
  void setWaiting();  ///< a case is open, and nothing was drawn on it
  /// What is being read while a case opens; empty when nothing is.
  void setOpening(const QString& text, int done, int total);
  QString text() const;
  QPushButton& cancelButton() { return *cancel_; }
  QPushButton& againButton() { return *again_; }

 Q_SIGNALS:
  void cancelClicked();
  void againClicked();  ///< after it failed or was cancelled

 private:
  void show(const QString& text, const char* role, const QString& toolTip);
  void setProgress(int done, int total);
  void showRunning(const PredictionStatus& status);
  QLabel* badge_ = nullptr;
  QLabel* bare_ = nullptr;  ///< the model ran without a sandbox
  QLabel* model_ = nullptr;
  QLabel* text_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QPushButton* again_ = nullptr;
};

}  // namespace recontour
