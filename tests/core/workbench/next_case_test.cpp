// The next case of a work list, read and predicted while the reader works on the current one.
#include <fstream>

#include "core/session/session.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

using State = PredictionStatus::State;
constexpr Label kLiver = 1;

/// Three files that the fake source opens as three images, and a model that runs by itself.
struct NextFixture {
  explicit NextFixture(Workbench::Options options = modelOptions()) : f(std::move(options)) {
    for (const char* name : {"a.nii", "b.nii", "c.nii"}) std::ofstream(folder / name) << "x";
  }
  static Workbench::Options modelOptions() {
    Workbench::Options options;
    options.model = "model";
    return options;
  }
  bool isOpen(int number) {
    return f.workbench.caseState() == CaseState::Open && f.workbench.currentWorkItem() == number;
  }
  bool openFolder() {
    f.workbench.openFolder(folder.path());
    return waitFor([&] { return isOpen(0); });
  }
  bool open(int number) {
    f.workbench.openWorkItem(number);
    return waitFor([&] { return isOpen(number); });
  }
  bool nextReady() {
    return waitFor([&] { return f.workbench.nextCaseReady(); });
  }
  State state() const { return f.workbench.prediction().state; }
  std::size_t sessions() const { return f.folder.entries(); }  // one folder for each image, and cases.json
  TemporaryFolder folder;
  WorkbenchFixture f;
};

TEST(NextCase, IsThereWithItsContoursWhenItIsAskedFor) {
  NextFixture t;
  t.f.predictor->release();
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(t.nextReady());
  const int read = t.f.source->opened(), runs = t.f.predictor->runs();
  EXPECT_EQ(read, 2);
  EXPECT_EQ(runs, 2);
  std::optional<LabelMap> labelsAtFirst;
  QObject::connect(&t.f.workbench, &Workbench::startTaken, &t.f.workbench,
                   [&] { labelsAtFirst = t.f.workbench.labels(); });
  ASSERT_TRUE(t.open(1));
  EXPECT_EQ(t.f.workbench.currentCase()->name, "b");
  EXPECT_EQ(t.state(), State::Done);  // in the same turn of the event loop
  EXPECT_EQ(labelsAtFirst, predictedLabels());
  EXPECT_EQ(t.f.workbench.undoDepth(), 1);
  EXPECT_EQ(t.f.workbench.session()->starts().at(0).source, "prediction");  // logged like one that ran live
  EXPECT_EQ(t.f.workbench.session()->starts().at(0).modelHash, std::string(64, 'a'));
  ASSERT_TRUE(t.nextReady());
  EXPECT_EQ(t.f.source->opened(), 3);  // b was not read again, c is the next
  EXPECT_EQ(t.f.predictor->runs(), 3);
}

TEST(NextCase, HasNoSessionBeforeItIsAskedFor) {
  NextFixture t;
  t.f.predictor->release();
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(t.nextReady());
  EXPECT_EQ(t.sessions(), 2U);
  ASSERT_TRUE(t.open(1));
  EXPECT_EQ(t.sessions(), 3U);
}

TEST(NextCase, IsThrownAwayWhenAnotherIsAskedFor) {
  NextFixture t;
  t.f.predictor->release();
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(t.nextReady());
  ASSERT_TRUE(t.open(2));
  EXPECT_FALSE(t.f.workbench.nextCaseReady());  // the list ends here
  EXPECT_EQ(t.f.workbench.currentCase()->name, "c");
  ASSERT_TRUE(waitFor([&] { return t.state() == State::Done; }));
  EXPECT_EQ(t.f.workbench.labels(), predictedLabels());
}

TEST(NextCase, WaitsUntilTheCurrentCaseHasItsPrediction) {
  NextFixture t;
  ASSERT_TRUE(t.openFolder());
  EXPECT_FALSE(waitFor([&] { return t.f.source->opened() > 1; }, 800));
  t.f.predictor->release();
  EXPECT_TRUE(t.nextReady());
}

TEST(NextCase, MakesWayForThePredictionOfTheCurrentOne) {
  NextFixture t;
  t.f.predictor->release();
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(waitFor([&] { return t.state() == State::Done; }));
  t.f.predictor->hold();
  ASSERT_TRUE(waitFor([&] { return t.f.predictor->runs() == 2; }));  // that of b
  t.f.workbench.predict("other");
  ASSERT_TRUE(waitFor([&] { return t.f.predictor->runs() == 3; }));
  EXPECT_EQ(t.f.predictor->lastImage(), t.f.workbench.currentCase()->imageHash);
  t.f.predictor->release();
  ASSERT_TRUE(t.nextReady());
  EXPECT_EQ(t.f.predictor->runs(), 4);  // b once more
  EXPECT_EQ(t.f.workbench.undoDepth(), 2);
}

TEST(NextCase, ThatIsStillPredictedWhenItOpensGoesOnAsItsOwn) {
  NextFixture t;
  t.f.predictor->release();
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(waitFor([&] { return t.state() == State::Done; }));
  t.f.predictor->hold();
  ASSERT_TRUE(waitFor([&] { return t.f.predictor->runs() == 2; }));
  ASSERT_TRUE(t.open(1));
  EXPECT_EQ(t.state(), State::Running);
  t.f.predictor->release();
  ASSERT_TRUE(waitFor([&] { return t.state() == State::Done; }));
  EXPECT_EQ(t.f.predictor->runs(), 2);
  EXPECT_EQ(t.f.workbench.labels(), predictedLabels());
}

TEST(NextCase, ThePredictionOfTheCaseThatWasLeftLandsNowhere) {
  NextFixture t;
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(waitFor([&] { return t.f.predictor->runs() == 1; }));
  const std::string first = t.f.workbench.currentCase()->imageHash;
  t.f.workbench.setModel(std::nullopt);
  ASSERT_TRUE(t.open(1));
  t.f.predictor->release();
  EXPECT_FALSE(waitFor([&] { return t.f.workbench.undoDepth() > 0; }, 500));
  EXPECT_EQ(t.state(), State::None);
  EXPECT_NE(t.f.workbench.currentCase()->imageHash, first);
}

TEST(NextCase, OneThatTheReaderHasStartedIsNotPredicted) {
  NextFixture t{Workbench::Options()};
  t.f.predictor->release();
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(t.open(1));
  t.f.paint({5, 5, 2});
  ASSERT_TRUE(t.open(0));
  t.f.workbench.setModel("model");
  ASSERT_TRUE(t.nextReady());
  EXPECT_EQ(t.f.predictor->runs(), 1);  // that of the current case
}

TEST(NextCase, AnotherModelDropsWhatWasDrawnInAdvance) {
  NextFixture t;
  t.f.predictor->release();
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(t.nextReady());
  t.f.workbench.setModel(std::nullopt);
  EXPECT_FALSE(t.f.workbench.nextCaseReady());
  ASSERT_TRUE(t.nextReady());  // read again, nothing drawn
  ASSERT_TRUE(t.open(1));
  EXPECT_EQ(t.f.workbench.undoDepth(), 0);
  EXPECT_EQ(t.state(), State::None);
}

TEST(NextCase, AReaderWhoOnlyLooksGetsNoContoursButTheCase) {
  Workbench::Options options = NextFixture::modelOptions();
  options.readOnly = true;
  NextFixture t{options};
  t.f.predictor->release();
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(t.nextReady());
  ASSERT_TRUE(t.open(1));
  EXPECT_EQ(t.f.predictor->runs(), 0);
  EXPECT_EQ(t.sessions(), 0U);
}

TEST(NextCase, AFailureInAdvanceIsToldWhenTheCaseIsOpen) {
  NextFixture t;
  t.f.predictor->release();
  ASSERT_TRUE(t.openFolder());
  ASSERT_TRUE(waitFor([&] { return t.state() == State::Done; }));
  t.f.predictor->release(true);
  QSignalSpy failures(&t.f.workbench, &Workbench::predictionFailed);
  ASSERT_TRUE(t.nextReady());
  EXPECT_EQ(failures.count(), 0);
  ASSERT_TRUE(t.open(1));
  EXPECT_TRUE(waitFor([&] { return failures.count() == 1; }));
}

}  // namespace
}  // namespace recontour
