#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/engine/network.h"
#include "models/engine/networks/architecture.h"
#include "models/engine/trainer/checkpoint.h"
#include "models/engine/trainer/patch_source.h"
#include "models/engine/trainer/training_request.h"

namespace recontour {

/// What one step of learning gave.
struct LearningStep {
  double loss = 0, learningRate = 0;
  std::map<std::string, double> terms;
};

/// A network with its optimizer on its device: all of a trainer that needs LibTorch. One thread.
class Learner {
 public:
  /// @throws Error when the network is not known, refused, cannot be trained, or does not fit the labels or the patch
  explicit Learner(const TrainingRequest& request);
  ~Learner();
  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;

  const Architecture& architecture() const;
  std::string device() const;
  std::string fallback() const;  ///< why it is the CPU although a GPU was asked for
  std::string libraryVersion() const;

  /// One step of its optimizer. @throws Error (ModelFailed) when the loss is no number or memory is short
  LearningStep step(int iteration, const std::vector<Patch>& batch);
  /// The network as it is shown now, for windows of any size that it takes: with the mean of its weights where the
  /// schedule averages them, else as it learns.
  Network& network();

  NamedArrays weights() const;         ///< that are learned
  NamedArrays averages() const;        ///< empty without averaging
  NamedArrays shownWeights() const;    ///< the averages, else the weights
  NamedArrays optimizerState() const;  ///< empty before the first step
  /// @throws Error unless every array is there with its size
  void goOnFrom(const Checkpoint& checkpoint);
  /// Shows and saves these from now on; learning is over. @throws Error as goOnFrom()
  void show(const NamedArrays& weights);
  /// TorchScript bytes of the network as it is shown now.
  std::string archive() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace recontour
