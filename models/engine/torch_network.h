#pragma once
#include <string>

#include "models/engine/engine.h"

namespace recontour {

struct NetworkOptions {
  std::string device = "auto";     ///< see chooseDevice
  std::string precision = "fp32";  ///< "fp32" or "bf16"; bf16 only where the manifest and the device allow it
  int threads = 1;
};

/// Loads the folder's TorchScript network from the bytes that were hashed. Call it on the thread that will run it.
/// Its archive is judged before LibTorch sees it (script_archive.h), its graphs before any of it runs.
/// @throws Error (BadInput) when it is refused or LibTorch cannot read it
LoadedNetwork loadTorchNetwork(ModelFolder& folder, const NetworkOptions& options);

}  // namespace recontour
