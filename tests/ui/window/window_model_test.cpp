// Which model runs by itself, label maps beside the CT, failures, and predictions that come late.
#include <QPushButton>
#include <fstream>

#include "core/io/label_file.h"
#include "core/session/session.h"
#include "core/workbench/revision_script.h"
#include "tests/ui/window/window_fixture.h"
#include "ui/panels/model_question.h"
#include "ui/window/model_menu.h"

namespace recontour {
namespace {

using State = PredictionStatus::State;

/// A window with somebody in front of it who has settings.
struct Attended {
  explicit Attended(const Workbench::Options& options = {}) : fixture(options) { fixture.predictor->release(); }
  void show() {
    window = std::make_unique<MainWindow>(fixture.workbench, Settings(ini.path() / "recontour.ini"),
                                          MainWindow::Options{.threeD = false, .asksForModel = true});
    window->resize(1400, 900);
    window->show();
  }
  bool open(const std::filesystem::path& file = "small.nii.gz") {
    if (window == nullptr) show();
    window->openCase(file);
    return waitFor([&] { return fixture.workbench.caseState() == CaseState::Open; });
  }
  bool asks() const { return window->modelQuestion().isVisible(); }
  void answer(const QString& text) const {
    for (QPushButton* button : window->modelQuestion().buttons()) {
      if (button->text() == text) button->click();
    }
  }
  Settings settings() const { return Settings(ini.path() / "recontour.ini"); }
  QPushButton* messageButton(const QString& text) const {
    for (auto* button : window->messages().findChildren<QPushButton*>()) {
      if (button->text() == text && button->isVisible()) return button;
    }
    return nullptr;
  }
  TemporaryFolder ini;
  WorkbenchFixture fixture;
  std::unique_ptr<MainWindow> window;
};

TEST(WindowModel, IsAskedForOnceAndRemembered) {
  Attended person;
  ASSERT_TRUE(person.open());
  EXPECT_TRUE(person.asks());
  person.answer("None");
  EXPECT_FALSE(person.asks());
  EXPECT_EQ(person.settings().modelChoice(), QString());
  ASSERT_TRUE(person.open("other.nii.gz"));
  EXPECT_FALSE(person.asks());
  person.window.reset();
  ASSERT_TRUE(person.open("third.nii.gz"));  // at the next start
  EXPECT_FALSE(person.asks());
  EXPECT_TRUE(person.window->modelMenu().modelActions().back()->isChecked());
  EXPECT_EQ(person.fixture.predictor->runs(), 0);
}

TEST(WindowModel, ThatIsChosenRunsAtOnceAndOnEachNewCase) {
  const auto shipped = shippedModels();
  if (shipped.empty()) GTEST_SKIP() << "built without the demo model";
  Attended person;
  ASSERT_TRUE(person.open());
  person.answer(shipped[0].name);
  ASSERT_TRUE(waitFor([&] { return person.fixture.workbench.prediction().state == State::Done; }));
  EXPECT_EQ(person.settings().modelChoice(), QString::fromStdString(shipped[0].folder.string()));
  EXPECT_TRUE(person.window->modelMenu().modelActions().front()->isChecked());
  ASSERT_TRUE(person.open("other.nii.gz"));
  ASSERT_TRUE(waitFor([&] { return person.fixture.workbench.prediction().state == State::Done; }));
  EXPECT_EQ(person.fixture.predictor->runs(), 2);
}

TEST(WindowModel, TheAnswerIsChangedInTheMenuAndTheDeviceToo) {
  Attended person;
  ASSERT_TRUE(person.open());
  person.answer("None");
  person.window->modelMenu().deviceActions()[1]->trigger();
  EXPECT_EQ(person.settings().device(), "cpu");
  EXPECT_EQ(person.fixture.workbench.options().device, "cpu");
  const auto shipped = shippedModels();
  if (shipped.empty()) GTEST_SKIP() << "built without the demo model";
  person.window->modelMenu().modelActions().front()->trigger();
  EXPECT_EQ(person.settings().modelChoice(), QString::fromStdString(shipped[0].folder.string()));
  EXPECT_TRUE(waitFor([&] { return person.fixture.workbench.prediction().state == State::Done; }));
}

TEST(WindowModel, NobodyIsAskedWhereTheAnswerIsGivenOrDoesNotMatter) {
  Workbench::Options given, reading;
  given.model = "model";
  reading.readOnly = true;
  for (const auto& options : {given, reading}) {
    Attended person(options);
    ASSERT_TRUE(person.open());
    EXPECT_FALSE(person.asks());
  }
  WorkbenchFixture f;
  const auto unattended = shownWindow(f.workbench);  // as for a screenshot
  unattended->openCase("small.nii.gz");
  ASSERT_TRUE(waitFor([&] { return f.workbench.caseState() == CaseState::Open; }));
  EXPECT_FALSE(unattended->modelQuestion().isVisible());
}

TEST(WindowModel, ALabelMapBesideTheCtIsOfferedAndTakenByOneClick) {
  Attended person;
  writeLabelFile(person.ini / "ct_pred.nii.gz", predictedLabels(), smallCase().geometry);
  std::ofstream(person.ini / "ct.nii.gz") << "x";
  ASSERT_TRUE(person.open(person.ini / "ct.nii.gz"));
  EXPECT_TRUE(hasMessage(*person.window, "ct_pred.nii.gz lies beside this CT"));
  EXPECT_EQ(person.fixture.workbench.undoDepth(), 0);
  ASSERT_NE(person.messageButton("Start from it"), nullptr);
  person.messageButton("Start from it")->click();
  ASSERT_TRUE(waitFor([&] { return person.fixture.workbench.undoDepth() == 1; }));
  EXPECT_EQ(person.fixture.workbench.labels(), predictedLabels());
  const auto told = person.window->messages().log().size();
  ASSERT_TRUE(person.open(person.ini / "ct.nii.gz"));
  EXPECT_EQ(person.window->messages().log().size(), told);  // it has its start
}

TEST(WindowModel, AnOfferThatOutlivesItsCaseDoesNothing) {
  Attended person;
  writeLabelFile(person.ini / "ct_pred.nii.gz", predictedLabels(), smallCase().geometry);
  std::ofstream(person.ini / "ct.nii.gz") << "x";
  ASSERT_TRUE(person.open(person.ini / "ct.nii.gz"));
  ASSERT_TRUE(person.open("other.nii.gz"));
  ASSERT_NE(person.messageButton("Start from it"), nullptr);
  person.messageButton("Start from it")->click();
  EXPECT_FALSE(waitFor([&] { return person.fixture.workbench.undoDepth() > 0; }, 300));
}

TEST(WindowModel, MessagesKeepTheHeightOfTheirText) {
  Attended person;
  ASSERT_TRUE(person.open());
  MessageStack& stack = person.window->messages();
  stack.add(MessageKind::Information, "short", {"Do it", [] {}});
  stack.add(MessageKind::Failure, QString("a long sentence of many words ").repeated(8), {"Again", [] {}});
  QCoreApplication::processEvents();
  for (auto* toast : stack.findChildren<QFrame*>("toast")) EXPECT_GE(toast->height(), toast->sizeHint().height());
  person.messageButton("Do it")->click();
  EXPECT_EQ(stack.shownCount(), 1);
}

TEST(WindowModel, TheLabelMapThatIsChosenIsNotReplacedByTheModelThatStillRuns) {
  Workbench::Options options;
  options.model = "model";
  Attended person(options);
  person.fixture.predictor->hold();
  LabelMap chosen({12, 12, 6});
  const std::vector<Label> row(12, kSpleen);
  chosen.writeRow(1, 1, 0, row);
  writeLabelFile(person.ini / "ct_pred.nii.gz", chosen, smallCase().geometry);
  std::ofstream(person.ini / "ct.nii.gz") << "x";
  ASSERT_TRUE(person.open(person.ini / "ct.nii.gz"));
  ASSERT_TRUE(waitFor([&] { return person.fixture.predictor->runs() == 1; }));
  person.messageButton("Start from it")->click();
  ASSERT_TRUE(waitFor([&] { return person.fixture.workbench.undoDepth() == 1; }));
  person.fixture.predictor->release();
  ASSERT_TRUE(waitFor([&] { return person.fixture.workbench.prediction().state == State::Cancelled; }));
  EXPECT_EQ(person.fixture.workbench.labels(), chosen);
}

TEST(WindowModel, AReferenceIsNeverOfferedAsAStart) {
  Attended person;
  std::filesystem::create_directories(person.ini / "imagesTr");
  std::filesystem::create_directories(person.ini / "labelsTr");
  std::ofstream(person.ini / "imagesTr/ct.nii.gz") << "x";
  writeLabelFile(person.ini / "labelsTr/ct.nii.gz", predictedLabels(), smallCase().geometry);
  ASSERT_TRUE(person.open(person.ini / "imagesTr/ct.nii.gz"));
  EXPECT_TRUE(hasMessage(*person.window, "labelsTr/ct.nii.gz looks like the reference"));
  EXPECT_EQ(person.messageButton("Start from it"), nullptr);
  person.messageButton("Compare with it")->click();
  ASSERT_TRUE(waitFor([&] { return person.fixture.workbench.reference() != nullptr; }));
  EXPECT_FALSE(person.fixture.workbench.referenceShown());
  EXPECT_EQ(person.fixture.workbench.undoDepth(), 0);
}

TEST(WindowModel, AFailureSaysWhatToDoAndRunsAgainByOneClick) {
  Attended person;
  ASSERT_TRUE(person.open());
  person.fixture.predictor->release(true);
  person.fixture.workbench.predict("model");
  ASSERT_TRUE(waitFor([&] { return person.fixture.workbench.prediction().state == State::Failed; }));
  EXPECT_TRUE(hasMessage(*person.window, "the Model menu has other models and devices"));
  person.fixture.predictor->release();
  ASSERT_NE(person.messageButton("Run again"), nullptr);
  person.messageButton("Run again")->click();
  ASSERT_TRUE(waitFor([&] { return person.fixture.workbench.prediction().state == State::Done; }));
  EXPECT_EQ(person.fixture.workbench.labels(), predictedLabels());
}

/// One row of 12 voxels for each of the 16 organs, from z = 1 on.
LabelMap sixteenOrgans() {
  LabelMap map({12, 12, 6});
  for (Label organ = 1; organ <= 16; ++organ) {
    const std::vector<Label> row(12, organ);
    map.writeRow((organ - 1) % 12, 1 + (organ - 1) / 12, 0, row);
  }
  return map;
}

class LatePrediction : public Window {
 protected:
  /// What a reader draws with the real mouse while the model runs, from a recorded revision.
  void revise() {
    const TemporaryFolder folder;
    std::ofstream(folder / "revision.json") << R"({"format": "recontour-revision", "version": 1, "strokes": [
      {"organ": "liver", "radius_mm": 2, "points_mm": [[8, 10, 25], [16, 10, 25]]},
      {"organ": "liver", "radius_mm": 2, "erase": true, "points_mm": [[16, 10, 25]]}]})";
    for (const ScriptedStroke& stroke : readRevisionScript(folder / "revision.json").strokes) draw(stroke);
  }
  void draw(const ScriptedStroke& stroke) {
    Q_EMIT window->organPanel().organChosen(workbench().organs().find(stroke.organKey)->label);
    workbench().setBrush(stroke.brush);
    (stroke.erase ? window->actions().eraser : window->actions().brush)->trigger();
    view(stroke.plane).setCrosshair(stroke.pointsMm.front());
    strokeThrough(view(stroke.plane), stroke.pointsMm);
  }
  /// All that a late prediction must leave alone.
  auto whereTheReaderIs() {
    std::vector<double> place;
    for (const Plane plane : kPlanes) {
      place.push_back(view(plane).sliceNumber());
      const QPointF origin = view(plane).widgetFromWorld({0, 0, 0});
      place.insert(place.end(), {origin.x(), origin.y()});
    }
    return std::tuple(place, workbench().selectedOrgan(), window->views().crosshair());
  }
  void openAndRevise() {
    open();
    fixture->predictor->labels = sixteenOrgans();
    workbench().predict("model");
    revise();
    drawn = workbench().labels();
    ASSERT_EQ(drawn.at({5, 5, 5}), kLiver);
    ASSERT_EQ(drawn.at({8, 5, 5}), 0);
  }
  void arrive() {
    fixture->predictor->release();
    ASSERT_TRUE(waitFor([&] { return workbench().prediction().state == State::Done; }));
  }
  LabelMap drawn;
};

TEST_F(LatePrediction, GivesFifteenOrgansLeavesTheLiverAsDrawnAndTheReaderWhereHeIs) {
  openAndRevise();
  const auto before = whereTheReaderIs();
  const int depth = workbench().undoDepth();
  arrive();
  const auto counts = labelCounts(workbench().labels());
  for (Label organ = 2; organ <= 16; ++organ) EXPECT_EQ(counts[organ], 12) << int(organ);
  EXPECT_EQ(counts[kLiver], labelCounts(drawn)[kLiver]);
  EXPECT_EQ(workbench().labels().at({5, 5, 5}), kLiver);
  EXPECT_EQ(workbench().undoDepth(), depth + 1);
  EXPECT_EQ(whereTheReaderIs(), before);
  keys(Qt::Key_Z);
  EXPECT_EQ(workbench().labels(), drawn);
}

TEST_F(LatePrediction, OneKeyTakesItsLiverOver) {
  openAndRevise();
  arrive();
  const LabelMap merged = workbench().labels();
  keys(Qt::Key_T);
  EXPECT_EQ(workbench().labels(), sixteenOrgans());
  keys(Qt::Key_Z);
  EXPECT_EQ(workbench().labels(), merged);
}

TEST_F(LatePrediction, CancelledItLeavesWhatWasDrawn) {
  openAndRevise();
  const int depth = workbench().undoDepth();
  window->actions().cancelPrediction->trigger();
  ASSERT_TRUE(waitFor([&] { return workbench().prediction().state == State::Cancelled; }));
  fixture->predictor->release();
  EXPECT_FALSE(waitFor([&] { return workbench().undoDepth() != depth; }, 300));
  EXPECT_EQ(workbench().labels(), drawn);
}

TEST_F(LatePrediction, OfTheCaseThatWasLeftNeverLandsInTheNewOne) {
  openAndRevise();
  window->openCase("other.nii.gz");
  ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open; }));
  fixture->predictor->release();
  EXPECT_FALSE(waitFor([&] { return workbench().undoDepth() > 0; }, 300));
  EXPECT_EQ(workbench().prediction().state, State::None);
  window->openCase("small.nii.gz");
  ASSERT_TRUE(waitFor([&] { return workbench().caseState() == CaseState::Open && workbench().undoDepth() == 2; }));
  EXPECT_EQ(workbench().labels(), drawn);
}

}  // namespace
}  // namespace recontour
