#pragma once
#include <QString>
#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace recontour {

/// What a study's reader sees in place of the views: between cases, before Start, and while it is paused. Nothing of
/// a case is on it.
class StudyPage : public QWidget {
  Q_OBJECT
 public:
  enum class Step { Pin, Next, Opening, Start, Paused, Saving, Finished };
  struct State {
    Step step = Step::Next;
    QString study, reader;
    int number = 0;  ///< of the case that is open or comes next, from 1
    int accepted = 0, cases = 0;
    bool practice = false, simulated = false;
    QString hint;  ///< one sentence: from when on the next case may be opened, how a case begins, ...
  };

  explicit StudyPage(QWidget* parent = nullptr);
  void setState(const State& state);
  void setMessage(const QString& text, bool failure);  ///< below the button; empty for none
  void setReceipt(const QString& receipt);             ///< of the case accepted last
  QPushButton& goOnButton() { return *goOn_; }
  QPushButton& sendButton() { return *send_; }
  QLineEdit& pinEdit() { return *pin_; }

 Q_SIGNALS:
  void pinEntered(const QString& pin);
  void goOnClicked();  ///< next case, Start, or on after a pause
  void sendClicked();  ///< pack what is to be sent back

 private:
  static QString headOf(const State& state);
  static QString buttonOf(const State& state);
  void goOn();
  State state_;
  QLabel* study_ = nullptr;
  QLabel* head_ = nullptr;
  QLabel* hint_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLineEdit* pin_ = nullptr;
  QPushButton* goOn_ = nullptr;
  QPushButton* send_ = nullptr;
  QLabel* message_ = nullptr;
  QLabel* receipt_ = nullptr;
};

}  // namespace recontour
