#include "ui/study/study_wizard.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <fstream>

#include <gtest/gtest.h>

#include "core/io/archive.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"
#include "core/study/reader_package.h"
#include "core/study/study_import.h"
#include "tests/ui/study/hand_made_study.h"
#include "ui/panels/theme.h"
#include "ui/study/coordinator_window.h"
#include "ui/study/wizard_arms_page.h"
#include "ui/study/wizard_cases_page.h"
#include "ui/study/wizard_plan_pages.h"
#include "ui/study/wizard_readers_page.h"
#include "ui/study/wizard_start_pages.h"
#include "ui/study/wizard_summary_page.h"
#include "ui/study/wizard_text_pages.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// A cube of 24 voxels of 4 mm with three organs, which are blocks of a size.
struct SmallScan {
  explicit SmallScan(int number, const Index3& organ) {
    geometry.size = {24, 24, 24};
    geometry.spacing = {4, 4, 4};
    std::vector<std::int16_t> voxels(24 * 24 * 24, static_cast<std::int16_t>(number));
    volume = Volume(geometry.size, std::move(voxels));
    std::vector<Label> dense(24 * 24 * 24);
    for (int z = 0; z < organ.z; ++z)
      for (int y = 0; y < 24; ++y)
        for (int x = 0; x < organ.x; ++x)
          if (y % 8 < organ.y) dense[static_cast<std::size_t>((z * 24 + y) * 24 + x)] = static_cast<Label>(1 + y / 8);
    labels = LabelMap::fromDense(geometry.size, dense);
  }
  void write(const fs::path& folder, const std::string& name) const {
    for (const char* part : {"imagesTs", "labelsTs", "starts"}) fs::create_directories(folder / part);
    writeVolumeFile(folder / "imagesTs" / (name + "_0000.nii.gz"), volume, geometry, "");
    writeLabelFile(folder / "labelsTs" / (name + ".nii.gz"), labels, geometry);
    writeLabelFile(folder / "starts" / (name + ".nii.gz"), labels, geometry);
  }
  Geometry geometry;
  Volume volume;
  LabelMap labels;
};

class StudyWizardTest : public testing::Test {
 protected:
  StudyWizardTest() {
    applyTheme(*qApp);
    SmallScan(1, {8, 8, 8}).write(data(), "word_0019");
    SmallScan(2, {8, 8, 8}).write(data(), "word_0033");
    SmallScan(3, {20, 2, 12}).write(data(), "word_0040");
    fs::create_directories(temporary / "studies");
    wizard = std::make_unique<StudyWizard>(clock, temporary / "studies");
    wizard->show();
  }
  fs::path data() const { return temporary / "data"; }
  fs::path made() const { return temporary / "studies" / "WORD-3"; }

  template <typename Kind>
  Kind& page(StudyWizard::Page which) {
    return wizard->at<Kind>(which);
  }
  /// Goes on, and makes a picture of the page that is left.
  bool next(const char* name = nullptr) {
    const int before = wizard->currentId();
    if (name != nullptr) picture(*wizard, QStringLiteral("wizard-%1-%2").arg(before + 1).arg(QLatin1String(name)));
    if (!wizard->button(QWizard::NextButton)->isEnabled()) return false;
    wizard->next();
    return wizard->currentId() != before;
  }
  void fillName() {
    page<NamePage>(StudyWizard::kName).nameEdit().setText(QStringLiteral("WORD-3"));
    page<NamePage>(StudyWizard::kName).titleEdit().setText(QStringLiteral("Three oncologists revise"));
    page<NamePage>(StudyWizard::kName).ethicsEdit().setText(QStringLiteral("2026-117"));
  }
  bool fillCases() {
    CasesPage& cases = page<CasesPage>(StudyWizard::kCases);
    cases.addPaths({data() / "imagesTs"});
    cases.setReferences(data() / "labelsTs");
    if (!waitFor([&] { return !wizard->thread().isBusy(); })) return false;
    cases.table().item(2, CasesPage::kPractice)->setCheckState(Qt::Checked);
    return true;
  }
  void fillReaders() {
    QTableWidget& readers = page<ReadersPage>(StudyWizard::kReaders).table();
    readers.item(0, ReadersPage::kHospital)->setText(QStringLiteral("Chengdu West"));
    readers.item(0, ReadersPage::kYears)->setText(QStringLiteral("2"));
  }
  void fillArm() {
    ArmEditor& arm = page<ArmsPage>(StudyWizard::kArms).editor(0);
    arm.startsEdit().setText(QString::fromStdString((data() / "starts").string()));
    arm.modelEdit().setText(QStringLiteral("nnU-Net"));
    arm.cues().item(5)->setCheckState(Qt::Checked);
  }
  /// All pages as one fills them for WORD's study. @return whether the last one is reached
  bool goThrough() {
    bool onward = next("kind");
    fillName();
    onward = onward && next("name") && fillCases() && next("cases");
    fillReaders();
    onward = onward && next("readers");
    fillArm();
    onward = onward && next("arms");
    page<PlanPage>(StudyWizard::kPlan).seedEdit().setText(QStringLiteral("20231"));
    page<PlanPage>(StudyWizard::kPlan).samePatientBox().setValue(14);
    onward = onward && next("orders");
    page<AnalysisPage>(StudyWizard::kAnalysis).tolerances().item(0, 1)->setText(QStringLiteral("2.5"));
    onward = onward && next("analysis") && next("questions");
    page<OrgansPage>(StudyWizard::kOrgans).textEdit().setPlainText(QStringLiteral("Without the gallbladder."));
    return onward && next("organs");
  }
  bool press(QPushButton& button) {
    button.click();
    return waitFor([&] { return !page<SummaryPage>(StudyWizard::kSummary).isWorking(); });
  }
  SummaryPage& summary() { return page<SummaryPage>(StudyWizard::kSummary); }

  /// The same study by the functions alone.
  StudyProtocol byFunctions() {
    StudyProtocol draft = studyPreset("word-fig3");
    const OrganTable organs = OrganTable::named("word");
    draft.id = "WORD-3";
    draft.title = "Three oncologists revise";
    draft.ethicsId = "2026-117";
    draft.design.seed = 20231;
    draft.design.samePatientDays = 14;
    draft.analysis.tolerancesMm["liver"] = 2.5;
    draft.organTableHash = organs.hash();
    for (const Organ& organ : organs.organs()) draft.organs.push_back(organ.key);
    draft.guidelines["liver"] = "Without the gallbladder.";
    draft.arms[0].model = "nnU-Net";
    draft.arms[0].cues = {"timer"};
    auto study = CoordinatorStudy::create(temporary / "by-functions", draft, clock);
    for (const char* name : {"word_0019", "word_0033", "word_0040"}) {
      const Case read = openCase(data() / "imagesTs" / (std::string(name) + "_0000.nii.gz"));
      const bool practice = std::string(name) == "word_0040";
      importCase(study, read, readLabelFileOn(data() / "labelsTs" / (std::string(name) + ".nii.gz"), read.geometry),
                 {"", name, practice, practice ? "" : "patient-of-word_0019"});
    }
    study.edit([](StudyProtocol& protocol) {
      for (const char* id : {"R1", "R2", "R3"}) {
        protocol.readers.emplace_back();
        protocol.readers.back().id = id;
      }
      protocol.readers[0].hospital = "Chengdu West";
      protocol.readers[0].years = 2;
    });
    for (const StudyCase& one : std::vector(study.protocol().cases))
      importStart(study, one.id, "A", readLabelFile(data() / "starts" / (one.name + ".nii.gz")));
    study.freeze("coordinator");
    return study.protocol();
  }

  TemporaryFolder temporary;
  StudyClock clock;
  std::unique_ptr<StudyWizard> wizard;
};

TEST_F(StudyWizardTest, MakesTheStudyThatTheFunctionsMake) {
  ASSERT_TRUE(goThrough());
  EXPECT_EQ(summary().problemsText(), QString());
  EXPECT_FALSE(fs::exists(made())) << "nothing is written before it is asked for";
  EXPECT_FALSE(summary().freezeButton().isEnabled());
  picture(*wizard, QStringLiteral("wizard-10-summary"));
  ASSERT_TRUE(press(summary().createButton()));
  ASSERT_TRUE(summary().isMade()) << summary().said().toStdString();
  EXPECT_EQ(CoordinatorStudy::open(made(), clock).stage(), StudyStage::Draft);
  QSignalSpy frozen(&summary(), &SummaryPage::frozen);
  ASSERT_TRUE(press(summary().freezeButton()));
  ASSERT_EQ(frozen.count(), 1) << summary().said().toStdString();
  picture(*wizard, QStringLiteral("wizard-10-frozen"));
  const auto study = CoordinatorStudy::open(made(), clock);
  EXPECT_EQ(frozen[0][0].toString().toStdString(), study.freezeHash());
  EXPECT_TRUE(summary().said().contains(QString::fromStdString(study.freezeHash())));
  EXPECT_EQ(toJson(study.protocol()), toJson(byFunctions()));
  QSignalSpy finished(wizard.get(), &StudyWizard::finishedWith);
  wizard->button(QWizard::FinishButton)->click();
  ASSERT_EQ(finished.count(), 1);
  EXPECT_EQ(finished[0][0].toString().toStdString(), made().string());
}

TEST_F(StudyWizardTest, WhatItFrozeIsPackedByTheCoordinatorsWindow) {
  ASSERT_TRUE(goThrough() && press(summary().createButton()) && press(summary().freezeButton()));
  CoordinatorWindow window(made(), clock, {});
  QSignalSpy finished(&window, &CoordinatorWindow::finished);
  window.pack(QStringLiteral("R1"), temporary / "R1.zip");
  ASSERT_TRUE(waitFor([&] { return finished.count() == 1; }));
  EXPECT_TRUE(finished[0][0].toBool()) << window.said().toStdString();
  extractArchive(temporary / "R1.zip", temporary / "R1");
  EXPECT_EQ(readPackage(temporary / "R1").tasks.size(), 3U);
  EXPECT_FALSE(fs::exists(temporary / "R1" / "truth"));
}

TEST_F(StudyWizardTest, CasesWhoseReferencesAreAlikeAreTakenForOnePatient) {
  next();
  fillName();
  next();
  ASSERT_TRUE(fillCases());
  CasesPage& cases = page<CasesPage>(StudyWizard::kCases);
  EXPECT_TRUE(cases.said().contains(QLatin1String("word_0019 and word_0033 look like one patient.")));
  EXPECT_EQ(cases.table().item(0, CasesPage::kPatient)->text(), cases.table().item(1, CasesPage::kPatient)->text());
  EXPECT_TRUE(cases.table().item(2, CasesPage::kPatient)->text().isEmpty());
  EXPECT_EQ(cases.table().item(0, CasesPage::kReference)->text(), QStringLiteral("word_0019.nii.gz"));
}

TEST_F(StudyWizardTest, ABadNameIsToldAndStays) {
  next();
  page<NamePage>(StudyWizard::kName).nameEdit().setText(QStringLiteral("../outside"));
  EXPECT_FALSE(next());
  EXPECT_EQ(page<NamePage>(StudyWizard::kName).said(),
            QStringLiteral("The name wants 1 to 64 letters, digits, - and _."));
}

TEST_F(StudyWizardTest, AReaderWhoIsThereTwiceIsTold) {
  next();
  fillName();
  next();
  next();
  ReadersPage& readers = page<ReadersPage>(StudyWizard::kReaders);
  readers.table().item(1, ReadersPage::kPseudonym)->setText(QStringLiteral("R1"));
  EXPECT_FALSE(next());
  EXPECT_EQ(readers.said(), QStringLiteral("R1 is there twice."));
}

TEST_F(StudyWizardTest, AnotherKindBringsItsArmsAndGoingBackLosesNothing) {
  page<PresetPage>(StudyWizard::kPreset).choice("word-fig3-plus").setChecked(true);
  next();
  fillName();
  wizard->back();
  next();
  EXPECT_EQ(page<NamePage>(StudyWizard::kName).nameEdit().text(), QStringLiteral("WORD-3"));
  next();
  next();
  next();
  EXPECT_TRUE(page<ArmsPage>(StudyWizard::kArms).editor(1).arm().fromNothing);
  next();
  EXPECT_EQ(page<PlanPage>(StudyWizard::kPlan).washoutBox().value(), 28);
}

TEST_F(StudyWizardTest, WhatAStudyLacksIsListedBeforeItIsMade) {
  for (int i = 0; i < StudyWizard::kSummary; ++i) {
    if (i == StudyWizard::kName) fillName();
    ASSERT_TRUE(next()) << i;
  }
  EXPECT_TRUE(summary().problemsText().contains(QLatin1String("there is no case besides practice")));
  EXPECT_TRUE(summary().problemsText().contains(QLatin1String("arm A has no folder of start maps")));
  picture(*wizard, QStringLiteral("wizard-10-problems"));
  ASSERT_TRUE(press(summary().createButton()));
  EXPECT_TRUE(summary().isMade()) << "a draft may lack what is brought in later";
  ASSERT_TRUE(press(summary().freezeButton()));
  EXPECT_TRUE(summary().said().contains(QLatin1String("cannot be frozen")));
}

TEST_F(StudyWizardTest, AFailureIsOneMessageAndLeavesNothing) {
  std::ofstream(data() / "labelsTs" / "word_0040.nii.gz") << "no label map";
  ASSERT_TRUE(next());
  fillName();
  ASSERT_TRUE(next());
  CasesPage& cases = page<CasesPage>(StudyWizard::kCases);
  cases.addPaths({data() / "imagesTs"});
  ASSERT_TRUE(waitFor([&] { return !wizard->thread().isBusy(); }));
  cases.setReferences(data() / "labelsTs");
  ASSERT_TRUE(waitFor([&] { return !wizard->thread().isBusy(); }));
  EXPECT_TRUE(cases.said().contains(QLatin1String("word_0040.nii.gz"))) << cases.said().toStdString();
  fs::remove(data() / "starts" / "word_0033.nii.gz");
  ASSERT_TRUE(next());
  ASSERT_TRUE(next());
  fillArm();
  while (wizard->currentId() != StudyWizard::kSummary) ASSERT_TRUE(next());
  ASSERT_TRUE(press(summary().createButton()));
  EXPECT_FALSE(summary().isMade());
  EXPECT_TRUE(summary().said().contains(QLatin1String("has no label map for word_0033")))
      << summary().said().toStdString();
  EXPECT_TRUE(fs::is_empty(temporary / "studies"));
  EXPECT_TRUE(wizard->button(QWizard::BackButton)->isEnabled());
}

TEST_F(StudyWizardTest, QuestionsAreWrittenWithTheirAnswers) {
  QuestionsPage& questions = page<QuestionsPage>(StudyWizard::kQuestions);
  questions.show(wizard->draft());
  questions.addQuestion();
  EXPECT_EQ(questions.problem(), QStringLiteral("A question has no text; write one or remove it."));
  questions.questionEdit().setText(QStringLiteral("How sure are you?"));
  questions.answersEdit().setPlainText(QStringLiteral("not at all\n\n very "));
  StudyDraft draft = wizard->draft();
  questions.put(draft);
  ASSERT_EQ(draft.protocol.ratings.size(), 2U);
  EXPECT_EQ(draft.protocol.ratings[1].id, "question2");
  EXPECT_EQ(draft.protocol.ratings[1].answers, (std::vector<std::string>{"not at all", "very"}));
}

TEST_F(StudyWizardTest, GoesThroughInTheLightThemeToo) {
  wizard.reset();
  applyTheme(*qApp, kLight);
  wizard = std::make_unique<StudyWizard>(clock, temporary / "studies");
  wizard->show();
  ASSERT_TRUE(next("kind-light"));
  fillName();
  ASSERT_TRUE(next() && fillCases() && next("cases-light") && next());
  fillArm();
  ASSERT_TRUE(next("arms-light") && next() && next("analysis-light"));
  wizard.reset();
  applyTheme(*qApp);
}

}  // namespace
}  // namespace recontour
