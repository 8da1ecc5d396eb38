#include "core/predict/memory_need.h"

#include <nlohmann/json.hpp>

#include "core/base/json.h"

namespace recontour {

std::uint64_t leastMemoryBytes(const std::filesystem::path& modelFolder, const Geometry& scan) {
  try {
    const Json manifest = readJsonFile(modelFolder / "recontour.json");
    double modelVoxels = 1, scanVoxels = 1;
    for (int axis = 0; axis < 3; ++axis) {
      // The product is the same in whatever order the manifest has its axes.
      const double modelMm = manifest.at("input").at("spacing_mm").at(static_cast<std::size_t>(axis));
      scanVoxels *= scan.size[axis];
      modelVoxels *= scan.size[axis] * scan.spacing[axis] / modelMm;
    }
    const bool crops = manifest.value("inference", Json::object()).value("crop", "none") != "none";
    const double channels = crops ? 0.0 : manifest.at("output").at("channels").get<double>();
    const double bytes = scanVoxels * sizeof(std::int16_t) + modelVoxels * (1 + channels) * sizeof(float);
    return bytes > 0 && bytes < 1e15 ? static_cast<std::uint64_t>(bytes) : 0;
  } catch (const std::exception&) {
    return 0;
  }
}

}  // namespace recontour
