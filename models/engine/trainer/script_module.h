#pragma once
#include <cstdint>
#include <iosfwd>

#include <torch/csrc/jit/api/module.h>

#include "models/engine/networks/architecture.h"

namespace recontour {

/// The architecture as a TorchScript module with starting weights that only its seed decides, in training mode.
torch::jit::Module makeModule(const Architecture& architecture, std::uint64_t seed);
/// The module as an archive that checkScriptArchive() accepts and `predict` runs.
std::string archiveOf(const torch::jit::Module& module);
/// Takes over what has the same name and shape. @return how many parameters did
int copyParameters(const torch::jit::Module& from, torch::jit::Module& to);

}  // namespace recontour
