#include <string>
#include <vector>

#include "models/engine/networks/architecture_builder.h"
#include "models/engine/networks/networks.h"

namespace recontour {
namespace {

const std::string kHalfSize = "x.size(2) // 2, x.size(3) // 2, x.size(4) // 2";

/// Blocks of 2 x 2 x 2 voxels as eight channels, so that the rest runs on an eighth of the voxels.
Feature spaceToDepth(ArchitectureBuilder& build) {
  return build.define("folded", 8,
                      "x.reshape([x.size(0), x.size(2) // 2, 2, x.size(3) // 2, 2, x.size(4) // 2, 2])"
                      ".permute([0, 2, 4, 6, 1, 3, 5]).reshape([x.size(0), 8, " +
                          kHalfSize + "])");
}

/// Where along an axis each place lies from the centre of the body, which tells left from right; 1 is 16 places. Body
/// is what is brighter than -1.5, with the shipped model's normalisation -175 HU.
Feature position(ArchitectureBuilder& build, const std::string& name, int axis, const std::string& shape) {
  build.define(
      name + "_places", 1,
      "torch.arange(folded.size(" + std::to_string(axis) + "), dtype=x.dtype, device=x.device).view(" + shape + ")");
  build.define(name + "_centre", 1, "torch.sum(body * " + name + "_places, [1, 2, 3, 4], True) / body_size");
  return build.define(name, 1, "(" + name + "_places - " + name + "_centre) / 16.0 * ones");
}

Feature withPositions(ArchitectureBuilder& build, const Feature& folded) {
  build.define("body", 1, "torch.gt(torch.mean(folded, [1], True), -1.5).to(x.dtype)");
  build.define("body_size", 1, "torch.sum(body, [1, 2, 3, 4], True) + 1.0");
  build.define("ones", 1, "torch.ones_like(body)");
  const Feature y = position(build, "along_y", 3, "[1, 1, 1, -1, 1]"),
                x = position(build, "along_x", 4, "[1, 1, 1, 1, -1]");
  return build.concatenate("placed", {folded, y, x});
}

Feature depthToSpace(ArchitectureBuilder& build, const Feature& folded, int channels) {
  const std::string count = std::to_string(channels);
  return build.define("logits", channels,
                      folded.name + ".view([x.size(0), " + count + ", 2, 2, 2, " + kHalfSize +
                          "]).permute([0, 1, 5, 2, 6, 3, 7, 4]).reshape([x.size(0), " + count +
                          ", x.size(2), x.size(3), x.size(4)])");
}

}  // namespace

Architecture wordDemo3d(const NetworkShape& shape) {
  const int width = shape.width;
  const std::vector<int> widths{width, 2 * width, 8 * width / 3, 4 * width};
  ArchitectureBuilder build("word-demo3d", 3, {16, 16, 16});
  Feature x = build.unit("input", withPositions(build, spaceToDepth(build)), {.channels = width});
  std::vector<Feature> encoder{build.residual("encoder0", x, width)};
  for (std::size_t stage = 1; stage < widths.size(); ++stage) {
    const std::string number = std::to_string(stage);
    x = build.unit("down" + number, encoder.back(), {.channels = widths[stage], .stride = 2});
    encoder.push_back(build.residual("encoder" + number, x, widths[stage]));
  }
  x = encoder.back();
  for (std::size_t stage = widths.size() - 1; stage-- > 0;) {
    const std::string number = std::to_string(stage);
    const Feature& skip = encoder[stage];
    const Feature narrow = build.convolve("narrow" + number, x, {.channels = widths[stage], .kernel = 1, .bias = true});
    const Feature joined = build.add("joined" + number, skip, build.resize("up" + number, narrow, skip));
    x = build.unit("decoder" + number, joined, {.channels = widths[stage]});
  }
  const Feature folded = build.convolve("output", x, {.channels = 8 * shape.channels, .kernel = 1, .bias = true});
  Architecture network = build.end(depthToSpace(build, folded, shape.channels));
  network.wholeSlices = true;
  return network;
}

}  // namespace recontour
