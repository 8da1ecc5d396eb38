#include "ui/window/scribble_export_dialog.h"

#include <QCheckBox>
#include <QCloseEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMetaObject>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <utility>

#include "core/base/error.h"
#include "core/workbench/scribbling.h"
#include "ui/panels/theme.h"

namespace recontour {
namespace {

constexpr int kWidth = 900, kHeight = 640;

QTableWidget* tableOf(const QStringList& headings, QWidget* parent) {
  auto* table = new QTableWidget(0, static_cast<int>(headings.size()), parent);
  table->setHorizontalHeaderLabels(headings);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->horizontalHeader()->setStretchLastSection(true);
  table->setEditTriggers(QTableWidget::NoEditTriggers);
  table->setSelectionMode(QTableWidget::NoSelection);
  return table;
}

}  // namespace

ScribbleExportDialog::ScribbleExportDialog(Scribbling& scribbling, const OrganTable& organs, QWidget* parent)
    : QDialog(parent), scribbling_(scribbling), organs_(organs) {
  setWindowTitle(tr("Export strokes for training"));
  setAttribute(Qt::WA_DeleteOnClose);
  resize(kWidth, kHeight);
  auto* column = new QVBoxLayout(this);
  auto* folders = new QGridLayout;
  column->addLayout(folders);
  casesFolder_ = addFolder(tr("Cases"), tr("A folder that collects cases: imagesTr, scribblesTr, labelsTr"));
  out_ = addFolder(tr("Export to"), tr("A folder to write; what it lacks is made"));
  buildOptions();
  buildTables();
  buildButtons();
  connect(&scribbling_, &Scribbling::casePut, this, &ScribbleExportDialog::preview);
  say(tr("Choose the folder of cases, and put this case into it."));
}

ScribbleExportDialog::~ScribbleExportDialog() = default;

/// What is under way is brought to its end out of sight; the window does not wait for it.
void ScribbleExportDialog::reject() {
  closing_ = busy_;
  if (busy_) return hide();
  QDialog::reject();
}

void ScribbleExportDialog::closeEvent(QCloseEvent* event) {
  if (!busy_) return QDialog::closeEvent(event);
  event->ignore();
  reject();
}

QLineEdit* ScribbleExportDialog::addFolder(const QString& name, const QString& toolTip) {
  auto* grid = static_cast<QGridLayout*>(layout()->itemAt(0)->layout());
  const int row = grid->rowCount();
  auto* path = new QLineEdit(this);
  path->setToolTip(toolTip);
  path->setAccessibleName(name);
  auto* choose = new QPushButton(tr("Folder..."), this);
  choose->setAutoDefault(false);
  connect(choose, &QPushButton::clicked, this, [this, path, name] {
    const QString chosen = QFileDialog::getExistingDirectory(this, name, path->text());
    if (chosen.isEmpty()) return;
    path->setText(chosen);
    preview();
  });
  connect(path, &QLineEdit::editingFinished, this, &ScribbleExportDialog::preview);
  grid->addWidget(new QLabel(name, this), row, 0);
  grid->addWidget(path, row, 1);
  grid->addWidget(choose, row, 2);
  return path;
}

void ScribbleExportDialog::buildOptions() {
  auto* row = new QHBoxLayout;
  put_ = new QPushButton(tr("Put this case into the folder"), this);
  put_->setAutoDefault(false);
  dense_ = new QCheckBox(tr("with its contours as dense labels"), this);
  dense_->setToolTip(
      tr("They go to labelsTr: to validate with, and to check strokes against. Nothing trains on them."));
  datasetId_ = new QSpinBox(this);
  datasetId_->setRange(1, 999);
  datasetId_->setValue(501);
  row->addWidget(put_);
  row->addWidget(dense_);
  row->addStretch(1);
  row->addWidget(new QLabel(tr("nnU-Net's number"), this));
  row->addWidget(datasetId_);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  connect(put_, &QPushButton::clicked, this, [this] {
    if (casesFolder_->text().isEmpty()) return say(tr("Choose the folder of cases first."), true);
    scribbling_.putInto(casesFolder_->text().toStdString(), dense_->isChecked());
  });
  connect(datasetId_, &QSpinBox::valueChanged, this, &ScribbleExportDialog::preview);
}

void ScribbleExportDialog::buildTables() {
  cases_ = tableOf({tr("Case"), tr("Organs with strokes"), tr("Background"), tr("Dense"), tr("What is wrong")}, this);
  formats_ = tableOf({tr("Target"), tr("Folder"), tr("Values"), tr("Beside images and labels")}, this);
  layout()->addWidget(cases_);
  layout()->addWidget(formats_);
  shown_ = scribbleFormatsNamed("all");
  formats_->setRowCount(static_cast<int>(shown_.size()));
  for (int row = 0; row < formats_->rowCount(); ++row) {
    const char* name = scribbleFormatName(shown_[static_cast<std::size_t>(row)]);
    auto* chosen = new QTableWidgetItem(QString::fromLatin1(name));
    chosen->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
    chosen->setCheckState(row == 0 ? Qt::Checked : Qt::Unchecked);
    formats_->setItem(row, 0, chosen);
  }
}

void ScribbleExportDialog::buildButtons() {
  said_ = new QLabel(this);
  said_->setWordWrap(true);
  layout()->addWidget(said_);
  auto* row = new QHBoxLayout;
  force_ = new QCheckBox(tr("export although something is wrong (the manifest warns)"), this);
  export_ = new QPushButton(tr("Export"), this);
  export_->setProperty("role", QStringLiteral("accent"));
  export_->setAutoDefault(false);
  row->addWidget(force_);
  row->addStretch(1);
  row->addWidget(export_);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  connect(export_, &QPushButton::clicked, this, &ScribbleExportDialog::run);
}

void ScribbleExportDialog::setFolders(const QString& cases, const QString& out) {
  casesFolder_->setText(cases);
  out_->setText(out);
  preview();
}

QString ScribbleExportDialog::said() const { return said_->text(); }

void ScribbleExportDialog::say(const QString& text, bool fails) {
  said_->setText(text);
  said_->setStyleSheet(fails ? QStringLiteral("color:%1").arg(theme().error.name()) : QString());
}

ScribbleExport ScribbleExportDialog::wanted() const {
  ScribbleExport wanted;
  wanted.cases = casesFolder_->text().toStdString();
  wanted.out = out_->text().toStdString();
  wanted.organs = organs_;
  wanted.datasetId = datasetId_->value();
  wanted.force = force_->isChecked();
  for (int row = 0; row < formats_->rowCount(); ++row) {
    if (formats_->item(row, 0)->checkState() == Qt::Checked)
      wanted.formats.push_back(shown_[static_cast<std::size_t>(row)]);
  }
  return wanted;
}

/// One thing at a time.
template <typename Work, typename Take>
void ScribbleExportDialog::inBackground(Work work, Take take) {
  busy_ = true;
  export_->setEnabled(false);
  worker_ = std::jthread([this, work = std::move(work), take = std::move(take)] {
    const auto tell = [this](auto call) {
      QMetaObject::invokeMethod(this, [this, call = std::move(call)] {
        busy_ = false;
        export_->setEnabled(true);
        call();
        if (closing_) return deleteLater();
        if (std::exchange(again_, false)) preview();
      });
    };
    try {
      tell([take, result = work()] { take(result); });
    } catch (const std::exception& error) {  // whatever it is: a thread must not end the program
      tell([this, text = QString::fromUtf8(error.what())] {
        say(text, true);
        Q_EMIT exported(false);
      });
    }
  });
}

void ScribbleExportDialog::preview() {
  if (casesFolder_->text().isEmpty()) return;
  if (busy_) return void(again_ = true);  // when that is through
  ScribbleExport all = wanted();
  all.formats = shown_;
  inBackground([all] { return previewExport(all); }, [this](const ExportPreview& found) { showPreview(found); });
}

void ScribbleExportDialog::showPreview(const ExportPreview& preview) {
  int wrong = 0;
  cases_->setRowCount(static_cast<int>(preview.cases.size()));
  for (int row = 0; row < cases_->rowCount(); ++row) {
    const auto& one = preview.cases[static_cast<std::size_t>(row)];
    QStringList problems;
    for (const std::string& problem : one.problems) problems << QString::fromStdString(problem);
    wrong += problems.isEmpty() ? 0 : 1;
    const QString yes = tr("yes"), no = tr("none");
    int column = 0;
    for (const QString& text :
         {QString::fromStdString(one.name), tr("%1 of %2").arg(one.organs).arg(organs_.organs().size()),
          one.background ? yes : no, one.dense ? yes : no, problems.join(QStringLiteral("; "))})
      cases_->setItem(row, column++, new QTableWidgetItem(text));
    cases_->item(row, 4)->setToolTip(problems.join(QLatin1Char('\n')));
    if (!problems.isEmpty()) cases_->item(row, 4)->setForeground(theme().warning);
  }
  for (int row = 0; row < formats_->rowCount(); ++row) showFormat(row, preview.formats[static_cast<std::size_t>(row)]);
  const auto count = static_cast<int>(preview.cases.size());
  say(wrong == 0 ? tr("%n case(s), nothing is wrong.", nullptr, count)
                 : tr("%1 of %2 cases are not as training needs them.").arg(wrong).arg(count));
  Q_EMIT previewed();
}

void ScribbleExportDialog::showFormat(int row, const ExportPreview::FormatPart& part) {
  const QString folder = QString::fromStdString(part.folder);
  int column = 1;
  for (const QString& text : {part.isThere ? tr("%1 (is there already)").arg(folder) : folder,
                              QString::fromStdString(part.values), QString::fromStdString(part.files)})
    formats_->setItem(row, column++, new QTableWidgetItem(text));
  if (part.isThere) formats_->item(row, 1)->setForeground(theme().warning);
}

void ScribbleExportDialog::run() {
  const ScribbleExport all = wanted();
  if (busy_) return;
  if (all.out.empty()) return say(tr("Choose a folder to export to."), true);
  if (all.formats.empty()) return say(tr("Tick a target."), true);
  say(tr("Exporting..."));
  const auto write = [all] {
    NoProgress quiet;
    return exportScribbles(all, quiet);
  };
  inBackground(write, [this](const ScribbleExportReport& report) {
    say(tr("%n case(s) are in %1. TRAIN.md there has the commands.", nullptr, report.cases).arg(out_->text()));
    Q_EMIT exported(true);
  });
}

}  // namespace recontour
