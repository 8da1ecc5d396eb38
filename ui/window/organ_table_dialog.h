#pragma once
#include <QDialog>
#include <vector>

#include "core/image/organ_table.h"
#include "core/image/tg263.h"

class QPushButton;
class QTableWidget;

namespace recontour {

/// Structures of one's own beside the shipped organs: names of TG-263 or free ones, sides, colours, and the order that
/// gives keys. Labels and keys of what was there stay, so that files and sessions mean the same.
class OrganTableDialog final : public QDialog {
  Q_OBJECT
 public:
  OrganTableDialog(const OrganTable& table, QWidget* parent);
  QTableWidget& rows() { return *rows_; }
  QPushButton& addButton() { return *add_; }
  QPushButton& removeButton() { return *remove_; }
  QPushButton& upButton() { return *up_; }
  QPushButton& saveButton() { return *save_; }
  /// The table as it is shown. @throws Error naming what is wrong
  OrganTable table() const;

 Q_SIGNALS:
  void saved(const recontour::OrganTable& table);

 private:
  void showOrgans();
  void readRows();
  void readRow(int row, Organ& organ) const;
  void addRow();
  void removeRow();
  void move(int by);
  void chooseColour(int row, int column);
  void takeName(int row, const QString& name);
  bool isOwn(int row) const;
  void showButtons();
  void save();
  OrganTable base_;
  std::vector<Organ> organs_;
  std::vector<Tg263Name> names_;
  QTableWidget* rows_ = nullptr;
  QPushButton* add_ = nullptr;
  QPushButton* remove_ = nullptr;
  QPushButton* up_ = nullptr;
  QPushButton* down_ = nullptr;
  QPushButton* save_ = nullptr;
};

}  // namespace recontour
