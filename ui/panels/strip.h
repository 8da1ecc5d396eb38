#pragma once
#include <QFrame>
#include <vector>

#include "ui/panels/message_stack.h"

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace recontour {

/// What a strip says and offers. Buttons leave the strip where it is; who shows it takes it away.
struct StripContent {
  MessageKind kind = MessageKind::Information;
  QString text;    ///< one short sentence
  QString detail;  ///< may have several lines; empty for none
  std::vector<MessageAction> actions;
};

/// Something that goes on, across the window: it stands until it no longer holds, and in nobody's way.
class Strip : public QFrame {
  Q_OBJECT
 public:
  explicit Strip(QWidget* parent = nullptr);
  void setContent(const StripContent& content);  ///< and shows it
  QString text() const;
  QString detail() const;
  const std::vector<QPushButton*>& buttons() const { return buttons_; }

 private:
  QLabel* text_ = nullptr;
  QLabel* detail_ = nullptr;
  QHBoxLayout* line_ = nullptr;
  std::vector<QPushButton*> buttons_;
};

}  // namespace recontour
