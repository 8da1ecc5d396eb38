#pragma once
#include <cstdint>
#include <filesystem>

#include "core/image/geometry.h"

namespace recontour {

/// Memory in bytes that a prediction surely needs, however well it goes: the scan, the scan on the model's grid, and
/// the network's output on it where the model does not crop to the body first. The network itself comes on top.
/// @return 0 when the manifest does not say enough, which the worker then tells
std::uint64_t leastMemoryBytes(const std::filesystem::path& modelFolder, const Geometry& scan);

}  // namespace recontour
