#pragma once
// Private to files with LibTorch.
#include <memory>

#include <torch/csrc/jit/api/module.h>

#include "models/engine/compute_device.h"
#include "models/engine/model_folder.h"
#include "models/engine/network.h"

namespace recontour {

c10::Device torchDevice(const ComputeDevice& device);

/// The last line of a LibTorch message, which says what went wrong; those before are a trace.
std::string reasonOf(const std::exception& error);
/// Of the GPU or, under a limit, of the process.
bool isLackOfMemory(const std::exception& error);

/// The folder's network, judged before LibTorch sees it and before any of it runs. chooseDevice() comes first.
/// @throws Error (BadInput) when it is refused or cannot be read
torch::jit::Module loadModule(ModelFolder& folder, const ComputeDevice& device);

/// Runs a module that may be trained on meanwhile.
std::unique_ptr<Network> networkOver(torch::jit::Module module, const ComputeDevice& device, bool bfloat = false,
                                     int outputIndex = 0);

}  // namespace recontour
