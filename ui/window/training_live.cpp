#include "ui/window/training_live.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QIcon>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/theme.h"
#include "ui/window/training_picture.h"

namespace recontour {

/// The curves in the theme's colours.
class TrainingCurves final : public QWidget {
 public:
  explicit TrainingCurves(QWidget* parent) : QWidget(parent) {
    setMinimumHeight(170);
    setAccessibleName(TrainingLive::tr("Loss and held-back DSC over iterations"));
  }
  CurvePlot plot;

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    plot.colours = {theme().window, theme().dim, theme().line, theme().accent, theme().good};
    paintCurvePlot(painter, rect(), plot);
    if (!plot.loss.empty()) return;
    painter.setPen(theme().dim);
    painter.drawText(curveFrame(rect(), plot), Qt::AlignCenter,
                     TrainingLive::tr("The loss and the DSC of held-back cases appear here."));
  }
};

namespace {

constexpr int kScoresWidth = 240, kLowestPicture = 200;
enum Column { OrganName, Dsc, Best };

void setCell(QTableWidget& table, int row, Column column, const QString& text) {
  if (table.item(row, column) == nullptr) table.setItem(row, column, new QTableWidgetItem);
  table.item(row, column)->setText(text);
  if (column != OrganName) table.item(row, column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

QTableWidget* scoreTable(QWidget* parent) {
  auto* table = new QTableWidget(0, 3, parent);
  table->setHorizontalHeaderLabels({TrainingLive::tr("Organ"), TrainingLive::tr("DSC"), TrainingLive::tr("best")});
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(20);
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->horizontalHeader()->setSectionResizeMode(OrganName, QHeaderView::Stretch);
  table->setEditTriggers(QTableWidget::NoEditTriggers);
  table->setSelectionMode(QTableWidget::NoSelection);
  table->setFixedWidth(kScoresWidth);
  table->setAccessibleName(TrainingLive::tr("DSC of held-back cases by organ"));
  table->setToolTip(TrainingLive::tr("Of the cases that are held back, after the last epoch that was scored"));
  return table;
}

QIcon chipOf(const std::array<std::uint8_t, 3>& colour) {
  QPixmap chip(10, 10);
  chip.fill(QColor(colour[0], colour[1], colour[2]));
  return QIcon(chip);
}

}  // namespace

TrainingLive::TrainingLive(const OrganTable& organs, QWidget* parent) : QWidget(parent), organs_(organs) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  auto* heading = new QHBoxLayout;
  logarithmic_ = new QCheckBox(tr("logarithmic loss"), this);
  heading->addWidget(headingLabel(tr("How it goes"), this));
  heading->addStretch(1);
  heading->addWidget(logarithmic_);
  column->addLayout(heading);
  curves_ = new TrainingCurves(this);
  column->addWidget(curves_, 1);
  auto* row = new QHBoxLayout;
  picture_ = new TrainingPicture(organs_, this);
  picture_->setMinimumHeight(kLowestPicture);
  scores_ = scoreTable(this);
  row->addWidget(picture_, 1);
  row->addWidget(scores_);
  column->addLayout(row, 1);
  curves_->plot.lossName = tr("loss");
  curves_->plot.scoreName = tr("held-back DSC");
  curves_->plot.xName = tr("iterations");
  const TrainingSettings usual;
  curves_->plot.last = usual.epochs * usual.iterationsPerEpoch;
  connect(logarithmic_, &QCheckBox::toggled, this, [this](bool on) {
    curves_->plot.logarithmic = on;
    curves_->update();
  });
}

const CurvePlot& TrainingLive::plot() const { return curves_->plot; }
QWidget& TrainingLive::curves() { return *curves_; }

void TrainingLive::begin(const QString& model, int iterations, int meanOf, bool resumes) {
  CurvePlot& plot = curves_->plot;
  plot.last = iterations;
  plot.meanOf = std::max(1, meanOf);
  plot.meanName = tr("mean of %1").arg(plot.meanOf);
  if (!resumes || model != shown_) {
    plot.loss.clear();
    plot.score.clear();
    scores_->setRowCount(0);
    best_.clear();
    picture_->setView(std::nullopt);
  }
  shown_ = model;
  curves_->update();
}

/// A run that goes on tells again what came after its last checkpoint.
void TrainingLive::add(const std::vector<TrainingPoint>& points) {
  if (points.empty()) return;
  CurvePlot& plot = curves_->plot;
  const auto isAgain = [first = points.front().iteration](const QPointF& point) { return point.x() >= first; };
  std::erase_if(plot.loss, isAgain);
  std::erase_if(plot.score, isAgain);
  for (const TrainingPoint& point : points) {
    plot.loss.emplace_back(point.iteration, point.loss);
    plot.last = std::max(plot.last, static_cast<double>(point.iterations));
    if (!point.dscMean) continue;
    plot.score.emplace_back(point.iteration, *point.dscMean);
    showScores(point);
  }
  curves_->update();
}

/// Organs may come and go: those that the network draws though no held-back case has them.
void TrainingLive::showScores(const TrainingPoint& point) {
  scores_->setRowCount(static_cast<int>(point.dsc.size()) + 1);
  int row = 0;
  const auto show = [&](const std::string& key, const QString& name, double score, const QIcon& chip) {
    double& best = best_.try_emplace(key, score).first->second;
    best = std::max(best, score);
    setCell(*scores_, row, OrganName, name);
    setCell(*scores_, row, Dsc, QString::number(score, 'f', 3));
    setCell(*scores_, row, Best, QString::number(best, 'f', 3));
    scores_->item(row++, OrganName)->setIcon(chip);
  };
  show("mean", tr("Mean"), *point.dscMean, {});
  for (const Organ& organ : organs_.organs()) {
    const auto score = point.dsc.find(organ.key);
    if (score != point.dsc.end())
      show(organ.key, QString::fromStdString(organ.name), score->second, chipOf(organ.displayColour));
  }
  scores_->setRowCount(row);
}

void TrainingLive::setView(const TrainingView& view) { picture_->setView(view); }

}  // namespace recontour
