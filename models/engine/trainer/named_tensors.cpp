#include "models/engine/trainer/named_tensors.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/tensor.h>

#include "core/base/error.h"

namespace recontour {

std::vector<float> numbersOf(const at::Tensor& tensor) {
  const at::Tensor flat = tensor.detach().to(at::kCPU, at::kFloat).contiguous();
  return {flat.const_data_ptr<float>(), flat.const_data_ptr<float>() + flat.numel()};
}

NamedArrays arraysOf(const NamedTensors& tensors) {
  NamedArrays arrays;
  for (const auto& [name, tensor] : tensors) arrays[name] = numbersOf(tensor);
  return arrays;
}

at::Tensor tensorLike(const NamedArrays& arrays, const std::string& name, const at::Tensor& like) {
  const auto found = arrays.find(name);
  if (found == arrays.end() || found->second.size() != static_cast<std::size_t>(like.numel()))
    throw Error("the checkpoint does not hold '" + name + "' as this network has it; train anew");
  return at::tensor(found->second).reshape(like.sizes()).to(like.device());
}

void assign(const NamedArrays& arrays, const NamedTensors& tensors) {
  const at::NoGradGuard noGradients;
  for (const auto& [name, tensor] : tensors) tensor.copy_(tensorLike(arrays, name, tensor));
}

}  // namespace recontour
