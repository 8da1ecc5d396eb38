// What only the reader can say of files: which CT of several, what label values mean.
#include <QAction>

#include "core/io/open_case.h"
#include "ui/window/compare_dialog.h"
#include "ui/window/label_values_dialog.h"
#include "ui/window/main_window.h"
#include "ui/window/series_dialog.h"

namespace recontour {

void MainWindow::askSeries(const QString& path, const std::vector<CtSeries>& series) {
  const std::filesystem::path file = path.toStdString();
  auto* dialog = new SeriesDialog(QString::fromStdString(caseName(file)), series, this);
  connect(dialog, &SeriesDialog::chosen, this,
          [this, file](int number) { workbench_.openCase(file, std::to_string(number)); });
  dialog->show();
}

void MainWindow::askLabelValues(const LabelFile& file) {
  if (workbench_.currentCase() == nullptr) return;
  const QString folder = QString::fromStdString(std::filesystem::absolute(file.file).parent_path().string());
  if (const auto labels = labelsOf(*file.values, settings_.labelMeaning(folder), workbench_.organs())) {
    messages_->add(MessageKind::Information,
                   tr("The values of %1 mean what you said for its folder; File > Label values changes that.")
                       .arg(QString::fromStdString(file.file.filename().string())));
    return workbench_.takeLabels(file, *labels);
  }
  showLabelValues(file);
}

void MainWindow::showLabelValues(const LabelFile& file) {
  const QString folder = QString::fromStdString(std::filesystem::absolute(file.file).parent_path().string());
  auto* dialog = new LabelValuesDialog(file, workbench_, this);
  connect(dialog, &LabelValuesDialog::answered, this,
          [this, file, folder](const ValueMeaning& meaning, bool forFolder) {
            settings_.setLabelMeaning(folder, forFolder ? meaning : ValueMeaning());
            if (const auto labels = labelsOf(*file.values, meaning, workbench_.organs()))
              workbench_.takeLabels(file, *labels);
          });
  dialog->show();
}

void MainWindow::compareLabelMaps() { (new CompareDialog(workbench_.files(), workbench_.organs(), this))->show(); }

void MainWindow::changeLabelValues() {
  if (const LabelFile* file = workbench_.lastLabelFile()) showLabelValues(*file);
}

}  // namespace recontour
