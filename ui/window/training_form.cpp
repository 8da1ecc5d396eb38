#include "ui/window/training_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/base/folders.h"
#include "ui/panels/theme.h"
#include "ui/window/path_line.h"
#include "ui/window/training_more.h"
#include "ui/window/training_texts.h"

namespace recontour {
namespace {

constexpr int kTableHeight = 116;
constexpr int kCasesTold = 3;  // whose problems are shown; the tool tip has all
enum Column { Name, Use };

const QString kOwnNetwork = QStringLiteral("own");

void choose(QComboBox& box, const QVariant& data) {
  const int found = box.findData(data);
  if (found >= 0) box.setCurrentIndex(found);
}

}  // namespace

TrainingForm::TrainingForm(const OrganTable& organs, QWidget* parent) : QWidget(parent), organs_(organs) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 8, 0);
  column->setSpacing(6);
  buildCases(tr("Learn from"));
  column->addSpacing(6);
  buildNetwork(tr("What learns"));
  more_ = new TrainingMore(this);
  more_->setCollapsed(true);
  column->addWidget(more_);
  column->addStretch(1);
  connect(more_, &TrainingMore::changed, this, &TrainingForm::changed);
  showSentences();
  setCaseOpen(false);
}

void TrainingForm::buildCases(const QString& heading) {
  layout()->addWidget(headingLabel(heading, this));
  folder_ = new PathLine(
      PathLine::Kind::Folder, tr("Folder of cases"),
      tr("A folder that collects cases: imagesTr, scribblesTr, labelsTr; or a closed study's folder"), this);
  folder_->setPlaceholder(tr("a folder that collects cases with strokes"));
  layout()->addWidget(folder_);
  auto* row = new QHBoxLayout;
  add_ = new QPushButton(tr("Add the open case"), this);
  add_->setAutoDefault(false);
  dense_ = new QCheckBox(tr("with its contours"), this);
  dense_->setToolTip(tr("As dense labels: to score with, and for the loss that learns from them"));
  row->addWidget(add_);
  row->addWidget(dense_);
  row->addStretch(1);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
  cases_ = new QTableWidget(0, 4, this);
  cases_->setHorizontalHeaderLabels({tr("Case"), tr("Use"), tr("Strokes"), tr("Contours")});
  cases_->verticalHeader()->hide();
  cases_->verticalHeader()->setDefaultSectionSize(24);
  cases_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  cases_->horizontalHeader()->setSectionResizeMode(Name, QHeaderView::Stretch);
  cases_->setEditTriggers(QTableWidget::NoEditTriggers);
  cases_->setSelectionMode(QTableWidget::NoSelection);
  cases_->setWordWrap(false);
  cases_->setFixedHeight(kTableHeight);
  cases_->setAccessibleName(tr("Cases of the folder"));
  layout()->addWidget(cases_);
  problems_ = new QLabel(this);
  problems_->setWordWrap(true);
  problems_->setProperty("role", QStringLiteral("warning"));
  problems_->hide();
  layout()->addWidget(problems_);
  connect(add_, &QPushButton::clicked, this, [this] { Q_EMIT addAsked(dense_->isChecked()); });
  connect(folder_, &PathLine::changed, this, [this] {
    Q_EMIT folderChanged();
    Q_EMIT changed();
  });
}

QLabel* TrainingForm::addSentence() {
  QLabel* label = dimLabel({}, this);
  label->setWordWrap(true);
  layout()->addWidget(label);
  return label;
}

void TrainingForm::buildNetwork(const QString& heading) {
  layout()->addWidget(headingLabel(heading, this));
  networks_ = new QComboBox(this);
  networks_->setAccessibleName(tr("Network"));
  for (const NetworkChoice& network : networkChoices())
    networks_->addItem(QString::fromUtf8(network.title), QString::fromLatin1(network.name));
  networks_->addItem(tr("The network of a model folder..."), kOwnNetwork);
  layout()->addWidget(networks_);
  network_ = new PathLine(PathLine::Kind::Folder, tr("Model folder with the network"),
                          tr("A TorchScript network of your own, with recontour.json"), this);
  layout()->addWidget(network_);
  networkText_ = addSentence();
  losses_ = new QComboBox(this);
  losses_->setAccessibleName(tr("Loss"));
  for (const std::string& loss : lossChoices()) losses_->addItem(lossTitle(loss), QString::fromStdString(loss));
  const TrainingSettings usual;
  choose(*networks_, QString::fromStdString(usual.network));
  choose(*losses_, QString::fromStdString(usual.loss));
  layout()->addWidget(losses_);
  lossText_ = addSentence();
  model_ = new PathLine(PathLine::Kind::NewFolder, tr("Model folder to write"),
                        tr("A folder that is not there yet; what is under way lies beside it"), this);
  model_->setPlaceholder(tr("a folder to write the model to"));
  model_->setPath(QString::fromStdString((dataFolder() / "models" / "from-strokes").string()));
  layout()->addWidget(headingLabel(tr("Model"), this));
  layout()->addWidget(model_);
  for (const PathLine* line : {network_, model_}) connect(line, &PathLine::changed, this, &TrainingForm::changed);
  for (const QComboBox* box : {networks_, losses_}) {
    connect(box, &QComboBox::currentIndexChanged, this, [this] {
      showSentences();
      Q_EMIT changed();
    });
  }
}

bool TrainingForm::ownNetwork() const { return networks_->currentData().toString() == kOwnNetwork; }

void TrainingForm::showSentences() {
  network_->setVisible(ownNetwork());
  const auto number = static_cast<std::size_t>(std::max(0, networks_->currentIndex()));
  networkText_->setText(number < networkChoices().size() ? networkSentence(networkChoices()[number])
                                                         : tr("Takes CT patches, and gives one channel a label."));
  const std::string loss = losses_->currentData().toString().toStdString();
  lossText_->setText(lossSentence(loss));
  if (more_ != nullptr) more_->setLoss(loss);
}

TrainingJob TrainingForm::job() const {
  TrainingJob job;
  job.cases = folder_->path().toStdString();
  job.model = model_->path().toStdString();
  if (!more_->split().isEmpty()) job.split = more_->split().toStdString();
  more_->fill(job.settings);
  job.settings.loss = losses_->currentData().toString().toStdString();
  job.settings.organTable = organs_.name();
  job.settings.organs = organs_;
  if (ownNetwork())
    job.settings.networkFolder = network_->path().toStdString();
  else
    job.settings.network = networks_->currentData().toString().toStdString();
  return job;
}

QVariantMap TrainingForm::kept() const {
  QVariantMap kept;
  kept[QStringLiteral("cases")] = folder_->path();
  kept[QStringLiteral("model")] = model_->path();
  kept[QStringLiteral("network")] = networks_->currentData();
  kept[QStringLiteral("ownNetwork")] = network_->path();
  kept[QStringLiteral("loss")] = losses_->currentData();
  kept[QStringLiteral("withContours")] = dense_->isChecked();
  more_->keep(kept);
  return kept;
}

void TrainingForm::restore(const QVariantMap& kept) {
  if (kept.isEmpty()) return;
  folder_->setPath(kept.value(QStringLiteral("cases")).toString());
  model_->setPath(kept.value(QStringLiteral("model")).toString());
  choose(*networks_, kept.value(QStringLiteral("network")));
  network_->setPath(kept.value(QStringLiteral("ownNetwork")).toString());
  choose(*losses_, kept.value(QStringLiteral("loss")));
  dense_->setChecked(kept.value(QStringLiteral("withContours")).toBool());
  more_->restore(kept);
}

void TrainingForm::setFolders(const QString& cases, const QString& model) {
  folder_->setPath(cases);
  model_->setPath(model);
  Q_EMIT folder_->changed();
}

void TrainingForm::setCases(const std::vector<CaseOutlook>& cases) {
  cases_->setRowCount(static_cast<int>(cases.size()));
  for (int row = 0; row < cases_->rowCount(); ++row) {
    const CaseOutlook& one = cases[static_cast<std::size_t>(row)];
    const QString strokes = one.organs > 0 ? tr("%1 of %2").arg(one.organs).arg(organs_.organs().size()) : tr("none");
    const QStringList cells = {QString::fromStdString(one.name), QString(), strokes,
                               one.dense ? tr("yes") : tr("none")};
    for (int column = 0; column < cells.size(); ++column)
      cases_->setItem(row, column, new QTableWidgetItem(cells[column]));
  }
  showProblems(cases);
}

/// One line a case.
void TrainingForm::showProblems(const std::vector<CaseOutlook>& cases) {
  QStringList lines, all;
  for (const CaseOutlook& one : cases) {
    if (one.problems.empty()) continue;
    const QString name = QString::fromStdString(one.name);
    const QString first = tr("%1: %2").arg(name, QString::fromStdString(one.problems.front()));
    lines += one.problems.size() == 1 ? first : tr("%1; and %2 more").arg(first).arg(one.problems.size() - 1);
    for (const std::string& problem : one.problems) all += tr("%1: %2").arg(name, QString::fromStdString(problem));
  }
  const auto more = lines.size() - kCasesTold;
  if (more > 0) lines = lines.mid(0, kCasesTold) << tr("and %1 more cases").arg(more);
  problems_->setText(lines.join(QLatin1Char('\n')));
  problems_->setToolTip(all.join(QLatin1Char('\n')));
  problems_->setVisible(!lines.isEmpty());
}

void TrainingForm::setOutlook(const TrainingOutlook& outlook) {
  for (int row = 0; row < cases_->rowCount(); ++row) {
    const auto found = outlook.heldBack.find(cases_->item(row, Name)->text().toStdString());
    const bool used = found != outlook.heldBack.end();
    cases_->item(row, Use)->setText(!used ? tr("left out") : found->second ? tr("held back") : tr("learn"));
  }
}

void TrainingForm::setCaseOpen(bool open) {
  caseOpen_ = open;
  for (QWidget* part : {static_cast<QWidget*>(add_), static_cast<QWidget*>(dense_)})
    part->setEnabled(caseOpen_ && !locked_);
}

void TrainingForm::setLocked(bool locked) {
  locked_ = locked;
  for (QWidget* part : std::initializer_list<QWidget*>{folder_, networks_, network_, losses_, model_})
    part->setEnabled(!locked);
  more_->setFieldsEnabled(!locked);
  setCaseOpen(caseOpen_);
}

}  // namespace recontour
