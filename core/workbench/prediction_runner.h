#pragma once
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/predict/predictor.h"
#include "core/workbench/prediction_cache.h"

namespace recontour {

/// Runs one prediction at a time on a thread of its own, or finds it in the cache. Callbacks come from that thread.
class PredictionRunner {
 public:
  struct Callbacks {
    std::function<void(std::string stage, int done, int total, double secondsLeft)> progress;
    std::function<void(std::string model, std::string device)> runsOn;
    std::function<void(PredictionResult)> finished;
    std::function<void(Error)> failed;  ///< ErrorKind::Cancelled after cancel()
  };
  /// @param cache  none: every prediction runs
  PredictionRunner(std::shared_ptr<Predictor> predictor, std::optional<PredictionCache> cache)
      : predictor_(std::move(predictor)), cache_(std::move(cache)) {}
  /// Returns at once. A prediction still running is cancelled, and the new one starts when it has ended.
  /// @param anew  runs even when the cache has the labels
  void start(PredictionRequest request, bool anew, Callbacks callbacks);
  void cancel() { thread_.request_stop(); }

 private:
  std::shared_ptr<Predictor> predictor_;
  std::optional<PredictionCache> cache_;
  std::jthread thread_;
};

}  // namespace recontour
