#pragma once
// Private to files with LibTorch.
#include <memory>

#include "models/engine/trainer/named_tensors.h"
#include "models/engine/trainer/training_request.h"

namespace torch::optim {
class Optimizer;
}

namespace recontour {

/// Takes the steps of a training: SGD or AdamW, with the decay of its learning rate.
class WeightOptimizer {
 public:
  /// @param parameters  that need gradients
  WeightOptimizer(const TrainingSchedule& schedule, NamedTensors parameters);
  ~WeightOptimizer();
  WeightOptimizer(const WeightOptimizer&) = delete;
  WeightOptimizer& operator=(const WeightOptimizer&) = delete;

  double learningRateAt(int iteration) const;
  void forgetGradients();
  /// Clips the gradients and steps down them.
  void step(int iteration);

  /// What it remembers of each parameter, such as "momentum encoder1_weight"; empty before the first step.
  NamedArrays state() const;
  /// @throws Error for arrays of another size
  void setState(const NamedArrays& state);

 private:
  TrainingSchedule schedule_;
  NamedTensors parameters_;
  std::unique_ptr<torch::optim::Optimizer> optimizer_;
};

}  // namespace recontour
