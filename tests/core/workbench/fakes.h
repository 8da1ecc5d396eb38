#pragma once
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <mutex>

#include <gtest/gtest.h>

#include "core/base/sha256.h"
#include "core/io/open_case.h"
#include "core/workbench/workbench.h"
#include "tests/data/small_case.h"
#include "tests/data/temporary_folder.h"

namespace recontour {

/// Runs the event loop until `done` holds, at most 20 s.
inline bool waitFor(const std::function<bool()>& done, int longestMs = 20'000) {
  QElapsedTimer timer;
  timer.start();
  while (!done() && timer.elapsed() < longestMs) QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
  return done();
}

/// Hands out smallCase() with another image for each file name, or fails, at once.
class FakeCaseSource final : public CaseSource {
 public:
  explicit FakeCaseSource(bool fails = false) : fails_(fails) {}
  void open(const std::filesystem::path& path, const std::string&, std::shared_ptr<Listener> listener) override {
    ++opened_;
    listener->progress("read", 1, 2);
    if (fails_) return listener->failed(Error(path, "no such file", "check the path"));
    Case opened = smallCase();
    opened.name = caseName(path);
    opened.source = path;
    std::vector<std::int16_t> voxels(opened.volume.voxels().begin(), opened.volume.voxels().end());
    voxels[0] = static_cast<std::int16_t>(std::hash<std::string>()(opened.name) % 1000);
    opened.volume = Volume(opened.geometry.size, std::move(voxels));
    opened.imageHash = imageHash(opened.geometry, opened.volume);
    listener->opened(std::move(opened));
  }
  void cancel() override {}
  int opened() const { return opened_; }  ///< files so far

 private:
  int opened_ = 0;
  bool fails_;
};

/// A slab of liver (label 1) in z = 2 and of spleen (label 2) in z = 3.
inline LabelMap predictedLabels() {
  std::vector<Label> labels(12 * 12 * 6, 0);
  std::fill(labels.begin() + 2 * 144, labels.begin() + 3 * 144, Label{1});
  std::fill(labels.begin() + 3 * 144, labels.begin() + 4 * 144, Label{2});
  return LabelMap::fromDense({12, 12, 6}, labels);
}

/// Waits until it is let go or stopped, then answers with `labels` or fails.
class FakePredictor final : public Predictor {
 public:
  LabelMap labels = predictedLabels();  ///< set before it runs
  bool sandboxed = true;                ///< set before it runs
  PredictionResult predict(const PredictionRequest& request, ProgressSink& progress, std::stop_token stop) override {
    std::unique_lock lock(mutex_);
    ++runs_;
    lastImage_ = request.imageHash;
    progress.runsOn("fake", "cpu");
    progress.progress("network", 1, 4, 3.0);
    if (!wake_.wait(lock, stop, [this] { return released_; })) throw Error("cancelled", ErrorKind::Cancelled);
    if (fails_) throw Error("the model worker ended (signal 9)", ErrorKind::ModelFailed);
    PredictionResult result;
    result.labels = labels;
    result.modelName = "fake";
    result.modelHash = std::string(64, 'a');
    const auto manifest = request.modelFolder / "recontour.json";
    result.manifestHash = std::filesystem::exists(manifest) ? sha256HexOfFile(manifest) : std::string(64, 'b');
    result.sandboxed = sandboxed;
    result.device = "cpu";
    return result;
  }
  void release(bool fails = false) {
    const std::lock_guard lock(mutex_);
    fails_ = fails;
    released_ = true;
    wake_.notify_all();
  }
  void hold() {  ///< those that come wait again
    const std::lock_guard lock(mutex_);
    released_ = false;
  }
  int runs() {
    const std::lock_guard lock(mutex_);
    return runs_;
  }
  std::string lastImage() {  ///< SHA-256
    const std::lock_guard lock(mutex_);
    return lastImage_;
  }

 private:
  int runs_ = 0;
  std::string lastImage_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool released_ = false;
  bool fails_ = false;
};

/// Says that organs without a contour are not there, so that the case can be accepted.
inline void explainEmptyOrgans(Workbench& workbench) {
  for (const Organ& organ : workbench.organs().organs()) {
    if (boundingBox(workbench.layers().of(organ.label), organ.label).empty())
      workbench.stateOrgan(organ.label, {OrganVerdict::Absent, ""});
  }
}

/// A workbench on a temporary sessions folder.
struct WorkbenchFixture {
  explicit WorkbenchFixture(Workbench::Options options = {}, bool caseFails = false,
                            const OrganTable& organs = OrganTable::named("word"))
      : workbench(withFolder(std::move(options), folder.path()), organs,
                  std::unique_ptr<CaseSource>(source = new FakeCaseSource(caseFails)), predictor) {}
  static Workbench::Options withFolder(Workbench::Options options, const std::filesystem::path& folder) {
    if (options.sessionsFolder.empty()) options.sessionsFolder = folder;
    return options;
  }
  bool open() {
    workbench.openCase("small.nii.gz");
    return waitFor([&] { return workbench.caseState() == CaseState::Open; });
  }
  bool predict() {
    workbench.predict("model");
    predictor->release();
    return waitFor([&] { return workbench.prediction().state == PredictionStatus::State::Done; });
  }
  /// A click with the brush at a voxel of the axial view.
  void paint(const Index3& voxel, bool erase = false) {
    PointerSample at;
    at.pointMm = workbench.currentCase()->geometry.toWorld(voxel);
    at.slice = voxel.z;
    workbench.pressStroke(at, erase);
    workbench.releaseStroke();
  }
  TemporaryFolder folder;
  std::shared_ptr<FakePredictor> predictor = std::make_shared<FakePredictor>();
  FakeCaseSource* source = nullptr;  ///< the workbench's
  Workbench workbench;
};

}  // namespace recontour
