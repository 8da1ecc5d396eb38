#include "core/workbench/prediction_runner.h"

#include <utility>

namespace recontour {
namespace {

class ForwardProgress final : public ProgressSink {
 public:
  explicit ForwardProgress(const PredictionRunner::Callbacks& callbacks) : callbacks_(callbacks) {}
  void progress(std::string_view stage, int done, int total, double secondsLeft) override {
    callbacks_.progress(std::string(stage), done, total, secondsLeft);
  }
  void runsOn(std::string_view name, std::string_view device) override {
    callbacks_.runsOn(std::string(name), std::string(device));
  }

 private:
  const PredictionRunner::Callbacks& callbacks_;
};

void requireWanted(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
}

/// One prediction with all it needs, on its thread.
struct Run {
  std::shared_ptr<Predictor> predictor;
  std::optional<PredictionCache> cache;  ///< of this request
  std::optional<ModelTrust> trust;
  std::optional<ModelIdentity> agreed;
  PredictionRequest request;
  bool anew = false;
  PredictionRunner::Callbacks callbacks;

  PredictionResult labels(const std::stop_token& stop) {
    if (cache && !anew) {
      if (auto kept = cache->find(request)) return std::move(*kept);
    }
    ForwardProgress progress(callbacks);
    return predictor->predict(request, progress, stop);
  }

  /// Asks where it must. What runs then is what was looked at here, not what someone puts there meanwhile.
  bool mayRun() {
    if (!trust) return true;
    if (agreed) trust->pin(request.modelFolder, *agreed);
    const ModelIdentity model = readModelIdentity(request.modelFolder);
    request.manifestHash = model.manifestHash;
    const ModelStanding standing = trust->standing(request.modelFolder, model.manifestHash);
    if (standing == ModelStanding::Shipped || standing == ModelStanding::Pinned) return true;
    callbacks.needsTrust(model, standing == ModelStanding::Changed);
    return false;
  }

  void run(const std::stop_token& stop) {
    requireWanted(stop);
    if (!mayRun()) return;
    const PredictionResult result = labels(stop);
    requireWanted(stop);
    callbacks.finished(result);
    try {  // after the labels are handed over, which nobody should wait for
      if (cache) cache->keep(request, result);
    } catch (const Error&) {  // a cache; the labels are there all the same
    }
  }

  void runAndTell(const std::stop_token& stop) {
    try {
      run(stop);
    } catch (const Error& error) {
      callbacks.failed(error);
    } catch (const std::exception& error) {
      callbacks.failed(Error(std::string("the prediction failed: ") + error.what(), ErrorKind::ModelFailed));
    }
  }
};

}  // namespace

void PredictionRunner::start(PredictionRequest request, bool anew, Callbacks callbacks,
                             std::optional<ModelIdentity> agreed) {
  thread_.request_stop();
  const auto cache = request.imageHash.empty() ? std::nullopt : cache_;
  Run run{predictor_, cache, trust_, std::move(agreed), std::move(request), anew, std::move(callbacks)};
  // The new thread waits for the one before, so that the caller does not.
  thread_ = std::jthread([before = std::move(thread_), run = std::move(run)](std::stop_token stop) mutable {
    before = std::jthread();
    run.runAndTell(stop);
  });
}

}  // namespace recontour
