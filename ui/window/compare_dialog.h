#pragma once
#include <QDialog>
#include <memory>
#include <optional>
#include <thread>

#include "core/evaluate/method_table.h"
#include "core/io/file_reader.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace recontour {

class PlotWidget;

/// Compares label maps, two files or two folders, organ by organ: a table of means and a box plot, both to be saved.
/// Works on a thread of its own. Deletes itself when it is closed.
class CompareDialog final : public QDialog {
  Q_OBJECT
 public:
  CompareDialog(std::shared_ptr<FileReader> files, const OrganTable& organs, QWidget* parent);
  ~CompareDialog() override;
  void setFiles(const QString& truth, const QString& prediction);
  void compare();
  const std::optional<Evaluation>& result() const { return result_; }
  QString said() const;  ///< below the table: what failed or is worth knowing

 private:
  QLineEdit* addPath(const QString& name, const QString& toolTip);
  void buildFiles();
  QWidget* buildResult();
  void showResult(const Evaluation& evaluation);
  void showFailure(const QString& text);
  void showPlot();
  void saveTable();
  void saveFigure();
  std::shared_ptr<FileReader> files_;
  OrganTable organs_;
  std::optional<Evaluation> result_;
  QLineEdit *truth_ = nullptr, *prediction_ = nullptr;
  QComboBox *shown_ = nullptr, *values_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QPushButton *compare_ = nullptr, *saveTable_ = nullptr, *saveFigure_ = nullptr;
  QTableWidget* table_ = nullptr;
  PlotWidget* plot_ = nullptr;
  QLabel* said_ = nullptr;
  std::jthread worker_;  // last: it tells the rest
};

}  // namespace recontour
