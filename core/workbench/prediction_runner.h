#pragma once
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/predict/predictor.h"

namespace recontour {

/// Runs one prediction at a time on a thread of its own. Callbacks come from that thread.
class PredictionRunner {
 public:
  struct Callbacks {
    std::function<void(std::string stage, int done, int total, double secondsLeft)> progress;
    std::function<void(PredictionResult)> finished;
    std::function<void(Error)> failed;  ///< ErrorKind::Cancelled after cancel()
  };
  explicit PredictionRunner(std::shared_ptr<Predictor> predictor) : predictor_(std::move(predictor)) {}
  /// Starts; a prediction still running is cancelled and waited for (at most some 100 ms).
  void start(PredictionRequest request, Callbacks callbacks);
  void cancel() { thread_.request_stop(); }

 private:
  std::shared_ptr<Predictor> predictor_;
  std::jthread thread_;
};

}  // namespace recontour
