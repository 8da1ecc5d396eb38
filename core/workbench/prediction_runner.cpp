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

 private:
  const PredictionRunner::Callbacks& callbacks_;
};

}  // namespace

void PredictionRunner::start(PredictionRequest request, Callbacks callbacks) {
  thread_ = std::jthread(
      [predictor = predictor_, request = std::move(request), callbacks = std::move(callbacks)](std::stop_token stop) {
        ForwardProgress progress(callbacks);
        try {
          callbacks.finished(predictor->predict(request, progress, stop));
        } catch (const Error& error) {
          callbacks.failed(error);
        } catch (const std::exception& error) {
          callbacks.failed(Error(std::string("the prediction failed: ") + error.what(), ErrorKind::ModelFailed));
        }
      });
}

}  // namespace recontour
