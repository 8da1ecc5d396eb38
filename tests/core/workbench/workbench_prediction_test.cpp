#include <fstream>
#include <memory>

#include "core/base/sha256.h"
#include "core/session/session.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

using State = PredictionStatus::State;
constexpr Label kLiver = 1, kSpleen = 2;

TEST(WorkbenchPrediction, RunsInTheBackgroundAndBecomesOneUndoStep) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  f.workbench.predict("model");
  EXPECT_EQ(f.workbench.prediction().state, State::Running);
  ASSERT_TRUE(waitFor([&] { return f.workbench.prediction().tilesTotal == 4; }));
  f.predictor->release();
  ASSERT_TRUE(waitFor([&] { return f.workbench.prediction().state == State::Done; }));
  EXPECT_EQ(f.workbench.labels().at({0, 0, 2}), kLiver);
  EXPECT_EQ(f.workbench.undoDepth(), 1);
}

TEST(WorkbenchPrediction, KeepsOrgansThatWereEditedWhileItRan) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  f.workbench.predict("model");
  f.workbench.selectOrgan(kLiver);
  f.paint({5, 5, 0});
  f.predictor->release();
  ASSERT_TRUE(waitFor([&] { return f.workbench.prediction().state == State::Done; }));
  EXPECT_EQ(f.workbench.labels().at({5, 5, 0}), kLiver);   // the reader's
  EXPECT_EQ(f.workbench.labels().at({0, 0, 2}), 0);        // the model's liver is not taken
  EXPECT_EQ(f.workbench.labels().at({0, 0, 3}), kSpleen);  // its spleen is
}

TEST(WorkbenchPrediction, CancelEndsItAndChangesNothing) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  f.workbench.predict("model");
  f.workbench.cancelPrediction();
  ASSERT_TRUE(waitFor([&] { return f.workbench.prediction().state == State::Cancelled; }));
  EXPECT_EQ(f.workbench.undoDepth(), 0);
}

TEST(WorkbenchPrediction, AFailureIsAMessageAndEditingGoesOn) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  QSignalSpy failures(&f.workbench, &Workbench::predictionFailed);
  f.workbench.predict("model");
  f.predictor->release(true);
  ASSERT_TRUE(waitFor([&] { return f.workbench.prediction().state == State::Failed; }));
  EXPECT_EQ(f.workbench.prediction().error, "the model worker ended (signal 9)");
  EXPECT_EQ(failures.count(), 1);
  f.workbench.selectOrgan(kLiver);
  f.paint({5, 5, 2});
  EXPECT_EQ(f.workbench.labels().at({5, 5, 2}), kLiver);
}

TEST(WorkbenchPrediction, ArrivingDuringAStrokeItWaitsForTheStrokesEnd) {
  WorkbenchFixture f;
  ASSERT_TRUE(f.open());
  f.workbench.predict("model");
  f.workbench.selectOrgan(kSpleen);
  PointerSample at;
  at.pointMm = f.workbench.currentCase()->geometry.toWorld(Index3{5, 5, 0});
  f.workbench.pressStroke(at, false);
  f.predictor->release();
  waitFor([&] { return f.workbench.prediction().state == State::Done; });
  f.workbench.releaseStroke();
  ASSERT_TRUE(waitFor([&] { return f.workbench.labels().at({0, 0, 2}) == kLiver; }));
  EXPECT_EQ(f.workbench.labels().at({5, 5, 0}), kSpleen);
  EXPECT_EQ(f.workbench.labels().at({0, 0, 3}), 0);  // the reader's spleen stays, the model's is not taken
}

TEST(WorkbenchPrediction, WhatTheModelsCardPromisesIsKnownAgainAfterReopening) {
  WorkbenchFixture f;
  std::ofstream(f.folder / "recontour.json") << R"({"expected_dsc": {"liver": 0.9, "adrenal": 0.06}})";
  ASSERT_TRUE(f.open());
  f.workbench.predict(f.folder.path());
  f.predictor->release();
  const auto expected = [&](std::size_t row) { return f.workbench.organStatus()[row].expectedDsc; };
  ASSERT_TRUE(waitFor([&] { return expected(0) == 0.9; }));
  ASSERT_TRUE(f.open());
  EXPECT_TRUE(waitFor([&] { return expected(0) == 0.9 && expected(11) == 0.06; }));
  EXPECT_FALSE(expected(1).has_value());
}

TEST(WorkbenchPrediction, AnOrganWithoutContourIsAConcernUnlessTheModelWasNotMadeForIt) {
  WorkbenchFixture f;
  std::ofstream(f.folder / "recontour.json")
      << R"({"labels": {"0": {"key": "background"}, "1": {"key": "liver"}, "2": {"key": "spleen"}, "3": {"key": "colon"}}})";
  ASSERT_TRUE(f.open());
  f.workbench.predict(f.folder.path());
  f.predictor->release();
  const auto status = [&](const char* key) -> const OrganStatus& {
    return f.workbench.organStatus()[f.workbench.organs().find(key)->label - std::size_t{1}];
  };
  ASSERT_TRUE(waitFor([&] { return !status("colon").concerns.empty(); }));
  EXPECT_EQ(status("colon").concerns.front().word, "no contour");
  EXPECT_TRUE(status("colon").inModel);
  EXPECT_TRUE(status("pancreas").concerns.empty());
  EXPECT_FALSE(status("pancreas").inModel);
}

/// A workbench that asks for models, with one that is not shipped.
struct AskingFixture {
  AskingFixture() {
    writeManifest("mine");
    Workbench::Options options;
    options.modelTrust = folder / "config/trusted-models.json";
    fixture = std::make_unique<WorkbenchFixture>(options);
    fixture->predictor->release();
    asked = std::make_unique<QSignalSpy>(&fixture->workbench, &Workbench::modelNeedsTrust);
  }
  void writeManifest(const std::string& name) const {
    std::filesystem::create_directories(model());
    std::ofstream(model() / "recontour.json") << R"({"name": ")" << name << "\"}";
  }
  std::filesystem::path model() const { return folder / "model"; }
  bool waitForQuestion(int number) {
    return waitFor([&] { return asked->count() == number; });
  }
  bool waitForResult() {
    return waitFor([&] { return fixture->workbench.prediction().state == State::Done; });
  }
  TemporaryFolder folder;
  std::unique_ptr<WorkbenchFixture> fixture;
  std::unique_ptr<QSignalSpy> asked;
};

TEST(WorkbenchPrediction, AModelThatIsNewHereIsAskedForBeforeItRuns) {
  AskingFixture f;
  Workbench& workbench = f.fixture->workbench;
  ASSERT_TRUE(f.fixture->open());
  workbench.predict(f.model());
  ASSERT_TRUE(f.waitForQuestion(1));
  EXPECT_EQ(f.asked->at(0).at(0).toString().toStdString(), f.model().string());
  EXPECT_EQ(f.asked->at(0).at(1).toString().toStdString(), "mine");
  EXPECT_EQ(f.asked->at(0).at(2).toString().toStdString(), sha256HexOfFile(f.model() / "recontour.json"));
  EXPECT_FALSE(f.asked->at(0).at(3).toBool());
  EXPECT_EQ(workbench.prediction().state, State::None);
  EXPECT_EQ(f.fixture->predictor->runs(), 0);
  workbench.trustModel(f.model());
  ASSERT_TRUE(f.waitForResult());
  workbench.predict(f.model());  // known from now on
  ASSERT_TRUE(waitFor([&] { return f.fixture->predictor->runs() == 2; }));
  EXPECT_EQ(f.asked->count(), 1);
}

TEST(WorkbenchPrediction, AnExchangedModelIsAskedForAsChanged) {
  AskingFixture f;
  ASSERT_TRUE(f.fixture->open());
  f.fixture->workbench.predict(f.model());
  ASSERT_TRUE(f.waitForQuestion(1));
  f.fixture->workbench.trustModel(f.model());
  ASSERT_TRUE(f.waitForResult());
  f.writeManifest("another");
  f.fixture->workbench.predict(f.model());
  ASSERT_TRUE(f.waitForQuestion(2));
  EXPECT_TRUE(f.asked->at(1).at(3).toBool());
  EXPECT_EQ(f.fixture->predictor->runs(), 1);
}

TEST(WorkbenchPrediction, WhatIsAgreedToIsWhatWasNamed) {
  AskingFixture f;
  ASSERT_TRUE(f.fixture->open());
  f.fixture->workbench.predict(f.model());
  ASSERT_TRUE(f.waitForQuestion(1));
  f.writeManifest("put there meanwhile");
  f.fixture->workbench.trustModel(f.model());
  ASSERT_TRUE(f.waitForQuestion(2));
  EXPECT_EQ(f.asked->at(1).at(1).toString().toStdString(), "put there meanwhile");
  EXPECT_EQ(f.fixture->predictor->runs(), 0);
}

TEST(WorkbenchPrediction, AnAnswerForAnotherModelOrCaseStartsNothing) {
  AskingFixture f;
  Workbench& workbench = f.fixture->workbench;
  ASSERT_TRUE(f.fixture->open());
  workbench.predict(f.model());
  ASSERT_TRUE(f.waitForQuestion(1));
  workbench.trustModel("another");
  workbench.trustModel(f.model());  // the question was given up
  EXPECT_EQ(workbench.prediction().state, State::None);
  workbench.predict(f.model());
  ASSERT_TRUE(f.waitForQuestion(2));
  workbench.closeCase();
  workbench.trustModel(f.model());
  EXPECT_EQ(workbench.prediction().state, State::None);
  EXPECT_EQ(f.fixture->predictor->runs(), 0);
}

TEST(WorkbenchPrediction, TheLogSaysWhichModelRanAndWhetherInASandbox) {
  WorkbenchFixture f;
  f.predictor->sandboxed = false;
  ASSERT_TRUE(f.open());
  ASSERT_TRUE(f.predict());
  EXPECT_FALSE(f.workbench.prediction().sandboxed);
  ASSERT_TRUE(f.workbench.flush());
  const std::string settings = f.workbench.session()->starts().back().settings;
  EXPECT_NE(settings.find(R"("sandboxed":false)"), std::string::npos) << settings;
  EXPECT_NE(settings.find(R"("manifest_sha256":"bb)"), std::string::npos) << settings;
}

}  // namespace
}  // namespace recontour
