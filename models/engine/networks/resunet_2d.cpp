#include "models/engine/networks/architecture_builder.h"
#include "models/engine/networks/networks.h"

namespace recontour {

Architecture resUNet2d(const NetworkShape& shape, int stages) {
  const int step = 1 << (stages - 1);
  ArchitectureBuilder build("resunet2d", 2, {step, step, 1});
  std::vector<Feature> encoder{build.residual("encoder1", build.image(), shape.width)};
  for (int stage = 2; stage <= stages; ++stage) {
    const Feature above = encoder.back();
    encoder.push_back(build.residual("encoder" + std::to_string(stage), above, 2 * above.channels, 2));
  }
  Feature x = encoder.back();
  for (int stage = stages - 1; stage >= 1; --stage) {
    const std::string number = std::to_string(stage);
    const Feature& skip = encoder[static_cast<std::size_t>(stage - 1)];
    x = build.concatenate("joined" + number, {build.resize("up" + number, x, skip), skip});
    x = build.residual("decoder" + number, x, skip.channels);
  }
  return build.finish(x, shape.channels);
}

}  // namespace recontour
