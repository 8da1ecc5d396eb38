#include "ui/window/compare_dialog.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMetaObject>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/safe_file.h"
#include "ui/report/evaluation_figures.h"
#include "ui/report/figure_file.h"
#include "ui/window/plot_widget.h"

namespace recontour {
namespace {

constexpr int kWidth = 1060, kHeight = 720;

/// Counts cases on the dialog's bar, from the thread that compares.
class BarProgress final : public ProgressSink {
 public:
  explicit BarProgress(QProgressBar* bar) : bar_(bar) {}
  void progress(std::string_view, int done, int total, double) override {
    QMetaObject::invokeMethod(bar_, [bar = bar_, done, total] {
      bar->setRange(0, total);
      bar->setValue(done);
    });
  }

 private:
  QProgressBar* bar_;
};

QString meanText(const MetricSummary& summary) {
  if (!summary.mean) return QStringLiteral("-");
  const QString mean = QString::number(*summary.mean, 'f', 3);
  return summary.sdCases ? CompareDialog::tr("%1 ± %2").arg(mean).arg(*summary.sdCases, 0, 'f', 3) : mean;
}

}  // namespace

CompareDialog::CompareDialog(std::shared_ptr<FileReader> files, const OrganTable& organs, QWidget* parent)
    : QDialog(parent), files_(std::move(files)), organs_(organs) {
  setWindowTitle(tr("Compare label maps"));
  setAttribute(Qt::WA_DeleteOnClose);
  resize(kWidth, kHeight);
  auto* layout = new QVBoxLayout(this);
  buildFiles();
  layout->addWidget(buildResult(), 1);
  said_ = new QLabel(this);
  said_->setWordWrap(true);
  layout->addWidget(said_);
}

CompareDialog::~CompareDialog() = default;

QLineEdit* CompareDialog::addPath(const QString& name, const QString& toolTip) {
  auto* grid = static_cast<QGridLayout*>(layout()->itemAt(0)->widget()->layout());
  const int row = grid->rowCount();
  auto* path = new QLineEdit(this);
  path->setToolTip(toolTip);
  auto* file = new QPushButton(tr("File..."), this);
  auto* folder = new QPushButton(tr("Folder..."), this);
  for (QPushButton* button : {file, folder}) button->setAutoDefault(false);
  connect(file, &QPushButton::clicked, this, [this, path, name] {
    const QString chosen = QFileDialog::getOpenFileName(this, name, path->text());
    if (!chosen.isEmpty()) path->setText(chosen);
  });
  connect(folder, &QPushButton::clicked, this, [this, path, name] {
    const QString chosen = QFileDialog::getExistingDirectory(this, name, path->text());
    if (!chosen.isEmpty()) path->setText(chosen);
  });
  grid->addWidget(new QLabel(name, this), row, 0);
  grid->addWidget(path, row, 1);
  grid->addWidget(file, row, 2);
  grid->addWidget(folder, row, 3);
  return path;
}

void CompareDialog::buildFiles() {
  auto* side = new QWidget(this);
  auto* grid = new QGridLayout(side);
  grid->setContentsMargins(0, 0, 0, 0);
  layout()->addWidget(side);
  truth_ = addPath(tr("Reference"), tr("A label map, or a folder of them: what is thought to be true"));
  prediction_ = addPath(tr("Compared"), tr("A label map, or a folder with maps of the same names"));
  values_ = new QComboBox(side);
  values_->addItem(tr("values are labels"), QString());
  for (const std::string& name : LabelValueTable::shipped()) {
    if (name != organs_.name())
      values_->addItem(tr("values of %1").arg(QString::fromStdString(LabelValueTable::named(name).title())),
                       QString::fromStdString(name));
  }
  values_->setToolTip(tr("Of the maps that are compared"));
  compare_ = new QPushButton(tr("Compare"), side);
  compare_->setDefault(true);
  progress_ = new QProgressBar(side);
  progress_->hide();
  auto* line = new QHBoxLayout;
  line->addWidget(values_);
  line->addWidget(progress_, 1);
  line->addStretch(1);
  grid->addLayout(line, grid->rowCount(), 1);
  grid->addWidget(compare_, grid->rowCount() - 1, 2, 1, 2);
  connect(compare_, &QPushButton::clicked, this, &CompareDialog::compare);
}

QWidget* CompareDialog::buildResult() {
  auto* side = new QWidget(this);
  auto* grid = new QGridLayout(side);
  grid->setContentsMargins(0, 0, 0, 0);
  table_ = new QTableWidget(0, 4, side);
  table_->setHorizontalHeaderLabels({tr("Organ"), tr("Cases"), tr("DSC"), tr("HD95 (mm)")});
  table_->verticalHeader()->hide();
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  plot_ = new PlotWidget(side);
  shown_ = new QComboBox(side);
  shown_->addItems({tr("DSC"), tr("HD95"), tr("Volumes of the reference")});
  saveTable_ = new QPushButton(tr("Save table..."), side);
  saveFigure_ = new QPushButton(tr("Save figure..."), side);
  grid->addWidget(table_, 0, 0, 1, 2);
  grid->addWidget(plot_, 0, 2, 1, 3);
  grid->addWidget(saveTable_, 1, 0);
  grid->addWidget(shown_, 1, 2);
  grid->addWidget(saveFigure_, 1, 3);
  grid->setColumnStretch(1, 2);
  grid->setColumnStretch(4, 3);
  for (QPushButton* button : {saveTable_, saveFigure_}) {
    button->setEnabled(false);
    button->setAutoDefault(false);
  }
  connect(shown_, &QComboBox::currentIndexChanged, this, &CompareDialog::showPlot);
  connect(saveTable_, &QPushButton::clicked, this, &CompareDialog::saveTable);
  connect(saveFigure_, &QPushButton::clicked, this, &CompareDialog::saveFigure);
  return side;
}

void CompareDialog::setFiles(const QString& truth, const QString& prediction) {
  truth_->setText(truth);
  prediction_->setText(prediction);
}

void CompareDialog::compare() {
  compare_->setEnabled(false);
  progress_->setRange(0, 0);
  progress_->show();
  said_->clear();
  EvaluationRequest request{.truth = truth_->text().toStdString(),
                            .prediction = prediction_->text().toStdString(),
                            .before = {},
                            .organs = organs_,
                            .metrics = {"dsc", "hd95", "volume"}};
  request.files = files_;
  request.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const std::string values = values_->currentData().toString().toStdString();
  if (!values.empty()) request.predictionValues = LabelValueTable::named(values);
  worker_ = std::jthread([this, request, bar = progress_](std::stop_token stop) {
    BarProgress progress(bar);
    try {
      Evaluation evaluation = evaluate(request, progress, stop);
      QMetaObject::invokeMethod(this, [this, evaluation = std::move(evaluation)] { showResult(evaluation); });
    } catch (const Error& error) {
      QMetaObject::invokeMethod(this, [this, text = QString::fromUtf8(error.what())] { showFailure(text); });
    }
  });
}

void CompareDialog::showResult(const Evaluation& evaluation) {
  result_ = evaluation;
  compare_->setEnabled(true);
  progress_->hide();
  table_->setRowCount(0);
  const auto summaryOf = [&](const std::string& organ, const char* metric) {
    return *std::ranges::find_if(evaluation.summary, [&](const MetricSummary& summary) {
      return summary.organ == organ && summary.metric == metric;
    });
  };
  std::vector<std::pair<std::string, std::string>> rows;  // key and name
  for (const Organ& organ : organs_.organs()) rows.emplace_back(organ.key, organ.name);
  rows.emplace_back("all", tr("Mean of organs").toStdString());
  for (const auto& [key, name] : rows) {
    const MetricSummary dsc = summaryOf(key, "dsc"), hd95 = summaryOf(key, "hd95");
    const int row = table_->rowCount();
    table_->insertRow(row);
    const QStringList cells = {QString::fromStdString(name), QString::number(dsc.n), meanText(dsc), meanText(hd95)};
    for (int column = 0; column < cells.size(); ++column) {
      auto* cell = new QTableWidgetItem(cells[column]);
      if (column > 0) cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      table_->setItem(row, column, cell);
    }
  }
  QStringList notes;
  for (const Error& error : evaluation.errors) notes << QString::fromUtf8(error.what());
  for (const std::string& warning : evaluation.warnings) notes << QString::fromStdString(warning);
  said_->setText(notes.join(QLatin1Char('\n')));
  saveTable_->setEnabled(true);
  saveFigure_->setEnabled(true);
  showPlot();
}

void CompareDialog::showFailure(const QString& text) {
  compare_->setEnabled(true);
  progress_->hide();
  said_->setText(text);
}

void CompareDialog::showPlot() {
  if (!result_) return;
  const int shown = shown_->currentIndex();
  const std::vector<MethodResult> methods = {{"", *result_}};
  plot_->setPlot(shown == 2 ? volumePlot(*result_, organs_)
                            : metricPlot(methods, organs_, result_->columns[static_cast<std::size_t>(shown)]));
}

void CompareDialog::saveTable() {
  const QString file =
      QFileDialog::getSaveFileName(this, tr("Save table"), QStringLiteral("comparison.csv"), tr("Tables (*.csv)"));
  if (file.isEmpty()) return;
  try {
    writeFileSafely(file.toStdString(), metricTableCsv(result_->rows, result_->columns));
    said_->setText(tr("Saved %1").arg(file));
  } catch (const Error& error) {
    said_->setText(QString::fromUtf8(error.what()));
  }
}

void CompareDialog::saveFigure() {
  const QString file = QFileDialog::getSaveFileName(this, tr("Save figure"), QStringLiteral("comparison.svg"),
                                                    tr("Figures (*.svg *.png)"));
  if (file.isEmpty()) return;
  try {
    writeFigure(file.toStdString(), plot_->plot());
    said_->setText(tr("Saved %1").arg(file));
  } catch (const Error& error) {
    said_->setText(QString::fromUtf8(error.what()));
  }
}

QString CompareDialog::said() const { return said_->text(); }

}  // namespace recontour
