#pragma once
#include <QDialog>

#include "ui/window/window_actions.h"

class QKeySequenceEdit;
class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace recontour {

/// Changes the keys of any command. A key that another command has is taken from it only after saying so.
class KeyEditor final : public QDialog {
  Q_OBJECT
 public:
  KeyEditor(const WindowActions& actions, OwnKeys keys, QWidget* parent);

  /// Selects a command by its name (QAction::objectName), as a click on its row does.
  void select(const QString& command);
  /// Gives the selected command this key in place of its keys; another command that has it loses it.
  void assign(const QKeySequence& key);
  void resetSelected();
  void resetAll();
  const OwnKeys& keys() const { return keys_; }

 Q_SIGNALS:
  void keysChanged(const recontour::OwnKeys& keys);

 private:
  void fill();
  void addButtons();
  void showSelected();
  void showConflict(const QKeySequence& key);
  void changed();
  QList<QKeySequence> keysOf(const Command& command) const;
  void setKeys(const Command& command, const QList<QKeySequence>& keys);
  const Command* selected() const;
  const Command* ownerOf(const QKeySequence& key) const;

  const WindowActions& actions_;
  OwnKeys keys_;
  QTreeWidget* list_ = nullptr;
  QKeySequenceEdit* edit_ = nullptr;
  QPushButton* assign_ = nullptr;
  QLabel* note_ = nullptr;
};

}  // namespace recontour
