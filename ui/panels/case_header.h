#pragma once
#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace recontour {

/// At the right of the menu bar: case, reader, timer with pause, and Accept.
class CaseHeader : public QWidget {
  Q_OBJECT
 public:
  explicit CaseHeader(QWidget* parent = nullptr);
  /// @param name  empty without a case
  void setCase(const QString& name, const QString& reader, bool synthetic, bool readOnly);
  /// In place of case and reader. @param text  rich text
  void setStudy(const QString& text, bool timer, bool mayPause);
  void setTime(double activeSeconds, bool paused);
  void setAccept(bool possible, bool accepted);
  void setLeft(int organs);  ///< how many organs are not done
  QPushButton& acceptButton() { return *accept_; }
  QToolButton& pauseButton() { return *pause_; }
  QString timeText() const;

 Q_SIGNALS:
  void pauseToggled(bool paused);
  void acceptClicked();
  void nextClicked();

 private:
  bool inStudy_ = false;
  QLabel* case_ = nullptr;
  QLabel* synthetic_ = nullptr;
  QLabel* readOnly_ = nullptr;
  QLabel* dot_ = nullptr;
  QLabel* time_ = nullptr;
  QToolButton* pause_ = nullptr;
  QPushButton* next_ = nullptr;
  QPushButton* accept_ = nullptr;
};

}  // namespace recontour
