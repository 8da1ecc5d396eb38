#include "models/engine/networks/architecture_builder.h"
#include "models/engine/networks/networks.h"

namespace recontour {
namespace {

constexpr int kStages = 5;

/// Weighs every place of `skip` between 0 and 1 by what `gate`, which has half its size, knows of the surroundings
/// (additive attention, the paper's equations 1 and 2), then mixes its channels.
Feature attend(ArchitectureBuilder& build, const std::string& name, const Feature& skip, const Feature& gate) {
  const int channels = skip.channels;
  const Feature here = build.convolve(name + "_skip", skip, {.channels = channels, .kernel = 2, .stride = 2});
  const Feature around = build.convolve(name + "_gate", gate, {.channels = channels, .kernel = 1, .bias = true});
  const Feature both = build.activate(build.add(name + "_both", here, around));
  const Feature score = build.convolve(name + "_score", both, {.channels = 1, .kernel = 1, .bias = true});
  const Feature weight = build.define(name + "_weight", 1, "torch.sigmoid(" + score.name + ")");
  const Feature enlarged = build.resize(name + "_enlarged", weight, skip);
  const Feature weighed =
      build.define(name + "_weighed", channels, "torch.mul(" + skip.name + ", " + enlarged.name + ")");
  return build.normalize(build.convolve(name, weighed, {.channels = channels, .kernel = 1}));
}

}  // namespace

Architecture attentionUNet3d(const NetworkShape& shape) {
  ArchitectureBuilder build("attunet3d", 3, {16, 16, 16});
  const std::vector<Feature> encoder = build.encoder(shape.width, kStages);
  Feature x = encoder.back();
  Feature gate = build.unit("gate", x, {.channels = x.channels, .kernel = 1});
  for (int stage = kStages - 1; stage >= 1; --stage) {
    const std::string number = std::to_string(stage);
    Feature skip = encoder[static_cast<std::size_t>(stage - 1)];
    const Feature up = build.resize("up" + number, x, skip);
    if (stage > 1) skip = attend(build, "attended" + number, skip, gate);  // stage 1 has too little to say (paper, 2.2)
    x = build.units("decoder" + number, build.concatenate("joined" + number, {skip, up}), skip.channels, skip.channels);
    gate = x;
  }
  return build.finish(x, shape.channels);
}

}  // namespace recontour
