#pragma once
// Private to files with LibTorch.
#include <string>
#include <utility>
#include <vector>

#include <ATen/core/Tensor.h>

#include "models/engine/trainer/checkpoint.h"

namespace recontour {

/// Tensors of a network, in its order.
using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

std::vector<float> numbersOf(const at::Tensor& tensor);
NamedArrays arraysOf(const NamedTensors& tensors);
/// The array of a name as a tensor of the size and on the device of another one. @throws Error unless it is there
at::Tensor tensorLike(const NamedArrays& arrays, const std::string& name, const at::Tensor& like);
/// Copies the arrays into the tensors, all of which must be there. @throws Error
void assign(const NamedArrays& arrays, const NamedTensors& tensors);

}  // namespace recontour
