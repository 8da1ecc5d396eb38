// The training dialog with a trainer that answers at once: what it shows, offers, and leaves of the case.
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>

#include "core/session/session_log_reader.h"
#include "core/workbench/scribbling.h"
#include "tests/core/workbench/fake_trainer.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/window/training_dialog.h"
#include "ui/window/training_form.h"
#include "ui/window/training_live.h"
#include "ui/window/training_more.h"
#include "ui/window/training_picture.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

class WindowTraining : public Window {
 protected:
  void openWith(Settings settings = Settings()) {
    fixture = std::make_unique<WorkbenchFixture>();
    window = std::make_unique<MainWindow>(fixture->workbench, std::move(settings),
                                          MainWindow::Options{.threeD = false, .trainer = trainer});
    window->resize(1400, 900);
    window->show();
    window->openCase("small.nii.gz");
    ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open; }));
  }
  TrainingDialog& dialog() { return window->training(); }
  QString text(const QTableWidget& table, int row, int column) { return table.item(row, column)->text(); }
  void openDialog() {
    openWith();
    fs::create_directories(cases());
    window->actions().train->trigger();
    QSignalSpy looked(&dialog(), &TrainingDialog::looked);
    dialog().setFolders(QString::fromStdString(cases().string()), QString::fromStdString(model().string()));
    ASSERT_TRUE(waitFor([&] { return looked.count() > 0; }));
  }
  void startAndHear() {
    openDialog();
    ASSERT_TRUE(dialog().startButton().isEnabled()) << dialog().said().toStdString();
    dialog().startButton().click();
    ASSERT_TRUE(waitFor([&] { return dialog().live().plot().loss.size() == 10; }));
  }
  bool finish() {
    trainer->release();
    return waitFor([&] { return dialog().useButton().isVisible(); });
  }
  fs::path cases() const { return other / "cases"; }
  fs::path model() const { return other / "model"; }
  TemporaryFolder other;
  std::shared_ptr<FakeTrainer> trainer = std::make_shared<FakeTrainer>();
};

TEST_F(WindowTraining, TheDialogStandsBesideTheCaseThatCanBeRevisedMeanwhile) {
  startAndHear();
  EXPECT_FALSE(dialog().isModal());
  EXPECT_TRUE(dialog().isVisible());
  fixture->paint({5, 5, 2});
  EXPECT_EQ(workbench().undoDepth(), 1);
  EXPECT_TRUE(dialog().running());
}

TEST_F(WindowTraining, TheOpenCaseGoesIntoTheFolderWithWhatIsWrongWithIt) {
  openDialog();
  workbench().scribbling().setOn(true);
  PointerSample at;
  at.pointMm = world({5, 5, 2});
  at.slice = 2;
  workbench().pressStroke(at, false);
  at.pointMm = world({8, 5, 2});
  workbench().dragStroke(at);
  workbench().releaseStroke();
  ASSERT_EQ(workbench().scribbling().layer().strokes().size(), 1U);
  QTableWidget& table = dialog().form().caseTable();
  ASSERT_EQ(table.rowCount(), 0);
  ASSERT_TRUE(dialog().form().addButton().isEnabled());
  dialog().form().addButton().click();
  ASSERT_TRUE(waitFor([&] { return table.rowCount() == 1; }));
  EXPECT_EQ(text(table, 0, 0), QStringLiteral("small"));
  EXPECT_EQ(text(table, 0, 2), QStringLiteral("1 of 16"));
  EXPECT_TRUE(dialog().form().problems().text().startsWith(QLatin1String("small: no stroke in the background")));
  EXPECT_TRUE(fs::exists(cases() / "scribblesTr" / "small.json"));
  workbench().closeCase();
  EXPECT_FALSE(dialog().form().addButton().isEnabled());
}

TEST_F(WindowTraining, WhatCannotStartSaysWhyAndCannotBeStarted) {
  openDialog();
  QSignalSpy looked(&dialog(), &TrainingDialog::looked);
  dialog().setFolders(QStringLiteral("/nowhere"), QString::fromStdString(model().string()));
  ASSERT_TRUE(waitFor([&] { return looked.count() == 1; }));
  EXPECT_EQ(dialog().said(), QStringLiteral("/nowhere: does not exist; check the path"));
  EXPECT_FALSE(dialog().startButton().isEnabled());
  dialog().setFolders(QString::fromStdString(cases().string()), QString::fromStdString(other.path().string()));
  ASSERT_TRUE(waitFor([&] { return looked.count() == 2; }));
  EXPECT_TRUE(dialog().said().contains(QLatin1String("is there already"))) << dialog().said().toStdString();
  EXPECT_FALSE(dialog().startButton().isEnabled());
}

TEST_F(WindowTraining, PointsScoresAndThePictureAreShownAsTheyCome) {
  startAndHear();
  ASSERT_TRUE(waitFor([&] { return dialog().said().contains(QLatin1String("75 s left")); }));
  EXPECT_EQ(dialog().said(), QStringLiteral("Iteration 10 of 20, on cpu, 75 s left"));
  const CurvePlot& plot = dialog().live().plot();
  EXPECT_EQ(plot.loss.back(), QPointF(10, 0.1));
  EXPECT_EQ(plot.score, (std::vector<QPointF>{{5, 0.25}, {10, 0.5}}));
  const QTableWidget& scores = dialog().live().scores();
  ASSERT_EQ(scores.rowCount(), 3);
  const auto row = [&](int number) {
    return text(scores, number, 0) + ' ' + text(scores, number, 1) + ' ' + text(scores, number, 2);
  };
  EXPECT_EQ(row(0), QStringLiteral("Mean 0.500 0.500"));
  EXPECT_EQ(row(1), QStringLiteral("Liver 0.900 0.900"));
  EXPECT_EQ(row(2), QStringLiteral("Spleen 0.100 0.200")) << "the best of both epochs stays";
  ASSERT_TRUE(waitFor([&] { return dialog().live().picture().view().has_value(); }));
  EXPECT_EQ(dialog().live().picture().view()->caseName, "two");
  const QImage curves = dialog().live().curves().grab().toImage();
  int accent = 0;
  for (int y = 0; y < curves.height(); ++y) {
    for (int x = 0; x < curves.width(); ++x) accent += curves.pixelColor(x, y) == theme().accent;
  }
  EXPECT_GT(accent, 50) << "the curve of the loss";
}

TEST_F(WindowTraining, ACancelledTrainingCanGoOnWithItsCurves) {
  startAndHear();
  EXPECT_FALSE(dialog().startButton().isVisible());
  EXPECT_FALSE(dialog().form().networks().isEnabled());
  dialog().cancelButton().click();
  ASSERT_TRUE(waitFor([&] { return dialog().resumeButton().isVisible(); }));
  EXPECT_TRUE(dialog().said().contains(QLatin1String("Resume goes on"))) << dialog().said().toStdString();
  EXPECT_FALSE(dialog().startButton().isEnabled());
  EXPECT_TRUE(dialog().form().networks().isEnabled());
  EXPECT_FALSE(trainer->job().settings.resume);
  dialog().resumeButton().click();
  ASSERT_TRUE(waitFor([&] { return trainer->runs() == 2; }));
  EXPECT_TRUE(trainer->job().settings.resume);
  ASSERT_TRUE(finish());
  EXPECT_EQ(dialog().live().plot().loss.size(), 10U) << "what is told again replaces what was there";
}

TEST_F(WindowTraining, AnotherRunThatGoesOnDoesNotShowTheCurvesOfTheFirst) {
  startAndHear();
  dialog().cancelButton().click();
  ASSERT_TRUE(waitFor([&] { return dialog().resumeButton().isVisible(); }));
  dialog().live().begin(QStringLiteral("/another/model"), 20, 5, true);
  EXPECT_TRUE(dialog().live().plot().loss.empty());
  EXPECT_EQ(dialog().live().scores().rowCount(), 0);
}

TEST_F(WindowTraining, ARunThatIsRefusedDoesNotPromiseToGoOn) {
  startAndHear();
  dialog().cancelButton().click();
  ASSERT_TRUE(waitFor([&] { return dialog().resumeButton().isVisible(); }));
  trainer->refuse();
  dialog().resumeButton().click();
  ASSERT_TRUE(waitFor([&] { return trainer->runs() == 2 && !dialog().running(); }));
  EXPECT_EQ(dialog().said(), QStringLiteral("the run was stopped with another case; resume it as it was"));
}

TEST_F(WindowTraining, AFailureIsOneRedLineAndTheCaseStaysAsItWas) {
  startAndHear();
  trainer->release(true);
  ASSERT_TRUE(waitFor([&] { return !dialog().running(); }));
  EXPECT_EQ(dialog().said(), QStringLiteral("the training worker ended (signal 9)"));
  EXPECT_TRUE(dialog().startButton().isEnabled());
  EXPECT_FALSE(dialog().useButton().isVisible());
  EXPECT_EQ(workbench().caseState(), CaseState::Open);
}

TEST_F(WindowTraining, TheModelIsUsedForTheOpenCaseAndFromThenOn) {
  startAndHear();
  ASSERT_TRUE(finish());
  EXPECT_EQ(dialog().said(), QStringLiteral("model is trained: 20 iterations in 1:05. DSC of held-back cases 0.900."));
  EXPECT_TRUE(dialog().folderButton().isVisible());
  dialog().useButton().click();
  EXPECT_EQ(workbench().options().model, model());
  fixture->predictor->release();
  ASSERT_TRUE(waitFor([&] { return workbench().prediction().state == PredictionStatus::State::Done; }));
  EXPECT_EQ(fixture->predictor->runs(), 1);
  EXPECT_GT(labelCounts(workbench().labels())[kLiver], 0);
  fixture->paint({1, 1, 0});  // a contour of the reader's own
  dialog().useButton().click();
  ASSERT_TRUE(waitFor([&] { return fixture->predictor->runs() == 2; })) << "a case that was started gets it too";
}

TEST_F(WindowTraining, AHiddenDialogGoesOnAndTheWindowTellsOfTheEnd) {
  startAndHear();
  dialog().close();
  EXPECT_FALSE(dialog().isVisible());
  EXPECT_TRUE(dialog().running());
  trainer->release();
  ASSERT_TRUE(waitFor([&] { return hasMessage(*window, QStringLiteral("model is trained: 20 iterations")); }));
  window->actions().train->trigger();
  EXPECT_TRUE(dialog().useButton().isVisible());
}

TEST_F(WindowTraining, ClosingTheProgramAsksOnceAndLosesNothing) {
  startAndHear();
  fixture->paint({5, 5, 2});
  const fs::path session = workbench().sessionFolder();
  const auto labels = workbench().layers();
  int asked = 0;
  bool answer = false;
  dialog().setAsker([&] {
    ++asked;
    return answer;
  });
  EXPECT_FALSE(window->close());
  EXPECT_EQ(asked, 1);
  EXPECT_TRUE(dialog().running());
  EXPECT_EQ(workbench().caseState(), CaseState::Open);
  answer = true;
  EXPECT_TRUE(window->close());
  EXPECT_EQ(asked, 2);
  ASSERT_TRUE(waitFor([&] { return trainer->stopped(); }));
  ASSERT_TRUE(waitFor([&] { return !workbench().leaving(); }));
  EXPECT_EQ(replay(session).labels, labels);
}

TEST_F(WindowTraining, AWindowThatIsDestroyedEndsItsTraining) {
  startAndHear();
  window.reset();
  EXPECT_TRUE(trainer->stopped());
}

TEST_F(WindowTraining, ChoicesAreRememberedAndReachTheTrainer) {
  const fs::path file = other / "recontour.ini";
  openWith(Settings(file));
  fs::create_directories(cases());
  TrainingForm& form = dialog().form();
  form.losses().setCurrentIndex(form.losses().findData(QStringLiteral("pce")));
  form.more().epochs().setValue(7);
  dialog().setFolders(QString::fromStdString(cases().string()), QString::fromStdString(model().string()));
  window.reset();
  fixture.reset();
  openWith(Settings(file));
  window->actions().train->trigger();
  ASSERT_TRUE(waitFor([&] { return dialog().startButton().isEnabled(); })) << dialog().said().toStdString();
  dialog().startButton().click();
  ASSERT_TRUE(waitFor([&] { return trainer->runs() == 1; }));
  const TrainingJob job = trainer->job();
  EXPECT_EQ(job.settings.loss, "pce");
  EXPECT_EQ(job.settings.epochs, 7);
  EXPECT_EQ(job.cases, cases());
  EXPECT_EQ(job.model, model());
  EXPECT_EQ(job.settings.organTable, "word");
  ASSERT_TRUE(job.settings.organs);
  EXPECT_EQ(job.settings.organs->hash(), workbench().organs().hash()) << "the table itself, which may have no file";
  EXPECT_EQ(job.settings.patch, (Size3{0, 0, 0})) << "by the network";
  EXPECT_EQ(job.settings.batch, 0);
}

TEST_F(WindowTraining, EachLossAndNetworkSaysWhatItDoesAndHasItsWeights) {
  openDialog();
  TrainingForm& form = dialog().form();
  std::set<QString> sentences;
  for (int i = 0; i < form.losses().count(); ++i) {
    form.losses().setCurrentIndex(i);
    for (const QLabel* label : form.findChildren<QLabel*>())
      if (label->text().endsWith(QLatin1Char('.'))) sentences.insert(label->text());
  }
  EXPECT_EQ(form.losses().count(), 6);
  EXPECT_EQ(sentences.size(), 6U + 1U) << "one a loss, and that of the network";
  EXPECT_FALSE(form.more().isHidden());
}

}  // namespace
}  // namespace recontour
