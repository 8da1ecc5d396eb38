// A study's reader at the real window: two readers, two cases, strokes and all, through to the figures.
#include <QAbstractButton>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>
#include <cmath>
#include <set>

#include "core/io/label_file.h"
#include "core/predict/worker_predictor.h"
#include "core/study/study_evaluation.h"
#include "core/workbench/study_reading.h"
#include "tests/core/study/scripted_study.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/case_header.h"
#include "ui/panels/measure_panel.h"
#include "ui/panels/rating_form.h"
#include "ui/panels/study_page.h"

namespace recontour {
namespace {

using Phase = StudyReading::Phase;

/// A reader's program: workbench, window and what goes on in it.
class ReaderProgram {
 public:
  explicit ReaderProgram(ReaderPackage package)
      : workbench({}, OrganTable::named("word"), makeThreadCaseSource(), std::make_shared<WorkerPredictor>()),
        window(workbench, Settings(), MainWindow::Options{.threeD = false}),
        reading(workbench, std::move(package)) {
    window.showStudy(reading);
    window.resize(1400, 900);
    window.show();
    window.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
  }
  StudyPage& page() { return window.studyPage(); }
  SliceView& axial() { return window.views().view(Plane::Axial); }
  bool reaches(Phase phase) {
    return waitFor([&] { return reading.phase() == phase; });
  }
  void clickGoOn() { QTest::mouseClick(&page().goOnButton(), Qt::LeftButton); }
  void openNext() {
    clickGoOn();
    ASSERT_TRUE(reaches(Phase::Ready));
  }
  /// Start, and the form that asks how good the contours are.
  void begin(int score = 3) {
    clickGoOn();
    ASSERT_EQ(reading.phase(), Phase::FormBefore);
    for (QAbstractButton* button : window.ratingForm().findChildren<QAbstractButton*>())
      if (button->text() == QString::number(score)) button->click();
    window.ratingForm().sendButton().click();
    ASSERT_EQ(reading.phase(), Phase::Reading);
  }
  void paint(Label organ, const Index3& voxel) {
    workbench.selectOrgan(organ);
    BrushSettings brush = workbench.brush();
    brush.radiusMm = 1;
    workbench.setBrush(brush);
    const Point3 at = workbench.currentCase()->geometry.toWorld(voxel);
    axial().setCrosshair(at);
    window.actions().brush->trigger();
    strokeThrough(axial(), {at});
  }
  void accept() {
    QTest::mouseClick(&window.findChild<CaseHeader*>()->acceptButton(), Qt::LeftButton);
    ASSERT_TRUE(reaches(Phase::List));
  }

  Workbench workbench;
  MainWindow window;
  StudyReading reading;
};

std::int64_t countOf(const LabelMap& labels, Label label) {
  std::int64_t count = 0;
  for (const Label one : labels.toDense()) count += one == label;
  return count;
}

/// By counting, voxel for voxel.
double diceOf(const LabelMap& a, const LabelMap& b, Label label) {
  const auto first = a.toDense(), second = b.toDense();
  std::int64_t both = 0;
  for (std::size_t i = 0; i < first.size(); ++i) both += first[i] == label && second[i] == label;
  return 2.0 * static_cast<double>(both) / static_cast<double>(countOf(a, label) + countOf(b, label));
}

const StudyRow* rowOf(const StudyResults& results, const std::string& task, const StudyProtocol& protocol,
                      const std::string& organ) {
  const StudyTask& wanted = *protocol.findTask(task);
  for (const StudyRow& row : results.rows)
    if (row.reader == wanted.reader && row.caseId == wanted.caseId && row.organ == organ) return &row;
  return nullptr;
}

/// Every figure of the store again, from files alone.
void expectFiguresAreThoseOfTheFiles(const CoordinatorStudy& study, const StudyResults& results) {
  for (const StudyTask& task : study.protocol().order) {
    const LabelMap drawn = readLabelFile(study.sessionOf(task) / "revision.nii.gz").labels;
    const LabelMap truth = readLabelFile(study.truthOf(task.caseId)).labels;
    const LabelMap start = readLabelFile(study.startOf(task.caseId, task.arm)).labels;
    for (const auto& [key, label] : {std::pair<std::string, Label>{"liver", kLiver}, {"spleen", kSpleen}}) {
      const StudyRow* row = rowOf(results, task.id, study.protocol(), key);
      ASSERT_NE(row, nullptr);
      EXPECT_DOUBLE_EQ(*row->after->dsc, diceOf(truth, drawn, label)) << key;
      EXPECT_DOUBLE_EQ(*row->before->dsc, diceOf(truth, start, label)) << key;
      EXPECT_DOUBLE_EQ(*row->work->dsc, diceOf(start, drawn, label)) << key;
      EXPECT_EQ(row->voxelsAdded - row->voxelsRemoved, countOf(drawn, label) - countOf(start, label)) << key;
      EXPECT_DOUBLE_EQ(*row->after->volumeMl, static_cast<double>(countOf(drawn, label)) * 2 * 2 * 5 / 1000);
      EXPECT_EQ(row->strokes, key == "liver" ? 2 : 0);
    }
  }
}

TEST(WindowStudy, TwoReadersReadTwoCasesAndTheFiguresAreThoseOfTheirFiles) {
  ScriptedStudy trial;
  trial.study().freeze("test");
  for (const std::string reader : {"R1", "R2"}) {
    const ReaderPackage package = trial.give(reader);
    ReaderProgram program(package);
    for (int number = 0; number < 2; ++number) {
      program.openNext();
      program.begin(2 + number);
      program.paint(kLiver, {3, 4, 3});
      program.paint(kLiver, {7, reader == "R1" ? 4 : 8, 3});
      program.accept();
    }
    EXPECT_EQ(program.reading.progress().accepted(), 2);
    EXPECT_FALSE(program.page().goOnButton().isVisible());
    const MergeReport merged = mergeReturn(trial.study(), trial.taken(package));
    EXPECT_EQ(merged.merged.size(), 2U);
    EXPECT_TRUE(merged.refused.empty()) << merged.refused.front();
  }
  trial.study().close("test");
  struct Quiet final : ProgressSink {
    void progress(std::string_view, int, int, double) override {}
  } quiet;
  evaluateStudy(trial.study(), quiet, {});
  const StudyResults results = gatherResults(trial.study());
  expectFiguresAreThoseOfTheFiles(trial.study(), results);
  for (const StudySession& session : results.sessions) {
    EXPECT_EQ(session.state, StudySession::State::Accepted);
    EXPECT_EQ(session.strokes, 2);
    EXPECT_EQ(session.organsEdited, 1);
    EXPECT_EQ(session.ratings.at("before.acceptability"), session.task.position == 1 ? "2" : "3");
    EXPECT_GT(session.activeS, 0);
    EXPECT_NE(session.environment.find("screen_px"), std::string::npos);
  }
}

class WindowStudyCase : public testing::Test {
 protected:
  /// One case, in an arm that allows these.
  void open(const std::vector<std::string>& cues, const std::vector<std::string>& tools = studyToolNames()) {
    trial.study().edit([&](StudyProtocol& protocol) {
      protocol.arms[0].cues = cues;
      protocol.arms[0].tools = tools;
      protocol.arms[0].model = "secret-model";
      protocol.guidelines["liver"] = "Leave the gallbladder out.";
    });
    trial.study().freeze("test");
    program = std::make_unique<ReaderProgram>(trial.give("R1"));
    program->openNext();
  }
  bool imageIsShown() { return program->axial().isVisible(); }
  /// All that any visible label, button or tool tip of the window says.
  QString allTexts() {
    QString texts = program->window.windowTitle();
    for (QWidget* widget : program->window.findChildren<QWidget*>()) {
      if (!widget->isVisible()) continue;
      if (auto* label = qobject_cast<QLabel*>(widget)) texts += label->text() + QLatin1Char('\n');
      if (auto* button = qobject_cast<QAbstractButton*>(widget)) texts += button->text() + QLatin1Char('\n');
    }
    const OrganModel& model = program->window.organPanel().model();
    for (int row = 0; row < model.rowCount(); ++row)
      texts += model.data(model.index(row), Qt::ToolTipRole).toString() + QLatin1Char('\n');
    return texts;
  }
  /// Colours in the organ list right of the lock; 1 where nothing is written there.
  std::size_t coloursInColumns() {
    OrganList& list = program->window.organPanel().list();
    const QImage picture = list.viewport()->grab().toImage();
    std::set<QRgb> colours;
    for (int y = 2; y < 26; ++y)
      for (int x = 170; x < picture.width() - 2; ++x) colours.insert(picture.pixel(x, y));
    return colours.size();
  }
  ScriptedStudy trial{{.cases = 1, .readers = {"R1"}}};
  std::unique_ptr<ReaderProgram> program;
};

TEST_F(WindowStudyCase, IsBlankUntilStartAndWhilePaused) {
  open({});
  EXPECT_FALSE(imageIsShown());
  program->begin();
  EXPECT_TRUE(imageIsShown());
  program->window.findChild<CaseHeader*>()->pauseButton().click();
  EXPECT_EQ(program->reading.phase(), Phase::Paused);
  EXPECT_FALSE(imageIsShown());
  program->clickGoOn();
  EXPECT_TRUE(imageIsShown());
}

TEST_F(WindowStudyCase, IsBlankWhenTheWindowLosesTheKeyboard) {
  open({});
  program->begin();
  QWidget other;
  other.show();
  other.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&other));
  EXPECT_TRUE(waitFor([&] { return !imageIsShown(); }));
  program->window.activateWindow();
  EXPECT_TRUE(waitFor([&] { return imageIsShown(); }));
  ASSERT_TRUE(program->workbench.flush());
}

TEST_F(WindowStudyCase, WithoutCuesNothingPointsAtAnError) {
  open({});
  program->begin();
  program->paint(kLiver, {3, 4, 3});
  ASSERT_TRUE(waitFor([&] { return program->workbench.figuresKnown(); }));
  const QString texts = allTexts();
  for (const char* word : {" mL", "secret-model", "T0", "edits:", "not viewed", "edited", "case-1", "DSC", "0:0"})
    EXPECT_FALSE(texts.contains(QLatin1String(word))) << word << "\n" << texts.toStdString();
  EXPECT_FALSE(program->window.measurePanel().isVisible());
  EXPECT_FALSE(program->window.actions().nextPlace->isEnabled());
  EXPECT_FALSE(program->window.actions().allOrgans->isEnabled());
  EXPECT_TRUE(program->axial().sliceMarks().empty());
  const OrganModel& model = program->window.organPanel().model();
  for (int row = 0; row < model.rowCount(); ++row) {
    EXPECT_TRUE(model.row(row).status.concerns.empty());
    EXPECT_EQ(model.row(row).status.activeSeconds, 0);
    EXPECT_FALSE(model.row(row).list.dots);
  }
  EXPECT_EQ(coloursInColumns(), 1U);
}

class WindowStudyArm : public WindowStudyCase, public testing::WithParamInterface<std::string> {
 protected:
  bool timerIsShown() {
    for (const QLabel* label : program->window.findChild<CaseHeader*>()->findChildren<QLabel*>())
      if (label->isVisible() && label->text().contains(QRegularExpression(QStringLiteral("^\\d+:\\d\\d$"))))
        return true;
    return false;
  }
  std::set<std::string> shownCues() {
    const OrganModel& model = program->window.organPanel().model();
    std::set<std::string> shown;
    // A flag's reason may name a volume; the column of volumes is another matter.
    if (program->window.measurePanel().isVisible() || model.row(0).list.volumes) shown.insert("volumes");
    if (timerIsShown() || model.row(0).status.activeSeconds > 0) shown.insert("timer");
    if (!program->axial().sliceMarks().empty()) shown.insert("slider_marks");
    if (program->window.actions().nextPlace->isEnabled()) shown.insert("flags");
    for (int row = 0; row < model.rowCount(); ++row) {
      if (model.row(row).list.dots) shown.insert("state_dots");
      if (!model.row(row).status.concerns.empty()) shown.insert("flags");
      if (model.row(row).status.expectedDsc || !model.row(row).status.inModel) shown.insert("uncertainty");
    }
    return shown;
  }
};

TEST_P(WindowStudyArm, ShowsItsOneCueAndNoOther) {
  open({GetParam()});
  program->begin();
  program->paint(kLiver, {3, 4, 3});
  ASSERT_TRUE(waitFor([&] { return program->workbench.figuresKnown(); }));
  QTest::qWait(1200);  // times are shown once a second
  const auto shown = shownCues();
  // A start map from a file promises nothing, so there is nothing uncertain to show.
  const std::set<std::string> wanted = GetParam() == "uncertainty" ? std::set<std::string>() : std::set{GetParam()};
  EXPECT_EQ(shown, wanted);
  EXPECT_FALSE(program->window.actions().allOrgans->isEnabled()) << "the table shows all of them";
}
INSTANTIATE_TEST_SUITE_P(EachCue, WindowStudyArm, testing::ValuesIn(studyCueNames()),
                         [](const auto& cue) { return cue.param; });

TEST_F(WindowStudyCase, CuesThatTheArmAllowsAreShown) {
  open(studyCueNames());
  program->begin();
  program->paint(kLiver, {3, 4, 3});
  ASSERT_TRUE(waitFor([&] { return program->workbench.figuresKnown(); }));
  ASSERT_TRUE(waitFor([&] { return allTexts().contains(QLatin1String(" mL")); }));
  EXPECT_TRUE(program->window.measurePanel().isVisible());
  EXPECT_TRUE(program->window.actions().nextPlace->isEnabled());
  EXPECT_TRUE(waitFor([&] { return !program->axial().sliceMarks().empty(); }));
  EXPECT_TRUE(program->window.organPanel().model().row(0).list.dots);
  EXPECT_GT(coloursInColumns(), 1U);
  EXPECT_FALSE(allTexts().contains(QLatin1String("secret-model"))) << "no cue names the model";
}

TEST_F(WindowStudyCase, OnlyToolsOfTheArmAreThere) {
  open({}, {"brush"});
  program->begin();
  const WindowActions& actions = program->window.actions();
  EXPECT_TRUE(actions.brush->isEnabled());
  for (QAction* action : {actions.lasso, actions.floodFill, actions.eraser, actions.ruler, actions.scribble,
                          actions.watchFolder, actions.stopWatching}) {
    EXPECT_FALSE(action->isVisible()) << action->text().toStdString();
    EXPECT_FALSE(action->isEnabled()) << action->text().toStdString();
  }
  for (QAction* action : actions.operations()) EXPECT_FALSE(action->isEnabled());
}

TEST_F(WindowStudyCase, NothingCanBeEditedWhileAFormIsOpen) {
  open({});
  program->clickGoOn();
  ASSERT_EQ(program->reading.phase(), Phase::FormBefore);
  EXPECT_FALSE(program->window.ratingForm().sendButton().isEnabled()) << "no answer yet";
  EXPECT_FALSE(program->window.actions().brush->isEnabled());
  const LabelLayers before = program->workbench.layers();
  program->window.actions().brush->trigger();
  const Point3 at = program->workbench.currentCase()->geometry.toWorld(Index3{3, 4, 3});
  program->axial().setCrosshair(at);
  strokeThrough(program->axial(), {at});
  EXPECT_EQ(program->workbench.layers(), before);
}

TEST_F(WindowStudyCase, TheContoursThatItStartsFromCannotBeUndone) {
  open({});
  program->begin();
  const LabelLayers start = program->workbench.layers();
  EXPECT_FALSE(program->workbench.canUndo());
  program->paint(kLiver, {3, 4, 3});
  EXPECT_TRUE(program->workbench.canUndo());
  program->workbench.goToStep(0);
  EXPECT_EQ(program->workbench.layers(), start);
  program->workbench.undo();
  EXPECT_EQ(program->workbench.layers(), start);
  EXPECT_TRUE(program->workbench.canRedo());
}

TEST_F(WindowStudyCase, StaysInViewBehindADialogOfItsOwn) {
  open({});
  program->begin();
  QDialog dialog(&program->window);
  dialog.show();
  dialog.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&dialog));
  QTest::qWait(100);
  EXPECT_TRUE(imageIsShown());
  dialog.close();
}

TEST_F(WindowStudyCase, ToolsThatTheArmForbidsAreNotReachedByKeysEither) {
  open({}, {"lasso"});
  program->begin();
  const WindowActions& actions = program->window.actions();
  actions.swapErase->trigger();
  EXPECT_FALSE(actions.brush->isChecked());
  EXPECT_FALSE(actions.eraser->isChecked());
  actions.lastTool->trigger();
  EXPECT_FALSE(actions.brush->isChecked());
  const LabelLayers before = program->workbench.layers();
  program->workbench.pressStroke({}, true);
  EXPECT_FALSE(program->workbench.strokeActive()) << "no eraser";
  EXPECT_EQ(program->workbench.layers(), before);
}

TEST_F(WindowStudyCase, NothingIsEditedWhileItIsPausedWhateverTheWay) {
  open({});
  program->begin();
  program->paint(kLiver, {3, 4, 3});
  const LabelLayers before = program->workbench.layers();
  program->reading.setPaused(true);
  program->workbench.goToStep(1);
  program->workbench.undo();
  program->workbench.pressStroke({}, false);
  program->workbench.stateOrgan(kSpleen, {OrganVerdict::Absent, {}});
  EXPECT_EQ(program->workbench.layers(), before);
  EXPECT_FALSE(program->workbench.strokeActive());
  program->reading.setPaused(false);
  program->workbench.undo();
  EXPECT_NE(program->workbench.layers(), before);
}

TEST_F(WindowStudyCase, ACaseThatWasLeftBetweenAcceptAndReceiptIsNotReadAgain) {
  open({});
  program->begin();
  program->accept();
  const auto receipts = program->reading.package().folder / "receipts.csv";
  const ReaderPackage package = program->reading.package();
  program.reset();
  std::filesystem::remove(receipts);
  program = std::make_unique<ReaderProgram>(package);
  program->clickGoOn();
  ASSERT_TRUE(
      waitFor([&] { return program->reading.phase() == Phase::List && program->reading.progress().accepted() == 1; }));
  EXPECT_EQ(readReceipts(receipts).size(), 1U);
}

TEST_F(WindowStudyCase, TheStartIsRatedOnceHoweverOftenTheCaseIsOpened) {
  open({});
  program->begin();
  const ReaderPackage package = program->reading.package();
  program.reset();
  program = std::make_unique<ReaderProgram>(package);
  program->openNext();
  program->clickGoOn();
  EXPECT_EQ(program->reading.phase(), Phase::Reading);
}

TEST_F(WindowStudyCase, TheGuidelineOfTheActiveOrganIsThere) {
  open({});
  program->begin();
  program->workbench.selectOrgan(kLiver);
  EXPECT_TRUE(allTexts().contains(QLatin1String("Leave the gallbladder out.")));
  program->workbench.selectOrgan(kSpleen);
  EXPECT_FALSE(allTexts().contains(QLatin1String("Leave the gallbladder out.")));
}

TEST_F(WindowStudyCase, AnAcceptedCaseIsFinalAndLeavesAReceipt) {
  open({});
  program->begin();
  program->accept();
  const auto receipts = readReceipts(program->reading.package().folder / "receipts.csv");
  ASSERT_EQ(receipts.size(), 1U);
  EXPECT_EQ(receipts[0].hash.size(), 64U);
  EXPECT_FALSE(program->reading.next().task.has_value());
  EXPECT_EQ(program->workbench.caseState(), CaseState::None);
  const QString shown = QString::fromStdString(receipts[0].hash.substr(0, 8));  // once the session is let go of
  EXPECT_TRUE(waitFor([&] { return allTexts().contains(shown); }));
}

TEST_F(WindowStudyCase, AnotherImageStopsTheCase) {
  trial.study().freeze("test");
  const ReaderPackage package = trial.give("R1");
  Case other = smallCase();
  writeVolumeFile(package.imageOf(package.tasks[0]), other.volume, other.geometry, "");
  program = std::make_unique<ReaderProgram>(package);
  program->clickGoOn();
  ASSERT_TRUE(waitFor([&] { return allTexts().contains(QLatin1String("is not the image that was frozen")); }));
  EXPECT_EQ(program->reading.phase(), Phase::List);
  EXPECT_FALSE(std::filesystem::exists(package.sessionOf(package.tasks[0]) / "session.rclog"));
}

TEST_F(WindowStudyCase, AWrongPinOpensNothing) {
  trial.study().edit([](StudyProtocol&) {});
  setPin(trial.study(), "R1", "1234");
  trial.study().freeze("test");
  program = std::make_unique<ReaderProgram>(trial.give("R1"));
  EXPECT_EQ(program->reading.phase(), Phase::Locked);
  QTest::keyClicks(&program->page().pinEdit(), QStringLiteral("4321"));
  QTest::keyClick(&program->page().pinEdit(), Qt::Key_Return);
  EXPECT_EQ(program->reading.phase(), Phase::Locked);
  EXPECT_TRUE(allTexts().contains(QLatin1String("not the PIN")));
  program->page().pinEdit().clear();
  QTest::keyClicks(&program->page().pinEdit(), QStringLiteral("1234"));
  QTest::keyClick(&program->page().pinEdit(), Qt::Key_Return);
  EXPECT_EQ(program->reading.phase(), Phase::List);
}

}  // namespace
}  // namespace recontour
