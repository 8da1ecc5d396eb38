#include "ui/study/wizard_arms_page.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/panels/theme.h"
#include "ui/study/study_texts.h"

namespace recontour {
namespace {

constexpr int kFromMaps = 0, kFromNothing = 1, kFromReader = 2;

/// Names with a tick each; what a name means is kept as data.
QListWidget* checkList(const std::vector<std::string>& names, const std::vector<std::string>& chosen,
                       QString (*label)(const std::string&), QWidget* parent) {
  auto* list = new QListWidget(parent);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  for (const std::string& name : names) {
    auto* item = new QListWidgetItem(label(name), list);
    item->setSizeHint({0, kCheckRow});
    item->setData(Qt::UserRole, shown(name));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
    item->setCheckState(std::ranges::find(chosen, name) != chosen.end() ? Qt::Checked : Qt::Unchecked);
  }
  return list;
}

std::vector<std::string> checkedOf(const QListWidget& list) {
  std::vector<std::string> names;
  for (int row = 0; row < list.count(); ++row)
    if (list.item(row)->checkState() == Qt::Checked)
      names.push_back(list.item(row)->data(Qt::UserRole).toString().toStdString());
  return names;
}

}  // namespace

ArmEditor::ArmEditor(const StudyArm& arm, const DraftStarts& starts, QWidget* parent) : QWidget(parent), arm_(arm) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 12, 12, 12);
  row->setSpacing(16);
  row->addWidget(makeBeginning(starts), 4);
  tools_ = checkList(studyToolNames(), arm.tools, toolLabel, this);
  cues_ = checkList(studyCueNames(), arm.cues, cueLabel, this);
  const auto add = [&](const QString& heading, QListWidget* list, int part) {
    auto* column = new QVBoxLayout;
    column->addWidget(headingLabel(heading, this));
    column->addWidget(list, 1);
    row->addLayout(column, part);
  };
  add(tr("Tools"), tools_, 3);
  add(tr("What readers see"), cues_, 3);
}

QWidget* ArmEditor::makeBeginning(const DraftStarts& starts) {
  auto* left = new QWidget(this);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  name_ = new QLineEdit(shown(arm_.name), left);
  beginning_ = new QComboBox(left);
  beginning_->addItems({tr("contours from files"), tr("nothing"), tr("what another reader drew")});
  beginning_->setCurrentIndex(arm_.fromNothing ? kFromNothing : arm_.checks ? kFromReader : kFromMaps);
  form->addRow(tr("Name"), name_);
  form->addRow(tr("Begins from"), beginning_);
  column->addLayout(form);
  maps_ = new QWidget(left);
  auto* maps = new QFormLayout(maps_);
  maps->setContentsMargins(0, 0, 0, 0);
  maps->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  maps->addRow(tr("Start maps"), folderField(folder_, tr("Folder with a label map of each case's name"), maps_));
  folder_->setText(shown(starts.folder.string()));
  folder_->setPlaceholderText(tr("a label map of each case's name"));
  model_ = new QLineEdit(shown(arm_.model), maps_);
  model_->setPlaceholderText(tr("name, for the report"));
  modelHash_ = new QLineEdit(shown(arm_.modelHash), maps_);
  modelHash_->setPlaceholderText(tr("SHA-256 of its weights, if known"));
  maps->addRow(tr("Model"), model_);
  maps->addRow(tr("Weights"), modelHash_);
  column->addWidget(maps_);
  column->addStretch(1);
  auto* note =
      dimLabel(tr("Readers' machines neither predict nor train. Everything that hints at errors is hidden unless it "
                  "is ticked.\n\nErrors to see whether readers find them are planted before freezing, with "
                  "recontour-cli study plant."),
               left);
  note->setWordWrap(true);
  column->addWidget(note);
  connect(beginning_, &QComboBox::currentIndexChanged, this, &ArmEditor::enable);
  enable();
  return left;
}

void ArmEditor::enable() { maps_->setVisible(beginning_->currentIndex() == kFromMaps); }

StudyArm ArmEditor::arm() const {
  StudyArm made = arm_;
  const bool fromMaps = beginning_->currentIndex() == kFromMaps;
  made.name = name_->text().trimmed().toStdString();
  made.fromNothing = beginning_->currentIndex() == kFromNothing;
  made.checks = beginning_->currentIndex() == kFromReader;
  made.model = fromMaps ? model_->text().trimmed().toStdString() : "";
  made.modelHash = fromMaps ? modelHash_->text().trimmed().toStdString() : "";
  made.tools = checkedOf(*tools_);
  made.cues = checkedOf(*cues_);
  return made;
}

DraftStarts ArmEditor::starts() const {
  if (beginning_->currentIndex() != kFromMaps) return {arm_.id, {}};
  return {arm_.id, folder_->text().trimmed().toStdString()};
}

ArmsPage::ArmsPage(StudyDraft& draft)
    : StudyWizardPage(draft, tr("Arms"),
                      tr("An arm is a way to work. Readers are not told in which arm a case is, nor of which model its "
                         "contours are.")) {
  tabs_ = new QTabWidget(this);
  column()->addWidget(tabs_, 1);
  add_ = new QPushButton(tr("Add an arm"), this);
  add_->setAutoDefault(false);
  column()->addWidget(add_, 0, Qt::AlignLeft);
  connect(add_, &QPushButton::clicked, this, &ArmsPage::addArm);
}

void ArmsPage::add(const StudyArm& arm, const DraftStarts& starts) {
  editors_.push_back(new ArmEditor(arm, starts, this));
  tabs_->addTab(editors_.back(), tr("Arm %1").arg(shown(arm.id)));
}

void ArmsPage::show(const StudyDraft& draft) {
  while (tabs_->count() > 0) delete tabs_->widget(0);
  editors_.clear();
  for (const StudyArm& arm : draft.protocol.arms) {
    const auto starts = std::ranges::find(draft.starts, arm.id, &DraftStarts::arm);
    add(arm, starts == draft.starts.end() ? DraftStarts{arm.id, {}} : *starts);
  }
  add_->setVisible(draft.protocol.design.preset == "crossover");
}

void ArmsPage::addArm() {
  StudyArm made;
  made.id = std::string(1, static_cast<char>('A' + editors_.size()));
  made.tools = studyToolNames();
  add(made, {made.id, {}});
  tabs_->setCurrentIndex(tabs_->count() - 1);
}

void ArmsPage::put(StudyDraft& draft) const {
  draft.protocol.arms.clear();
  draft.starts.clear();
  for (const ArmEditor* editor : editors_) {
    draft.protocol.arms.push_back(editor->arm());
    if (const DraftStarts starts = editor->starts(); !starts.folder.empty()) draft.starts.push_back(starts);
  }
}

QString ArmsPage::problem() const {
  for (const ArmEditor* editor : editors_) {
    const StudyArm arm = editor->arm();
    if (arm.tools.empty()) return tr("Arm %1 allows no tool.").arg(shown(arm.id));
    if (arm.name.empty()) return tr("Arm %1 wants a name for the report.").arg(shown(arm.id));
  }
  return {};
}

}  // namespace recontour
