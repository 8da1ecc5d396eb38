#pragma once
#include <QDialog>

#include "core/workbench/figures_csv.h"

class QTableWidget;

namespace recontour {

/// Volumes, changes, DSC (where shown), times and warnings of all organs in a table that can be sorted, copied and
/// saved. What it shows is set from outside, again and again.
class FiguresDialog final : public QDialog {
  Q_OBJECT
 public:
  explicit FiguresDialog(QWidget* parent = nullptr);
  void setFigures(const FiguresTable& table);
  QString textOfCells() const;  ///< as it is copied: tabs between cells, a line a row, headings first

 Q_SIGNALS:
  void saveAsked();
  void organChosen(int organ);  ///< a row was clicked

 private:
  void copy();
  QTableWidget* table_ = nullptr;
};

}  // namespace recontour
