#pragma once
#include <QDateTime>
#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

#include "core/workbench/workbench_state.h"

class QPropertyAnimation;
class QVBoxLayout;

namespace recontour {

/// One thing told to the reader.
struct Message {
  MessageKind kind = MessageKind::Information;
  QString text;
  QDateTime time;
};

/// A button in a message, which goes when it is clicked.
struct MessageAction {
  QString text;
  std::function<void()> run;
};

/// Messages that slide in at the bottom left of a widget and go by themselves; failures stay until closed. Every one
/// is kept in log().
class MessageStack : public QWidget {
  Q_OBJECT
 public:
  /// @param over  widget whose bottom left corner the messages keep to
  explicit MessageStack(QWidget* over);
  void add(MessageKind kind, const QString& text, const MessageAction& action = {});
  void note(MessageKind kind, const QString& text);  ///< for the log alone: it is shown elsewhere
  const std::vector<Message>& log() const { return log_; }
  int shownCount() const { return static_cast<int>(shown_.size()); }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeToast(MessageKind kind, const QString& text, const MessageAction& action);
  void dismiss(QWidget* toast);
  void place();
  QVBoxLayout* layout_ = nullptr;
  QPropertyAnimation* slide_ = nullptr;
  std::vector<QWidget*> shown_;
  std::vector<Message> log_;
};

/// All messages so far, in a window of their own.
void showMessageLog(const std::vector<Message>& log, QWidget* parent);

}  // namespace recontour
