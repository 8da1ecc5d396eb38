#pragma once
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/predict/model_trust.h"
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
    /// In place of the others: nobody has agreed to the model yet. @param changed  but to another one in its folder
    std::function<void(ModelIdentity, bool changed)> needsTrust;
  };
  /// @param cache  none: every prediction runs
  /// @param trust  none: every model runs without asking
  PredictionRunner(std::shared_ptr<Predictor> predictor, std::optional<PredictionCache> cache,
                   std::optional<ModelTrust> trust)
      : predictor_(std::move(predictor)), cache_(std::move(cache)), trust_(std::move(trust)) {}
  /// Returns at once. A prediction still running is cancelled, and the new one starts when it has ended.
  /// @param anew    runs even when the cache has the labels
  /// @param agreed  what the person has just agreed to; it is remembered first
  void start(PredictionRequest request, bool anew, Callbacks callbacks, std::optional<ModelIdentity> agreed = {});
  void cancel() { thread_.request_stop(); }

 private:
  std::shared_ptr<Predictor> predictor_;
  std::optional<PredictionCache> cache_;
  std::optional<ModelTrust> trust_;
  std::jthread thread_;
};

}  // namespace recontour
