#include "models/engine/networks/architecture_builder.h"
#include "models/engine/networks/networks.h"

namespace recontour {
namespace {

constexpr int kStages = 4;

}  // namespace

Architecture unet3d(const NetworkShape& shape) {
  ArchitectureBuilder build("unet3d", 3, {8, 8, 8});
  std::vector<Feature> encoder;
  Feature x = build.image();
  for (int stage = 1; stage <= kStages; ++stage) {
    const std::string number = std::to_string(stage);
    const int width = shape.width << (stage - 1);
    if (stage > 1) x = build.maxPool("pooled" + number, x);
    x = build.units("encoder" + number, x, width, 2 * width);  // doubled before the pooling, against bottlenecks
    encoder.push_back(x);
  }
  for (int stage = kStages - 1; stage >= 1; --stage) {
    const std::string number = std::to_string(stage);
    const Feature& skip = encoder[static_cast<std::size_t>(stage - 1)];
    x = build.concatenate("joined" + number, {build.upConvolve("up" + number, x, x.channels), skip});
    x = build.units("decoder" + number, x, skip.channels, skip.channels);
  }
  return build.finish(x, shape.channels);
}

}  // namespace recontour
