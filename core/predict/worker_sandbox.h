#pragma once
#include <filesystem>
#include <vector>

#include "core/base/sandbox.h"

namespace recontour {

/// Device files of NVIDIA's driver on this machine; empty without one.
std::vector<std::filesystem::path> nvidiaDevices();

/// What a confined recontour-worker can reach: itself with its libraries, the model's files and what the kernel says
/// of processors read-only, its job folder to write to, and with `devices` what CUDA needs. Nothing of the user's.
Confinement workerConfinement(const std::filesystem::path& program,
                              const std::vector<std::filesystem::path>& modelFiles,
                              const std::filesystem::path& jobFolder,
                              const std::vector<std::filesystem::path>& devices);

}  // namespace recontour
