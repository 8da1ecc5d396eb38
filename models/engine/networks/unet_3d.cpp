#include "models/engine/networks/architecture_builder.h"
#include "models/engine/networks/networks.h"

namespace recontour {
namespace {

constexpr int kStages = 4;

}  // namespace

Architecture unet3d(const NetworkShape& shape) {
  ArchitectureBuilder build("unet3d", 3, {8, 8, 8});
  // The second unit doubles the channels before the pooling, against bottlenecks.
  const std::vector<Feature> encoder = build.encoder(shape.width, kStages, 2);
  Feature x = encoder.back();
  for (int stage = kStages - 1; stage >= 1; --stage) {
    const std::string number = std::to_string(stage);
    const Feature& skip = encoder[static_cast<std::size_t>(stage - 1)];
    x = build.concatenate("joined" + number, {build.upConvolve("up" + number, x, x.channels), skip});
    x = build.units("decoder" + number, x, skip.channels, skip.channels);
  }
  return build.finish(x, shape.channels);
}

}  // namespace recontour
