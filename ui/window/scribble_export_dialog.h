#pragma once
#include <QDialog>
#include <thread>
#include <vector>

#include "core/scribble/export_preview.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace recontour {

class Scribbling;

/// Collects cases with strokes in a folder and writes them as training code reads them. What each target will contain,
/// and what is wrong with a case, is seen before. Works on a thread of its own; deletes itself when it is closed.
class ScribbleExportDialog final : public QDialog {
  Q_OBJECT
 public:
  ScribbleExportDialog(Scribbling& scribbling, const OrganTable& organs, QWidget* parent);
  ~ScribbleExportDialog() override;
  void setFolders(const QString& cases, const QString& out);  ///< and looks into them
  QPushButton& putButton() { return *put_; }
  QPushButton& exportButton() { return *export_; }
  QCheckBox& forceBox() { return *force_; }
  QTableWidget& caseTable() { return *cases_; }
  QTableWidget& formatTable() { return *formats_; }
  QString said() const;
  void reject() override;

 Q_SIGNALS:
  void previewed();
  void exported(bool done);

 protected:
  void closeEvent(QCloseEvent* event) override;

 private:
  QLineEdit* addFolder(const QString& name, const QString& toolTip);
  void buildOptions();
  void buildTables();
  void buildButtons();
  ScribbleExport wanted() const;
  void preview();
  void run();
  template <typename Work, typename Take>
  void inBackground(Work work, Take take);
  void showPreview(const ExportPreview& preview);
  void showFormat(int row, const ExportPreview::FormatPart& part);
  void say(const QString& text, bool fails = false);

  Scribbling& scribbling_;
  OrganTable organs_;
  std::vector<ScribbleFormat> shown_;  ///< by row of the formats
  QLineEdit *casesFolder_ = nullptr, *out_ = nullptr;
  QCheckBox *dense_ = nullptr, *force_ = nullptr;
  QSpinBox* datasetId_ = nullptr;
  QTableWidget *cases_ = nullptr, *formats_ = nullptr;
  QPushButton *put_ = nullptr, *export_ = nullptr;
  QLabel* said_ = nullptr;
  bool busy_ = false, again_ = false;  ///< looks into the folders once more
  bool closing_ = false;               ///< when it is through
  std::jthread worker_;                // last: it tells the rest
};

}  // namespace recontour
