#include "core/workbench/training_runner.h"

#include <QSignalSpy>
#include <atomic>

#include "tests/core/workbench/fake_trainer.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {
namespace {

struct Heard {
  explicit Heard(TrainingRunner& runner) {
    QObject::connect(&runner, &TrainingRunner::pointsCame, [this](const std::vector<TrainingPoint>& came) {
      ++deliveries;
      points.insert(points.end(), came.begin(), came.end());
    });
    QObject::connect(&runner, &TrainingRunner::viewCame, [this](const TrainingView&) { ++views; });
    QObject::connect(&runner, &TrainingRunner::finished,
                     [this](const TrainingReport& report) { model = report.model; });
    QObject::connect(&runner, &TrainingRunner::cancelled, [this](bool resumable) { stopped = resumable; });
    QObject::connect(&runner, &TrainingRunner::failed, [this](const QString& text, bool) { error = text; });
    QObject::connect(&runner, &TrainingRunner::refused, [this](const QString& text, bool) { refusal = text; });
  }
  std::vector<TrainingPoint> points;
  int deliveries = 0, views = 0;
  std::filesystem::path model;
  std::optional<bool> stopped;
  QString error, refusal;
};

TEST(TrainingRunner, PointsArriveTogetherAndAllBeforeTheEnd) {
  const TemporaryFolder folder;
  const auto trainer = std::make_shared<FakeTrainer>();
  TrainingRunner runner(trainer);
  Heard heard(runner);
  trainer->release();
  runner.start({{}, folder.path(), {}, folder.path() / "model"});
  EXPECT_TRUE(runner.running());
  ASSERT_TRUE(waitFor([&] { return !heard.model.empty(); }));
  EXPECT_FALSE(runner.running());
  ASSERT_EQ(heard.points.size(), 10U);
  EXPECT_LE(heard.deliveries, 2);
  EXPECT_EQ(heard.points[3].iteration, 4);
  EXPECT_EQ(heard.views, 1);
}

TEST(TrainingRunner, CancelEndsARunThatCanGoOn) {
  const TemporaryFolder folder;
  const auto trainer = std::make_shared<FakeTrainer>();
  TrainingRunner runner(trainer);
  Heard heard(runner);
  runner.start({{}, folder.path(), {}, folder.path() / "model"});
  ASSERT_TRUE(waitFor([&] { return heard.points.size() == 10; }));
  runner.start({{}, folder.path(), {}, folder.path() / "other"});
  EXPECT_EQ(trainer->runs(), 1) << "one at a time";
  runner.cancel();
  ASSERT_TRUE(waitFor([&] { return heard.stopped.has_value(); }));
  EXPECT_TRUE(*heard.stopped);
  EXPECT_FALSE(runner.running());
}

TEST(TrainingRunner, AFailureIsOneLine) {
  const TemporaryFolder folder;
  const auto trainer = std::make_shared<FakeTrainer>();
  TrainingRunner runner(trainer);
  Heard heard(runner);
  trainer->release(true);
  runner.start({{}, folder.path(), {}, folder.path() / "model"});
  ASSERT_TRUE(waitFor([&] { return !heard.error.isEmpty(); }));
  EXPECT_EQ(heard.error, QStringLiteral("the training worker ended (signal 9)"));
}

TEST(TrainingRunner, WhatCannotBeTrainedIsToldApartFromAFailure) {
  const TemporaryFolder folder;
  const auto trainer = std::make_shared<FakeTrainer>();
  TrainingRunner runner(trainer);
  Heard heard(runner);
  trainer->refuse();
  runner.start({{}, folder.path(), {}, folder.path() / "model"});
  ASSERT_TRUE(waitFor([&] { return !heard.refusal.isEmpty(); }));
  EXPECT_EQ(heard.refusal, QStringLiteral("the run was stopped with another case; resume it as it was"));
  EXPECT_TRUE(heard.error.isEmpty());
}

TEST(TrainingRunner, ARunEndsWithItsRunner) {
  const TemporaryFolder folder;
  const auto trainer = std::make_shared<FakeTrainer>();
  {
    TrainingRunner runner(trainer);
    runner.start({{}, folder.path(), {}, folder.path() / "model"});
    ASSERT_TRUE(waitFor([&] { return trainer->runs() == 1; }));
  }
  EXPECT_TRUE(trainer->stopped());
}

/// Tells of 20,000 iterations a second for a second.
class QuickTrainer final : public Trainer {
 public:
  std::vector<TrainingSource> cases(const TrainingJob&, const std::stop_token&) override { return {}; }
  bool canResume(const std::filesystem::path&) override { return false; }
  TrainingReport train(const TrainingJob& job, TrainingSink& sink, std::stop_token) override {
    for (int i = 1; i <= 20'000; ++i) {
      sink.point(FakeTrainer::pointAt(i));
      if (i % 200 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    TrainingReport report;
    report.model = job.model;
    return report;
  }
};

TEST(TrainingRunner, AQuickTrainingTellsTenTimesASecond) {
  TrainingRunner runner(std::make_shared<QuickTrainer>());
  Heard heard(runner);
  QElapsedTimer timer;
  timer.start();
  runner.start({{}, "cases", {}, "model"});
  ASSERT_TRUE(waitFor([&] { return !heard.model.empty(); }));
  EXPECT_EQ(heard.points.size(), 20'000U);
  EXPECT_LE(heard.deliveries, static_cast<int>(timer.elapsed() / 100) + 2);
}

}  // namespace
}  // namespace recontour
