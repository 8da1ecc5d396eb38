#include "ui/panels/edit_rules_editor.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

#include "ui/panels/theme.h"

namespace recontour {
namespace {

/// Items of the area box; organs follow.
enum Area { Everywhere, Slices, Hu, FirstOrgan };
constexpr int kLowestHu = -1024, kHighestHu = 3071;

}  // namespace

EditRulesEditor::EditRulesEditor(QWidget* parent) : QWidget(parent) {
  overwrite_ = new QComboBox(this);
  overwrite_->addItems({tr("all organs"), tr("background only"), tr("chosen organs")});  // as EditRules::Overwrite
  overwrite_->setAccessibleName(tr("Paints over"));
  overwrite_->setToolTip(tr("Locked organs are never painted over. Shift+Ctrl paints over all for one stroke"));
  chosen_ = new QPushButton(this);
  organs_ = new QMenu(this);
  chosen_->setMenu(organs_);
  area_ = new QComboBox(this);
  area_->setAccessibleName(tr("Where edits may go"));
  area_->setToolTip(tr("Where edits may go"));
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setVerticalSpacing(4);
  form->addRow(tr("Over"), overwrite_);
  form->addRow(QString(), chosen_);
  form->addRow(tr("Where"), area_);
  buildNumbers();
  form->addRow(QString(), range_);
  for (QComboBox* box : {overwrite_, area_}) {
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(box, &QComboBox::activated, this, [this] {
      showParts();
      readRules();
    });
  }
  setOrgans({});
}

void EditRulesEditor::buildNumbers() {
  range_ = new QWidget(this);
  auto* line = new QHBoxLayout(range_);
  line->setContentsMargins(0, 0, 0, 0);
  from_ = new QSpinBox(range_);
  to_ = new QSpinBox(range_);
  line->addWidget(from_, 1);
  line->addWidget(dimLabel(tr("to"), range_));
  line->addWidget(to_, 1);
  for (QSpinBox* box : {from_, to_}) connect(box, &QSpinBox::valueChanged, this, [this] { readRules(); });
}

void EditRulesEditor::setOrgans(const OrganTable& organs) {
  const QSignalBlocker quiet(area_);
  area_->clear();
  area_->addItems({tr("everywhere"), tr("axial slices from, to"), tr("a HU range")});
  organs_->clear();
  for (const Organ& organ : organs.organs()) {
    const QString name = QString::fromStdString(organ.name);
    area_->addItem(tr("inside %1").arg(name), organ.label);
    QAction* choice = organs_->addAction(name);
    choice->setCheckable(true);
    choice->setData(organ.label);
    connect(choice, &QAction::triggered, this, [this] { readRules(); });
  }
  setRules(rules_);
}

void EditRulesEditor::setSlices(int axial) {
  slices_ = std::max(1, axial);
  showParts();
}

void EditRulesEditor::setRules(const EditRules& rules) {
  rules_ = rules;
  const QSignalBlocker quiet(this);
  overwrite_->setCurrentIndex(static_cast<int>(rules.overwrite));
  for (QAction* choice : organs_->actions()) choice->setChecked(rules.chosen[choice->data().toUInt()]);
  const int organ = rules.inside ? area_->findData(*rules.inside) : -1;
  area_->setCurrentIndex(organ >= 0 ? organ : rules.slab ? Slices : rules.hu ? Hu : Everywhere);
  showParts();
}

/// Only what the choices need is seen.
void EditRulesEditor::showParts() {
  chosen_->setVisible(overwrite_->currentIndex() == static_cast<int>(EditRules::Overwrite::Chosen));
  chosen_->setText(rules_.chosen.none() ? tr("Choose organs") : tr("%1 organs").arg(rules_.chosen.count()));
  const int area = area_->currentIndex();
  range_->setVisible(area == Slices || area == Hu);
  const QSignalBlocker quietFrom(from_), quietTo(to_);
  const auto show = [](QSpinBox& box, int least, int largest, int value) {
    box.setRange(least, largest);
    box.setValue(value);
  };
  if (area == Slices) {  // people count from 1
    const Slab slab = rules_.slab.value_or(Slab{Plane::Axial, 0, slices_ - 1});
    show(*from_, 1, slices_, slab.first + 1);
    show(*to_, 1, slices_, slab.last + 1);
  }
  if (area == Hu) {
    const HuRange hu = rules_.hu.value_or(HuRange{-50, 150});
    show(*from_, kLowestHu, kHighestHu, static_cast<int>(hu.low));
    show(*to_, kLowestHu, kHighestHu, static_cast<int>(hu.high));
  }
}

void EditRulesEditor::readRules() {
  EditRules rules;
  rules.overwrite = static_cast<EditRules::Overwrite>(overwrite_->currentIndex());
  for (const QAction* choice : organs_->actions()) rules.chosen.set(choice->data().toUInt(), choice->isChecked());
  const int area = area_->currentIndex();
  const int from = std::min(from_->value(), to_->value()), to = std::max(from_->value(), to_->value());
  if (area == Slices) rules.slab = Slab{Plane::Axial, from - 1, to - 1};
  if (area == Hu) rules.hu = HuRange{double(from), double(to)};
  if (area >= FirstOrgan) rules.inside = static_cast<Label>(area_->itemData(area).toUInt());
  rules_ = rules;
  showParts();
  Q_EMIT rulesChanged(rules);
}

}  // namespace recontour
