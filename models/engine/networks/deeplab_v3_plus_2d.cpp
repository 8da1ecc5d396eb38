#include <algorithm>
#include <array>

#include "models/engine/networks/architecture_builder.h"
#include "models/engine/networks/networks.h"

namespace recontour {
namespace {

struct Stage {
  int blocks, stride, dilation;
};
// The residual network of 50 layers. Its last two stages see further by dilation instead of smaller pictures, so that
// the smallest has 1/8 of the size: 16 x 16 for a patch of 128 x 128.
constexpr std::array<Stage, 4> kStages{{{3, 1, 1}, {4, 2, 1}, {6, 1, 2}, {3, 1, 4}}};
// The paper's are 6, 12 and 18, for pictures twice as large; more would reach beyond ours.
constexpr std::array<int, 3> kRates{3, 6, 9};

/// 1 x 1, 3 x 3, 1 x 1, with a fourth of the channels between; the stride is that of the 3 x 3.
Feature bottleneck(ArchitectureBuilder& build, const std::string& name, const Feature& x, int between, int stride,
                   int dilation) {
  const Feature first = build.unit(name + "_a", x, {.channels = between, .kernel = 1});
  const Feature second = build.unit(name + "_b", first, {.channels = between, .stride = stride, .dilation = dilation});
  const Feature third = build.normalize(build.convolve(name + "_c", second, {.channels = 4 * between, .kernel = 1}));
  return build.activate(build.add(name, third, build.shortcut(name, x, 4 * between, stride)));
}

/// @return the features of every stage
std::vector<Feature> encode(ArchitectureBuilder& build, int width) {
  std::vector<Feature> stages;
  Feature x = build.unit("stem", build.image(), {.channels = width, .kernel = 7, .stride = 2});
  x = build.maxPool("pooled", x, 3);
  for (std::size_t stage = 0; stage < kStages.size(); ++stage) {
    const auto& [blocks, stride, dilation] = kStages[stage];
    for (int block = 1; block <= blocks; ++block) {
      const std::string name = "encoder" + std::to_string(stage + 1) + "_" + std::to_string(block);
      x = bottleneck(build, name, x, width << stage, block == 1 ? stride : 1, dilation);
    }
    stages.push_back(x);
  }
  return stages;
}

/// Atrous spatial pyramid pooling: x seen at several scales, and as a whole. The mean of a whole picture is one number
/// a channel, which a norm over the picture would make 0; it has a bias instead.
Feature pyramid(ArchitectureBuilder& build, const Feature& x, int channels) {
  std::vector<Feature> scales{build.unit("pyramid0", x, {.channels = channels, .kernel = 1})};
  for (const int rate : kRates) {
    scales.push_back(build.unit("pyramid" + std::to_string(rate), x, {.channels = channels, .dilation = rate}));
  }
  const Feature mean = build.define("mean", x.channels, "torch.adaptive_avg_pool2d(" + x.name + ", [1, 1])");
  const Feature whole =
      build.activate(build.convolve("whole", mean, {.channels = channels, .kernel = 1, .bias = true}));
  scales.push_back(build.resize("pyramid_whole", whole, x));
  return build.unit("pyramid", build.concatenate("scales", scales), {.channels = channels, .kernel = 1});
}

}  // namespace

Architecture deepLabV3Plus2d(const NetworkShape& shape) {
  ArchitectureBuilder build("deeplabv3p2d", 2, {8, 8, 1});
  const std::vector<Feature> stages = encode(build, shape.width);
  const int channels = 4 * shape.width;
  const Feature coarse = pyramid(build, stages.back(), channels);
  const Feature fine = build.unit("fine", stages.front(), {.channels = std::max(1, 3 * shape.width / 4), .kernel = 1});
  const Feature joined = build.concatenate("joined", {build.resize("up", coarse, fine), fine});
  return build.finish(build.units("decoder", joined, channels, channels), shape.channels, build.image());
}

}  // namespace recontour
