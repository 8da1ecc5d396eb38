#pragma once
#include <QFrame>

class QLabel;
class QPushButton;

namespace recontour {

/// Says that a session is shown again and how far it is; pauses it.
class ReplayBar final : public QFrame {
  Q_OBJECT
 public:
  explicit ReplayBar(QWidget* parent = nullptr);
  /// @param speed  e.g. 4
  void setPosition(double positionS, double durationS, double speed);
  void setRunning(bool running);
  void setEnded();
  QString text() const;

 Q_SIGNALS:
  void runningWanted(bool running);

 private:
  QLabel* text_ = nullptr;
  QPushButton* pause_ = nullptr;
  bool running_ = false;
};

}  // namespace recontour
