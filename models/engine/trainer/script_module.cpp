#include "models/engine/trainer/script_module.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <vector>

#include <ATen/CPUGeneratorImpl.h>
#include <torch/script.h>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr double kSlope = 0.01;  ///< of the leaky ReLU

/// What LibTorch's `call` returns; its exceptions become an Error that begins with `what`.
template <typename Call>
auto guarded(const std::string& what, const Call& call) {
  try {
    return call();
  } catch (const c10::Error& error) {
    throw Error(oneLine(what + " (" + error.what_without_backtrace() + ")"), ErrorKind::ModelFailed);
  } catch (const std::exception& error) {
    throw Error(oneLine(what + " (" + error.what() + ")"), ErrorKind::ModelFailed);
  }
}

/// He et al. 2015. The fan-in is what one output looks at, as PyTorch counts it: all but the first axis.
double kaimingDeviation(const at::Tensor& weight) {
  const double fanIn = static_cast<double>(weight.numel()) / static_cast<double>(weight.size(0));
  return std::sqrt(2.0 / ((1.0 + kSlope * kSlope) * fanIn));
}

at::Tensor startOf(const NetworkParameter& parameter, const at::Generator& random) {
  at::Tensor value = at::zeros(parameter.shape);
  if (parameter.start == NetworkParameter::Start::Ones) value.fill_(1);
  if (parameter.start == NetworkParameter::Start::Kaiming) value.normal_(0.0, kaimingDeviation(value), random);
  return value.set_requires_grad(true);
}

/// The network's name as an identifier.
std::string classNameOf(const Architecture& architecture) {
  std::string name = architecture.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

/// The module with its tensors on the CPU, where an archive's belong.
torch::jit::Module onCpu(const torch::jit::Module& module) {
  const at::NoGradGuard noGradients;
  torch::jit::Module copy = module.deepcopy(at::kCPU);
  std::vector<bool> learned;
  for (const at::Tensor& parameter : module.parameters()) learned.push_back(parameter.requires_grad());
  std::size_t number = 0;
  for (const at::Tensor& parameter : copy.parameters()) parameter.set_requires_grad(learned[number++]);
  return copy;
}

}  // namespace

torch::jit::Module makeModule(const Architecture& architecture, std::uint64_t seed) {
  return guarded("the network '" + architecture.name + "' cannot be made", [&] {
    const at::Generator random = at::detail::createCPUGenerator(seed);
    torch::jit::Module module("__torch__.recontour." + classNameOf(architecture));
    module.register_attribute("training", c10::BoolType::get(), true);
    for (const NetworkParameter& parameter : architecture.parameters) {
      module.register_parameter(parameter.name, startOf(parameter, random), false);
    }
    module.define(architecture.forward);
    return module;
  });
}

std::string archiveOf(const torch::jit::Module& module) {
  return guarded("the network cannot be saved", [&] {
    std::ostringstream archive;
    onCpu(module).save(archive);
    return std::move(archive).str();
  });
}

int copyParameters(const torch::jit::Module& from, torch::jit::Module& to) {
  return guarded("the weights cannot be taken over", [&] {
    const at::NoGradGuard noGradients;
    std::map<std::string, at::Tensor> source;
    for (const auto& parameter : from.named_parameters()) source.emplace(parameter.name, parameter.value);
    int copied = 0;
    for (const auto& parameter : to.named_parameters()) {
      const auto found = source.find(parameter.name);
      if (found == source.end() || found->second.sizes() != parameter.value.sizes()) continue;
      parameter.value.copy_(found->second);
      ++copied;
    }
    return copied;
  });
}

}  // namespace recontour
