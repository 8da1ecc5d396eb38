#include "ui/study/wizard_cases_page.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

#include "ui/panels/theme.h"
#include "ui/study/study_texts.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

QTableWidgetItem* fixedItem(const QString& text, const QString& toolTip) {
  auto* item = new QTableWidgetItem(text);
  item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
  item->setToolTip(toolTip);
  return item;
}

struct Found {
  std::vector<DraftCase> cases;
  std::vector<std::string> patients;
};

}  // namespace

CasesPage::CasesPage(StudyDraft& draft, StudyThread& thread)
    : StudyWizardPage(draft, tr("Cases"),
                      tr("CTs as NIfTI, NRRD or DICOM. References are label maps of the same names; they stay in the "
                         "coordinator's folder, sealed until the study is closed. Practice cases come first and count "
                         "in no figure.")),
      thread_(thread) {
  auto* row = new QHBoxLayout;
  const auto add = [&](const QString& text, void (CasesPage::*ask)()) {
    auto* button = new QPushButton(text, this);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, ask);
    row->addWidget(button);
  };
  add(tr("Add files..."), &CasesPage::askFiles);
  add(tr("Add a folder..."), &CasesPage::askFolder);
  add(tr("References..."), &CasesPage::askReferences);
  row->addStretch(1);
  add(tr("Remove"), &CasesPage::removeChosen);
  column()->addLayout(row);
  table_ = writableTable({tr("Case"), tr("Reference"), tr("Practice"), tr("Patient (equal: one patient)")}, this);
  table_->horizontalHeader()->setSectionResizeMode(kPractice, QHeaderView::ResizeToContents);
  column()->addWidget(table_, 1);
  auto* draws = new QHBoxLayout;
  draw_ = new QCheckBox(tr("Keep only"), this);
  drawn_ = new QSpinBox(this);
  drawn_->setRange(1, 100'000);
  drawn_->setValue(20);
  draws->addWidget(draw_);
  draws->addWidget(drawn_);
  draws->addWidget(dimLabel(tr("of the cases that are no practice, drawn by the study's seed"), this));
  draws->addStretch(1);
  column()->addLayout(draws);
  connect(&thread_, &StudyThread::failed, this, [this](const QString&, const QString& why) {
    if (!isLooking_) return;
    setLooking(false);
    say(why, true);
  });
}

void CasesPage::setLooking(bool looking) {
  isLooking_ = looking;
  Q_EMIT completeChanged();
}

void CasesPage::show(const StudyDraft& draft) {
  fill(draft.cases);
  draw_->setChecked(draft.drawn.has_value());
  if (draft.drawn) drawn_->setValue(*draft.drawn);
}

void CasesPage::put(StudyDraft& draft) const {
  draft.cases = written();
  draft.drawn = draw_->isChecked() ? std::optional(drawn_->value()) : std::nullopt;
}

QString CasesPage::problem() const {
  std::set<std::string> names;
  int counted = 0;
  for (const DraftCase& one : written()) {
    if (!names.insert(one.name()).second)
      return tr("Two cases are called %1; start maps could not tell them apart.").arg(shown(one.name()));
    counted += !one.practice;
  }
  if (draw_->isChecked() && drawn_->value() > counted)
    return tr("%1 cases cannot be drawn from %2.").arg(drawn_->value()).arg(counted);
  return {};
}

void CasesPage::askFiles() {
  const QStringList files =
      QFileDialog::getOpenFileNames(this, tr("CTs"), {}, tr("CTs (*.nii *.nii.gz *.nrrd *.nhdr *.hdr *.zip)"));
  std::vector<fs::path> paths;
  for (const QString& file : files) paths.emplace_back(file.toStdString());
  addPaths(paths);
}

void CasesPage::askFolder() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder with CTs"));
  if (!folder.isEmpty()) addPaths({folder.toStdString()});
}

void CasesPage::askReferences() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder with references"));
  if (!folder.isEmpty()) setReferences(folder.toStdString());
}

void CasesPage::removeChosen() {
  std::vector<DraftCase> kept = written();
  for (int row = table_->rowCount() - 1; row >= 0; --row)
    if (table_->selectionModel()->isRowSelected(row)) kept.erase(kept.begin() + row);
  fill(kept);
}

void CasesPage::addPaths(const std::vector<fs::path>& paths) {
  if (paths.empty()) return;
  setLooking(true);
  thread_.run(
      tr("Looking for cases"), [paths, references = references_](StudyDesk&) { return findCases(paths, references); },
      [this](const std::vector<DraftCase>& found) {
        std::vector<DraftCase> all = written();
        for (const DraftCase& one : found)
          if (std::ranges::find(all, one.image, &DraftCase::image) == all.end()) all.push_back(one);
        fill(all);
        look();
      });
}

void CasesPage::setReferences(const fs::path& folder) {
  references_ = folder;
  look();
}

/// Finds references by name, and by their shapes which cases look like one patient's.
void CasesPage::look() {
  setLooking(true);
  say(tr("Looking at the references..."));
  const auto find = [cases = written(), references = references_](StudyDesk& desk) {
    Found found{cases, {}};
    for (DraftCase& one : found.cases)
      if (const fs::path file = labelFileFor(references, one.name()); !file.empty()) one.reference = file;
    found.patients = groupPatients(found.cases, desk.progress, desk.stop);
    return found;
  };
  thread_.run(tr("Looking at the references"), find, [this](const Found& found) {
    setLooking(false);
    fill(found.cases);
    const auto without = std::ranges::count_if(found.cases, [](const DraftCase& one) { return one.reference.empty(); });
    QString text = tr("%1 cases, %2 without a reference.").arg(found.cases.size()).arg(without);
    for (const std::string& pair : found.patients) text += QLatin1Char(' ') + tr("%1.").arg(shown(pair));
    if (!found.patients.empty()) text += tr(" They are kept as one; write another patient where that is wrong.");
    say(text);
  });
}

void CasesPage::fill(const std::vector<DraftCase>& cases) {
  cases_ = cases;
  table_->setRowCount(static_cast<int>(cases_.size()));
  for (int row = 0; row < table_->rowCount(); ++row) {
    const DraftCase& one = cases_[static_cast<std::size_t>(row)];
    table_->setItem(row, kCase, fixedItem(shown(one.name()), shown(one.image.string())));
    table_->setItem(row, kReference,
                    fixedItem(one.reference.empty() ? tr("none") : shown(one.reference.filename().string()),
                              shown(one.reference.string())));
    auto* practice = fixedItem({}, {});
    practice->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
    practice->setCheckState(one.practice ? Qt::Checked : Qt::Unchecked);
    table_->setItem(row, kPractice, practice);
    table_->setItem(row, kPatient, new QTableWidgetItem(shown(one.patient)));
  }
}

std::vector<DraftCase> CasesPage::written() const {
  std::vector<DraftCase> cases = cases_;
  for (int row = 0; row < table_->rowCount(); ++row) {
    DraftCase& one = cases[static_cast<std::size_t>(row)];
    one.practice = table_->item(row, kPractice)->checkState() == Qt::Checked;
    one.patient = tableText(*table_, row, kPatient).toStdString();
  }
  return cases;
}

}  // namespace recontour
