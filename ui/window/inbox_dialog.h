#pragma once
#include <QDialog>

class QCheckBox;
class QLabel;
class QPushButton;

namespace recontour {

class PathLine;

/// Asks which folder is watched for cases, and where what is accepted goes. Deletes itself when it is closed.
class InboxDialog final : public QDialog {
  Q_OBJECT
 public:
  InboxDialog(const QString& inbox, const QString& outbox, bool opensFirst, QWidget* parent);
  PathLine& inbox() { return *inbox_; }
  PathLine& outbox() { return *outbox_; }  ///< may stay empty
  QCheckBox& opensFirst() { return *opensFirst_; }
  QPushButton& watch() { return *watch_; }  ///< can be pressed when the folders make sense

 private:
  void showState();
  PathLine* inbox_ = nullptr;
  PathLine* outbox_ = nullptr;
  QCheckBox* opensFirst_ = nullptr;
  QLabel* problem_ = nullptr;
  QPushButton* watch_ = nullptr;
};

}  // namespace recontour
