#include "models/engine/trainer/trainer.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "models/engine/trainer/batch_loader.h"
#include "models/engine/trainer/learner.h"
#include "models/engine/trainer/patch_sampler.h"
#include "models/engine/trainer/synthetic_cases.h"
#include "models/engine/trainer/trained_model.h"
#include "models/engine/trainer/training_pictures.h"
#include "models/engine/trainer/training_scores.h"
#include "models/engine/trainer/training_volume.h"
#include "models/engine/trainer/volume_labeller.h"
#include "models/training/label_map_training.h"

namespace recontour {
namespace {

constexpr const char* kCheckpointFile = "checkpoint.bin";
constexpr const char* kModelFolder = "model";

/// What a training is, but for where and on what it runs.
std::string jobHash(const TrainingRequest& request) {
  Json message = Json::parse(request.message);
  for (const char* name : {"id", "folder", "resume", "device", "threads", "model_name"}) message.erase(name);
  return sha256Hex(std::string_view(message.dump()));
}

class Training {
 public:
  Training(const TrainingRequest& request, TrainingListener& listener)
      : request_(request),
        listener_(listener),
        learner_(request),
        labeller_(learner_.architecture(), request.patch, request.threads),
        jobSha256_(jobHash(request)) {
    if (request.inventsCt()) {
      inventCases();
    } else {
      readCases();
    }
    for (const TrainingVolume& volume : heldBack_) labeller_.requireMemory(volume);
    pictures_.emplace(shown_ ? *shown_ : heldBack_.front(), labeller_);
    if (request.resumes) resume();
  }

  TrainingOutcome run() {
    const int total = request_.schedule.iterations;
    BatchLoader batches(*source_, request_.schedule.batch, request_.threads);
    start_ = Clock::now();  // what came before says nothing of the time left
    listener_.runsOn(learner_.architecture().name, learner_.device(), state_.iteration, total);
    while (state_.iteration < total) {
      const int iteration = state_.iteration;
      const LearningStep step = learner_.step(iteration, batches.batchOf(iteration, iteration + 1 == total));
      CurvePoint point{iteration + 1, step.learningRate, step.loss, step.terms, {}, {}};
      const bool epochEnds = (iteration + 1) % request_.schedule.iterationsPerEpoch == 0 || iteration + 1 == total;
      if (epochEnds) score(point);
      state_.curve.push_back(point);
      state_.iteration = iteration + 1;
      listener_.iteration(point, total, secondsLeft());
      if (epochEnds) endEpoch();
    }
    return finish();
  }

 private:
  using Clock = std::chrono::steady_clock;

  void readCases() {
    std::vector<TrainingVolume> learned;
    const int total = static_cast<int>(request_.cases.size());
    for (const TrainingCaseFiles& files : request_.cases) {
      auto volume = readTrainingVolume(files, request_, learner_.architecture().channels);
      (files.heldBack ? heldBack_ : learned).push_back(std::move(volume));
      listener_.loading(static_cast<int>(heldBack_.size() + learned.size()), total);
    }
    if (heldBack_.empty()) shown_ = learned.front();
    source_ = makePatchSampler(std::move(learned),
                               {request_.patch, request_.loss.isDense(), request_.augments, request_.seed});
  }

  void inventCases() {
    source_ = makeLabelMapSource(request_, request_.variantsPerMap,
                                 [this](int done, int total) { listener_.loading(done, total); });
    for (const TrainingCaseFiles& files : request_.cases) {
      if (files.heldBack) heldBack_.push_back(syntheticVolume(files, request_));
    }
    if (heldBack_.empty()) shown_ = syntheticVolume(request_.cases.front(), request_);
  }

  void resume() {
    const auto file = request_.folder / kCheckpointFile;
    state_ = readCheckpoint(file);
    if (state_.jobSha256 != jobSha256_)
      throw Error(file, "was begun with other settings or data", "repeat the settings of the first run, or train anew");
    const bool isWhole = state_.iteration >= 1 && state_.curve.size() == static_cast<std::size_t>(state_.iteration) &&
                         state_.bestIteration >= 0 && state_.bestIteration <= state_.iteration;
    if (!isWhole) throw Error(file, "cannot be gone on from: its curve is not whole", "train anew");
    learner_.goOnFrom(state_);
    secondsBefore_ = state_.seconds;
    firstIteration_ = state_.iteration;
  }

  double secondsHere() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  double secondsLeft() const {
    const int done = state_.iteration - firstIteration_;
    return done > 0 ? secondsHere() / done * (request_.schedule.iterations - state_.iteration) : -1;
  }

  void score(CurvePoint& point) {
    if (heldBack_.empty()) return;
    ScoreCounter counter(learner_.architecture().channels);
    int total = 0, done = 0;
    for (const TrainingVolume& volume : heldBack_) total += volume.grid.size.z;
    const bool dense = request_.scoredLabels() == ScoredLabels::Dense;
    for (const TrainingVolume& volume : heldBack_) {
      const auto advanced = [&](int slices) { listener_.scoring(done + slices, total); };
      counter.add(labeller_.label(learner_.network(), volume, advanced), dense ? volume.dense : volume.strokes);
      done += volume.grid.size.z;
    }
    point.dsc = counter.dsc();
    point.dscMean = counter.mean();
    const bool isBetter = point.dscMean && (!state_.bestDsc || *point.dscMean > *state_.bestDsc);
    if (request_.selection == ModelSelection::Last || !isBetter) return;
    state_.bestDsc = point.dscMean;
    state_.bestIteration = point.iteration;
    state_.best = learner_.shownWeights();
  }

  void endEpoch() {
    state_.jobSha256 = jobSha256_;
    state_.seconds = secondsBefore_ + secondsHere();
    state_.weights = learner_.weights();
    state_.averages = learner_.averages();
    state_.optimizer = learner_.optimizerState();
    // Weights that are no numbers any more must not take the place of those that were.
    const TrainingPicture picture = pictures_->make(learner_.network(), state_.iteration);
    writeCheckpoint(request_.folder / kCheckpointFile, state_);
    listener_.picture(picture);
  }

  TrainingOutcome finish() {
    const bool chooses = state_.bestIteration > 0;
    if (chooses) learner_.show(state_.best);
    const int chosen = chooses ? state_.bestIteration : state_.iteration;
    const auto folder = request_.folder / kModelFolder;
    writeTrainedModel({learner_.archive(), learner_.architecture(), state_.curve, chosen, learner_.device(),
                       learner_.libraryVersion(), secondsBefore_ + secondsHere()},
                      request_, folder);
    return {folder,
            learner_.device(),
            learner_.fallback(),
            chosen,
            state_.iteration,
            secondsBefore_ + secondsHere(),
            state_.curve[static_cast<std::size_t>(chosen) - 1].dscMean};
  }

  const TrainingRequest& request_;
  TrainingListener& listener_;
  Learner learner_;
  VolumeLabeller labeller_;
  std::string jobSha256_;
  std::vector<TrainingVolume> heldBack_;
  std::optional<TrainingVolume> shown_;  ///< in pictures, where no case is held back
  std::optional<PictureMaker> pictures_;
  std::unique_ptr<PatchSource> source_;
  Checkpoint state_;
  double secondsBefore_ = 0;
  int firstIteration_ = 0;
  Clock::time_point start_;  ///< of run()
};

}  // namespace

TrainingOutcome trainModel(const TrainingRequest& request, TrainingListener& listener) {
  return Training(request, listener).run();
}

}  // namespace recontour
