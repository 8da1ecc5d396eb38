#include "ui/study/wizard_start_pages.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/panels/theme.h"
#include "ui/study/study_texts.h"

namespace recontour {

PresetPage::PresetPage(StudyDraft& draft)
    : StudyWizardPage(draft, tr("Kind of study"),
                      tr("Everything that follows has the kind's values at first and can be changed until the study is "
                         "frozen.")) {
  for (const std::string& preset : studyPresetNames()) {
    auto* choice = new QRadioButton(tr("%1   (%2)").arg(presetTitle(preset), shown(preset)), this);
    QFont font = choice->font();
    font.setBold(true);
    choice->setFont(font);
    auto* text = dimLabel(presetText(preset), this);
    text->setWordWrap(true);
    text->setContentsMargins(22, 0, 0, 10);
    text->setBuddy(choice);
    column()->addWidget(choice);
    column()->addWidget(text);
    choices_.push_back(choice);
  }
  column()->addStretch(1);
}

QRadioButton& PresetPage::choice(const std::string& preset) {
  const auto found = std::ranges::find(studyPresetNames(), preset);
  return *choices_[static_cast<std::size_t>(found - studyPresetNames().begin())];
}

std::string PresetPage::chosen() const {
  const auto found = std::ranges::find_if(choices_, &QRadioButton::isChecked);
  return studyPresetNames()[found == choices_.end() ? 0 : static_cast<std::size_t>(found - choices_.begin())];
}

void PresetPage::show(const StudyDraft& draft) { choice(draft.protocol.design.preset).setChecked(true); }

void PresetPage::put(StudyDraft& draft) const {
  if (chosen() == draft.protocol.design.preset) return;
  StudyProtocol fresh = studyPreset(chosen());
  const auto seed = draft.protocol.design.seed;
  const int samePatientDays = draft.protocol.design.samePatientDays;
  draft.protocol.design = fresh.design;
  draft.protocol.design.seed = seed;
  draft.protocol.design.samePatientDays = samePatientDays;
  draft.protocol.arms = std::move(fresh.arms);
  draft.protocol.ratings = std::move(fresh.ratings);
  draft.starts.clear();
}

NamePage::NamePage(StudyDraft& draft)
    : StudyWizardPage(
          draft, tr("Name"),
          tr("Readers see the title. The name is part of file names. The study gets a folder of its own, on a "
             "local disk.")) {
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->setVerticalSpacing(10);
  name_ = new QLineEdit(this);
  name_->setPlaceholderText(tr("for example WORD-3"));
  title_ = new QLineEdit(this);
  title_->setPlaceholderText(tr("as readers see it; the name when empty"));
  ethics_ = new QLineEdit(this);
  ethics_->setPlaceholderText(tr("number of the vote, if there is one"));
  simulated_ = new QCheckBox(tr("Readers are scripts: every page of a report says SIMULATED"), this);
  form->addRow(tr("Name"), name_);
  form->addRow(tr("Title"), title_);
  form->addRow(tr("Ethics id"), ethics_);
  form->addRow(tr("Beside"), folderField(folder_, tr("Folder to put the study's folder into"), this));
  form->addRow(QString(), simulated_);
  column()->addLayout(form);
  column()->addStretch(1);
}

void NamePage::show(const StudyDraft& draft) {
  name_->setText(shown(draft.protocol.id));
  title_->setText(draft.protocol.title == draft.protocol.id ? QString() : shown(draft.protocol.title));
  ethics_->setText(shown(draft.protocol.ethicsId));
  folder_->setText(shown(draft.folder.parent_path().string()));
  simulated_->setChecked(draft.protocol.simulated);
}

void NamePage::put(StudyDraft& draft) const {
  draft.protocol.id = name_->text().trimmed().toStdString();
  const QString title = title_->text().trimmed();
  draft.protocol.title = title.isEmpty() ? draft.protocol.id : title.toStdString();
  draft.protocol.ethicsId = ethics_->text().trimmed().toStdString();
  draft.protocol.simulated = simulated_->isChecked();
  draft.folder = std::filesystem::path(folder_->text().trimmed().toStdString()) / draft.protocol.id;
}

QString NamePage::problem() const {
  static const QRegularExpression kPlain(QStringLiteral("^[A-Za-z0-9_-]{1,64}$"));
  if (!kPlain.match(name_->text().trimmed()).hasMatch()) return tr("The name wants 1 to 64 letters, digits, - and _.");
  if (folder_->text().trimmed().isEmpty()) return tr("Choose the folder to put the study's folder into.");
  return {};
}

}  // namespace recontour
