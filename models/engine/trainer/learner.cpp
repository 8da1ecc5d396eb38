#include "models/engine/trainer/learner.h"

#include <algorithm>
#include <cmath>

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/version.h>

#include "models/engine/torch_module.h"
#include "models/engine/trainer/losses.h"
#include "models/engine/trainer/script_module.h"
#include "models/engine/trainer/weight_optimizer.h"

namespace recontour {
namespace {

int channelsOf(const TrainingRequest& request) { return static_cast<int>(request.organs.labels.size()) + 1; }

ComputeDevice prepareDevice(const TrainingRequest& request) {
  ComputeDevice device = chooseDevice(request.device);  // it must precede every other use of LibTorch
  at::set_num_threads(std::max(1, request.threads));
  // The profiling executor compiles anew for each shape and mode, which costs more here than it saves.
  torch::jit::setGraphExecutorOptimize(false);
  return device;
}

/// Patches are laid out as the program's own networks see them, and losses take logits.
void requireTrainable(const ModelManifest& manifest, const std::filesystem::path& folder) {
  if (manifest.probabilities)
    throw Error(folder, "returns probabilities, from which losses cannot be computed", "save it to return logits");
  const bool isLps = manifest.worldAxis == std::array{0, 1, 2} && manifest.worldSign == std::array{1.0, 1.0, 1.0};
  if (!isLps)
    throw Error(folder, "takes images of another orientation than LPS, z slowest, which training gives it",
                "choose a network of that orientation");
}

/// A user's own network, as its manifest describes it.
Architecture describedBy(const ModelManifest& manifest) {
  const bool flat = manifest.window[2] == 1;
  const bool wholeSlices = !flat && !manifest.window[0] && !manifest.window[1];
  return {manifest.name, flat ? 2 : 3, manifest.channels(), manifest.divisibleBy, wholeSlices, {}, {}};
}

/// What is scored stays on the device that it is trained on: its weights may be the very ones.
class StayingNetwork final : public Network {
 public:
  explicit StayingNetwork(std::unique_ptr<Network> network) : network_(std::move(network)) {}
  std::span<const float> run(std::span<const float> batch, int count, const Size3& size) override {
    return network_->run(batch, count, size);
  }
  std::string device() const override { return network_->device(); }
  void moveToCpu() override {
    throw Error(
        "the graphics card has not enough memory to label a held-back case; use a smaller width or a coarser "
        "grid, or train on the CPU",
        ErrorKind::ModelFailed);
  }

 private:
  std::unique_ptr<Network> network_;
};

NamedTensors learnable(const torch::jit::Module& module) {
  NamedTensors tensors;
  for (const auto& parameter : module.named_parameters()) {
    if (parameter.value.is_floating_point()) tensors.emplace_back(parameter.name, parameter.value);
  }
  return tensors;
}

void requireFit(const Architecture& network, const TrainingRequest& request) {
  if (network.channels != channelsOf(request))
    throw Error("the network '" + network.name + "' has " + std::to_string(network.channels) + " output channels and " +
                std::to_string(channelsOf(request)) + " are needed; choose another network or organ table");
  for (int axis = 0; axis < 3; ++axis) {
    if (request.patch[axis] % network.divisibleBy[axis] == 0) continue;
    throw Error("the patch is " + std::to_string(request.patch[axis]) + " voxels along " + "xyz"[axis] +
                ", which is no multiple of " + std::to_string(network.divisibleBy[axis]) + " as the network '" +
                network.name + "' needs; choose another patch");
  }
}

}  // namespace

struct Learner::State {
  LossSettings loss;
  TrainingSchedule schedule;
  Size3 patch;
  ComputeDevice device;
  Architecture architecture;
  torch::jit::Module module;
  NamedTensors parameters;
  std::unique_ptr<WeightOptimizer> optimizer;
  torch::jit::Module shown;  ///< what is scored and saved: a copy with averaged weights, without averaging the module
  NamedTensors averages;     ///< its parameters; none without averaging
  std::unique_ptr<Network> network;

  explicit State(const TrainingRequest& request)
      : loss(request.loss), schedule(request.schedule), patch(request.patch), device(prepareDevice(request)) {}

  void takeNetwork(const TrainingRequest& request) {
    if (request.networkFolder) {
      ModelFolder folder(*request.networkFolder, request.networkSha256);
      requireTrainable(folder.manifest(), *request.networkFolder);
      architecture = describedBy(folder.manifest());
      module = loadModule(folder, device);
    } else {
      architecture = networkNamed(request.network, {channelsOf(request), request.width});
      module = makeModule(architecture, request.seed);
      module.to(torchDevice(device));
    }
    requireFit(architecture, request);
    if (request.startFolder) startFrom(*request.startFolder, request.startSha256);
    module.eval();  // it learns as it predicts: batch norm keeps its statistics, dropout is off
  }

  void startFrom(const std::filesystem::path& path, const std::string& sha256) {
    ModelFolder folder(path, sha256);
    requireTrainable(folder.manifest(), path);
    if (copyParameters(loadModule(folder, device), module) > 0) return;
    throw Error(path, "has no parameter that the network '" + architecture.name + "' has, in name and shape",
                "start from a model of the same network");
  }

  void makeOptimizer() {
    parameters = learnable(module);
    if (architecture.parameters.empty())  // of a model folder, which describes none
      for (const auto& [name, tensor] : parameters)
        architecture.parameters.push_back({name, tensor.sizes().vec(), NetworkParameter::Start::Zeros});
    if (parameters.empty())
      throw Error("the network '" + architecture.name +
                  "' has no parameters to learn; it was frozen when it was saved");
    shown = module;
    if (schedule.averaging > 0) {
      shown = module.deepcopy();
      averages = learnable(shown);
    }
    for (const auto& [name, tensor] : parameters) tensor.set_requires_grad(true);
    optimizer = std::make_unique<WeightOptimizer>(schedule, parameters);
    network = std::make_unique<StayingNetwork>(networkOver(shown, device));
  }

  /// The mean forgets the weights of the start early: of the first iterations each counts nearly alike.
  void average(int iteration) {
    if (averages.empty()) return;
    const at::NoGradGuard noGradients;
    const double kept = std::min(schedule.averaging, (1.0 + iteration) / (10.0 + iteration));
    for (std::size_t i = 0; i < averages.size(); ++i) averages[i].second.lerp_(parameters[i].second, 1 - kept);
  }

  std::pair<at::Tensor, at::Tensor> tensorsOf(const std::vector<Patch>& batch) const {
    const auto count = static_cast<std::int64_t>(batch.size());
    at::Tensor image = at::empty({count, 1, patch.z, patch.y, patch.x}, at::kFloat);
    at::Tensor labels = at::empty({count, patch.z, patch.y, patch.x}, at::kLong);
    const auto voxels = static_cast<std::ptrdiff_t>(voxelCount(patch));
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const auto offset = static_cast<std::ptrdiff_t>(i) * voxels;
      std::copy(batch[i].image.begin(), batch[i].image.end(), image.mutable_data_ptr<float>() + offset);
      std::copy(batch[i].labels.begin(), batch[i].labels.end(), labels.mutable_data_ptr<std::int64_t>() + offset);
    }
    return {image.to(torchDevice(device)), labels.to(torchDevice(device))};
  }

  at::Tensor logitsOf(const at::Tensor& image) {
    const c10::IValue output = module.forward({image});
    if (output.isTensor()) return output.toTensor();
    throw Error("the network '" + architecture.name + "' returns several outputs, which cannot be trained here");
  }

  LearningStep step(int iteration, const std::vector<Patch>& batch) {
    const auto [image, labels] = tensorsOf(batch);
    optimizer->forgetGradients();
    const LossValue value = lossOf(loss, iteration, logitsOf(image), image, labels);
    const double total = value.total.item<double>();
    if (!std::isfinite(total))
      throw Error("the loss is no number any more at iteration " + std::to_string(iteration + 1) +
                      "; train anew with a lower learning rate",
                  ErrorKind::ModelFailed);
    value.total.backward();
    optimizer->step(iteration);
    average(iteration);
    return {total, optimizer->learningRateAt(iteration), value.terms};
  }
};

Learner::Learner(const TrainingRequest& request) : state_(std::make_unique<State>(request)) {
  try {
    state_->takeNetwork(request);
    state_->makeOptimizer();
  } catch (const c10::Error& error) {
    throw Error("the network cannot be prepared for training: " + reasonOf(error), ErrorKind::ModelFailed);
  }
}

Learner::~Learner() = default;

const Architecture& Learner::architecture() const { return state_->architecture; }
std::string Learner::device() const { return state_->device.name(); }
std::string Learner::fallback() const { return state_->device.fallback; }
std::string Learner::libraryVersion() const { return TORCH_VERSION; }
Network& Learner::network() { return *state_->network; }
std::string Learner::archive() const { return archiveOf(state_->shown); }

LearningStep Learner::step(int iteration, const std::vector<Patch>& batch) {
  try {
    return state_->step(iteration, batch);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    if (isLackOfMemory(error))
      throw Error("there is not enough memory to learn from this batch (" + reasonOf(error) +
                      "); use a smaller batch, patch or width",
                  ErrorKind::ModelFailed);
    throw Error("training failed: " + reasonOf(error), ErrorKind::ModelFailed);
  }
}

NamedArrays Learner::weights() const { return arraysOf(state_->parameters); }
NamedArrays Learner::averages() const { return arraysOf(state_->averages); }
NamedArrays Learner::shownWeights() const { return state_->averages.empty() ? weights() : averages(); }
NamedArrays Learner::optimizerState() const { return state_->optimizer->state(); }

void Learner::goOnFrom(const Checkpoint& checkpoint) {
  assign(checkpoint.weights, state_->parameters);
  assign(checkpoint.averages, state_->averages);
  state_->optimizer->setState(checkpoint.optimizer);
}

void Learner::show(const NamedArrays& weights) {
  assign(weights, state_->averages.empty() ? state_->parameters : state_->averages);
}

}  // namespace recontour
