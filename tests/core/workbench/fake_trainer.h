#pragma once
#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "core/base/error.h"
#include "core/workbench/trainer.h"

namespace recontour {

/// Tells of ten iterations in two epochs at once, then waits until it is let go, fails or is stopped. What it "trains"
/// is a folder with a manifest.
class FakeTrainer final : public Trainer {
 public:
  std::vector<TrainingSource> cases(const TrainingJob& job, const std::stop_token&) override {
    if (!std::filesystem::exists(job.cases)) throw Error(job.cases, "does not exist", "check the path");
    return {{"one", "one", false, job.cases / "one.nii.gz", {}, {}},
            {"two", "two", true, job.cases / "two.nii.gz", {}, {}}};
  }
  TrainingReport train(const TrainingJob& job, TrainingSink& sink, std::stop_token stop) override {
    std::unique_lock lock(mutex_);
    job_ = job;
    ++runs_;
    sink.progress("read", 2, 2, -1);
    sink.runsOn(job.settings.network, "cpu");
    for (int i = 1; i <= 10; ++i) sink.point(pointAt(i));
    sink.view(someView());
    sink.progress("train", 10, 20, 75);
    if (!wake_.wait(lock, stop, [this] { return released_; })) {
      stopped_ = true;
      throw Error("cancelled", ErrorKind::Cancelled);
    }
    if (fails_) throw Error("the training worker ended (signal 9)", ErrorKind::ModelFailed);
    if (refuses_) throw Error("the run was stopped with another case; resume it as it was");
    std::filesystem::create_directories(job.model);
    TrainingReport report;
    report.model = job.model;
    report.device = "cpu";
    report.iterations = 20;
    report.seconds = 65;
    report.dscMean = 0.9;
    return report;
  }
  bool canResume(const std::filesystem::path&) override {
    const std::lock_guard lock(mutex_);
    return stopped_;
  }
  void release(bool fails = false) {
    const std::lock_guard lock(mutex_);
    fails_ = fails;
    released_ = true;
    wake_.notify_all();
  }
  /// Every run from now on is refused.
  void refuse() {
    const std::lock_guard lock(mutex_);
    refuses_ = released_ = true;
    wake_.notify_all();
  }
  int runs() {
    const std::lock_guard lock(mutex_);
    return runs_;
  }
  bool stopped() {
    const std::lock_guard lock(mutex_);
    return stopped_;
  }
  TrainingJob job() {  ///< of the last run
    const std::lock_guard lock(mutex_);
    return job_;
  }
  /// Loss 1, 1/2, 1/3...; scores after iterations 5 and 10.
  static TrainingPoint pointAt(int iteration) {
    TrainingPoint point;
    point.iteration = iteration;
    point.iterations = 20;
    point.loss = 1.0 / iteration;
    if (iteration % 5 == 0) point.dscMean = iteration / 20.0;
    if (iteration % 5 == 0) point.dsc = {{"liver", iteration / 10.0 - 0.1}, {"spleen", 0.3 - iteration / 50.0}};
    return point;
  }
  static TrainingView someView() {
    TrainingView view;
    view.iteration = 10;
    view.caseName = "two";
    view.width = view.height = 4;
    view.grey.assign(16, 120);
    view.predicted.assign(16, 1);
    view.truth.assign(16, 255);
    return view;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  TrainingJob job_;
  int runs_ = 0;
  bool released_ = false, fails_ = false, refuses_ = false, stopped_ = false;
};

}  // namespace recontour
