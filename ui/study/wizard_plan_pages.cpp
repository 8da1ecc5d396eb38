#include "ui/study/wizard_plan_pages.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/panels/theme.h"
#include "ui/study/study_texts.h"

namespace recontour {
namespace {

constexpr std::array kEndpoints = {"dsc", "active_s"};
constexpr std::array kProfiles = {"word", "medpy", "nnunet", "flare22"};

QDoubleSpinBox* decimal(double lowest, double highest, int decimals, double step, QWidget* parent) {
  auto* box = new QDoubleSpinBox(parent);
  box->setRange(lowest, highest);
  box->setDecimals(decimals);
  box->setSingleStep(step);
  box->setFixedWidth(110);
  return box;
}

/// An editor with an explanation beside it.
QWidget* explained(QWidget* editor, const QString& text, QWidget* parent) {
  auto* both = new QWidget(parent);
  auto* row = new QHBoxLayout(both);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(12);
  auto* label = dimLabel(text, both);
  label->setWordWrap(true);
  row->addWidget(editor);
  row->addWidget(label, 1);
  return both;
}

QFormLayout* spacedForm() {
  auto* form = new QFormLayout;
  form->setVerticalSpacing(12);
  form->setHorizontalSpacing(16);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  return form;
}

/// A number that is not one of the list is kept as it is.
void choose(QComboBox& box, const std::string& value) {
  const int index = box.findData(shown(value));
  box.setCurrentIndex(std::max(0, index));
}

}  // namespace

PlanPage::PlanPage(StudyDraft& draft)
    : StudyWizardPage(draft, tr("Orders"),
                      tr("Each reader reads in an order of his own. The orders follow from the seed alone, the same on "
                         "every machine, and are laid down by freezing.")) {
  auto* form = spacedForm();
  seed_ = new QLineEdit(this);
  seed_->setFixedWidth(110);
  form->addRow(tr("Seed"), explained(seed_, tr("any whole number; it stands in the report"), this));
  scratch_ = number(*form, tr("From nothing too"), tr(" cases"),
                    tr("cases that are also drawn from nothing, half of the readers before and half after"));
  repeated_ = number(*form, tr("Read again"), tr(" cases"),
                     tr("cases that each reader reads a second time at the end, to see how steady he is"));
  washout_ = number(*form, tr("Washout"), tr(" days"), tr("at least between two readings of one case by one reader"));
  samePatient_ = number(*form, tr("Same patient"), tr(" days"), tr("at least between two cases of one patient"));
  column()->addLayout(form);
  column()->addStretch(1);
}

QSpinBox* PlanPage::number(QFormLayout& form, const QString& name, const QString& suffix, const QString& text) {
  auto* box = new QSpinBox(this);
  box->setRange(0, 1000);
  box->setSuffix(suffix);
  box->setFixedWidth(110);
  form.addRow(name, explained(box, text, this));
  return box;
}

void PlanPage::show(const StudyDraft& draft) {
  const StudyDesign& design = draft.protocol.design;
  seed_->setText(QString::number(design.seed));
  scratch_->setValue(design.scratchCases);
  scratch_->parentWidget()->setEnabled(design.preset == "word-fig3-plus");
  repeated_->setValue(design.repeatedCases);
  washout_->setValue(design.washoutDays);
  samePatient_->setValue(design.samePatientDays);
}

void PlanPage::put(StudyDraft& draft) const {
  StudyDesign& design = draft.protocol.design;
  design.seed = seed_->text().trimmed().toULongLong();
  design.scratchCases = scratch_->value();
  design.repeatedCases = repeated_->value();
  design.washoutDays = washout_->value();
  design.samePatientDays = samePatient_->value();
}

QString PlanPage::problem() const {
  bool isNumber = false;
  seed_->text().trimmed().toULongLong(&isNumber);
  return isNumber ? QString() : tr("The seed is a whole number, 0 or more.");
}

AnalysisPage::AnalysisPage(StudyDraft& draft, const OrganTable& organs)
    : StudyWizardPage(
          draft, tr("Analysis"),
          tr("Laid down before anybody has seen a figure. What is changed after freezing is an amendment, which "
             "the report tells with who, when and why.")),
      organs_(organs) {
  auto* row = new QHBoxLayout;
  row->setSpacing(24);
  row->addWidget(makeForm(), 4);
  auto* right = new QVBoxLayout;
  right->addWidget(headingLabel(tr("Tolerance of the surface DSC"), this));
  tolerances_ = writableTable({tr("Organ"), tr("mm (empty: 3)")}, this);
  right->addWidget(tolerances_, 1);
  row->addLayout(right, 3);
  column()->addLayout(row, 1);
}

QWidget* AnalysisPage::makeForm() {
  auto* left = new QWidget(this);
  auto* form = spacedForm();
  form->setContentsMargins(0, 0, 0, 0);
  left->setLayout(form);
  auto* limits = new QWidget(left);
  auto* row = new QHBoxLayout(limits);
  row->setContentsMargins(0, 0, 0, 0);
  for (QDoubleSpinBox*& limit : limits_) {
    limit = decimal(1, 3600, 0, 5, limits);
    limit->setFixedWidth(76);
    limit->setSuffix(tr(" s"));
    row->addWidget(limit);
  }
  row->addStretch(1);
  form->addRow(tr("Idle limits"), limits);
  primaryLimit_ = new QComboBox(left);
  for (const char* name : {"1", "2", "3", "4"}) primaryLimit_->addItem(tr("limit %1").arg(QLatin1String(name)));
  form->addRow(tr("Primary limit"), explained(primaryLimit_, tr("after the last input time is idle"), left));
  endpoint_ = new QComboBox(left);
  endpoint_->addItem(tr("change of DSC"), QLatin1String(kEndpoints[0]));
  endpoint_->addItem(tr("active time"), QLatin1String(kEndpoints[1]));
  form->addRow(tr("Primary endpoint"), endpoint_);
  margin_ = decimal(0.0001, 10'000, 4, 0.005, left);
  form->addRow(tr("Margin"), explained(margin_, tr("in DSC, or in log-ratio of time"), left));
  alpha_ = decimal(0.0001, 0.5, 4, 0.01, left);
  form->addRow(tr("Alpha"), explained(alpha_, tr("for all organs together (Holm)"), left));
  samples_ = new QSpinBox(left);
  samples_->setRange(100, 1'000'000);
  samples_->setFixedWidth(110);
  form->addRow(tr("Bootstrap"), explained(samples_, tr("samples, drawn by patient"), left));
  profile_ = new QComboBox(left);
  profile_->addItem(tr("as WORD's script"), QLatin1String(kProfiles[0]));
  profile_->addItem(tr("as MedPy"), QLatin1String(kProfiles[1]));
  profile_->addItem(tr("as nnU-Net"), QLatin1String(kProfiles[2]));
  profile_->addItem(tr("as FLARE 2022"), QLatin1String(kProfiles[3]));
  form->addRow(tr("Metrics"), explained(profile_, tr("where a map lacks the organ"), left));
  return left;
}

void AnalysisPage::show(const StudyDraft& draft) {
  const StudyAnalysis& analysis = draft.protocol.analysis;
  for (std::size_t i = 0; i < limits_.size(); ++i) {
    limits_[i]->setValue(analysis.idleLimitsS[i]);
    if (analysis.idleLimitsS[i] == analysis.primaryIdleLimitS) primaryLimit_->setCurrentIndex(static_cast<int>(i));
  }
  choose(*endpoint_, analysis.primaryEndpoint);
  choose(*profile_, analysis.metricProfile);
  margin_->setValue(analysis.margin);
  alpha_->setValue(analysis.alpha);
  samples_->setValue(analysis.bootstrapSamples);
  tolerances_->setRowCount(static_cast<int>(draft.protocol.organs.size()));
  for (int row = 0; row < tolerances_->rowCount(); ++row) {
    const std::string& key = draft.protocol.organs[static_cast<std::size_t>(row)];
    const Organ* known = organs_.find(key);
    auto* organ = new QTableWidgetItem(shown(known == nullptr ? key : known->name));
    organ->setData(Qt::UserRole, shown(key));
    organ->setFlags(Qt::ItemIsEnabled);
    tolerances_->setItem(row, 0, organ);
    const auto given = analysis.tolerancesMm.find(key);
    const QString mm = given == analysis.tolerancesMm.end() ? QString() : QString::number(given->second);
    tolerances_->setItem(row, 1, new QTableWidgetItem(mm));
  }
}

void AnalysisPage::put(StudyDraft& draft) const {
  StudyAnalysis& analysis = draft.protocol.analysis;
  for (std::size_t i = 0; i < limits_.size(); ++i) analysis.idleLimitsS[i] = limits_[i]->value();
  analysis.primaryIdleLimitS = analysis.idleLimitsS[static_cast<std::size_t>(primaryLimit_->currentIndex())];
  analysis.primaryEndpoint = endpoint_->currentData().toString().toStdString();
  analysis.metricProfile = profile_->currentData().toString().toStdString();
  analysis.margin = margin_->value();
  analysis.alpha = alpha_->value();
  analysis.bootstrapSamples = samples_->value();
  analysis.tolerancesMm.clear();
  for (int row = 0; row < tolerances_->rowCount(); ++row)
    if (const QString mm = tableText(*tolerances_, row, 1); !mm.isEmpty())
      analysis.tolerancesMm[tolerances_->item(row, 0)->data(Qt::UserRole).toString().toStdString()] = mm.toDouble();
}

QString AnalysisPage::problem() const {
  for (std::size_t i = 1; i < limits_.size(); ++i)
    if (limits_[i]->value() <= limits_[i - 1]->value()) return tr("Idle limits go from the shortest to the longest.");
  for (int row = 0; row < tolerances_->rowCount(); ++row) {
    const QString mm = tableText(*tolerances_, row, 1);
    bool isNumber = true;
    const double value = mm.isEmpty() ? 1 : mm.toDouble(&isNumber);
    if (!isNumber || value <= 0) return tr("%1: %2 is no distance in mm.").arg(tableText(*tolerances_, row, 0), mm);
  }
  return {};
}

}  // namespace recontour
