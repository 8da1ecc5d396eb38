#include "models/engine/trainer/weight_optimizer.h"

#include <cmath>
#include <numbers>

#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>
#include <torch/optim/sgd.h>

namespace recontour {
namespace {

using torch::optim::AdamW;
using torch::optim::AdamWOptions;
using torch::optim::AdamWParamState;
using torch::optim::Optimizer;
using torch::optim::OptimizerParamState;
using torch::optim::SGD;
using torch::optim::SGDOptions;
using torch::optim::SGDParamState;

// Names of what is remembered of a parameter, before its own.
const std::string kMomentum = "momentum ", kMean = "mean ", kSquare = "square ", kSteps = "steps ";

bool isAdamW(const TrainingSchedule& schedule) { return schedule.optimizer == TrainingSchedule::Optimizer::AdamW; }

std::unique_ptr<Optimizer> optimizerOver(const NamedTensors& parameters, const TrainingSchedule& schedule) {
  std::vector<at::Tensor> tensors;
  for (const auto& [name, tensor] : parameters) tensors.push_back(tensor);
  if (isAdamW(schedule))
    return std::make_unique<AdamW>(tensors, AdamWOptions(schedule.learningRate).weight_decay(schedule.weightDecay));
  return std::make_unique<SGD>(
      tensors, SGDOptions(schedule.learningRate).momentum(schedule.momentum).weight_decay(schedule.weightDecay));
}

void addState(const SGDParamState& state, const std::string& name, NamedArrays& arrays) {
  if (state.momentum_buffer().defined()) arrays[kMomentum + name] = numbersOf(state.momentum_buffer());
}

void addState(const AdamWParamState& state, const std::string& name, NamedArrays& arrays) {
  arrays[kMean + name] = numbersOf(state.exp_avg());
  arrays[kSquare + name] = numbersOf(state.exp_avg_sq());
  arrays[kSteps + name] = {static_cast<float>(state.step())};  // a million and less, which a float has exactly
}

/// None for a parameter that had no gradient yet.
std::unique_ptr<OptimizerParamState> sgdStateOf(const NamedArrays& arrays, const std::string& name,
                                                const at::Tensor& parameter) {
  if (!arrays.contains(kMomentum + name)) return {};
  auto state = std::make_unique<SGDParamState>();
  state->momentum_buffer(tensorLike(arrays, kMomentum + name, parameter));
  return state;
}

std::unique_ptr<OptimizerParamState> adamWStateOf(const NamedArrays& arrays, const std::string& name,
                                                  const at::Tensor& parameter) {
  const auto steps = arrays.find(kSteps + name);
  if (steps == arrays.end() || steps->second.size() != 1) return {};
  auto state = std::make_unique<AdamWParamState>();
  state->exp_avg(tensorLike(arrays, kMean + name, parameter));
  state->exp_avg_sq(tensorLike(arrays, kSquare + name, parameter));
  state->step(static_cast<std::int64_t>(steps->second.front()));
  return state;
}

}  // namespace

WeightOptimizer::WeightOptimizer(const TrainingSchedule& schedule, NamedTensors parameters)
    : schedule_(schedule), parameters_(std::move(parameters)), optimizer_(optimizerOver(parameters_, schedule)) {}

WeightOptimizer::~WeightOptimizer() = default;

double WeightOptimizer::learningRateAt(int iteration) const {
  const double done = double(iteration) / schedule_.iterations;
  const bool isCosine = schedule_.decay == TrainingSchedule::Decay::Cosine;
  return schedule_.learningRate *
         (isCosine ? (1 + std::cos(std::numbers::pi * done)) / 2 : std::pow(1 - done, schedule_.power));
}

void WeightOptimizer::forgetGradients() { optimizer_->zero_grad(); }

void WeightOptimizer::step(int iteration) {
  auto& group = optimizer_->param_groups().front();
  group.options().set_lr(learningRateAt(iteration));
  if (schedule_.gradientClip > 0) torch::nn::utils::clip_grad_norm_(group.params(), schedule_.gradientClip);
  optimizer_->step();
}

NamedArrays WeightOptimizer::state() const {
  NamedArrays arrays;
  for (const auto& [name, tensor] : parameters_) {
    const auto found = optimizer_->state().find(tensor.unsafeGetTensorImpl());
    if (found == optimizer_->state().end()) continue;
    if (isAdamW(schedule_)) {
      addState(static_cast<const AdamWParamState&>(*found->second), name, arrays);
    } else {
      addState(static_cast<const SGDParamState&>(*found->second), name, arrays);
    }
  }
  return arrays;
}

void WeightOptimizer::setState(const NamedArrays& arrays) {
  for (const auto& [name, tensor] : parameters_) {
    auto state = isAdamW(schedule_) ? adamWStateOf(arrays, name, tensor) : sgdStateOf(arrays, name, tensor);
    if (state) optimizer_->state()[tensor.unsafeGetTensorImpl()] = std::move(state);
  }
}

}  // namespace recontour
