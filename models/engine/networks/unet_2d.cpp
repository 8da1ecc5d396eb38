#include "models/engine/networks/architecture_builder.h"
#include "models/engine/networks/networks.h"

namespace recontour {
namespace {

constexpr int kStages = 5;

}  // namespace

Architecture unet2d(const NetworkShape& shape) {
  ArchitectureBuilder build("unet2d", 2, {16, 16, 1});
  const std::vector<Feature> encoder = build.encoder(shape.width, kStages);
  Feature x = encoder.back();
  for (int stage = kStages - 1; stage >= 1; --stage) {
    const std::string number = std::to_string(stage);
    const Feature& skip = encoder[static_cast<std::size_t>(stage - 1)];
    x = build.concatenate("joined" + number, {skip, build.upConvolve("up" + number, x, skip.channels)});
    x = build.units("decoder" + number, x, skip.channels, skip.channels);
  }
  return build.finish(x, shape.channels);
}

}  // namespace recontour
