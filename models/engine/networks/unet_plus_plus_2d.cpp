#include "models/engine/networks/architecture_builder.h"
#include "models/engine/networks/networks.h"

namespace recontour {
namespace {

constexpr std::size_t kStages = 5;

std::string place(std::size_t stage, std::size_t column) { return std::to_string(stage) + std::to_string(column); }

}  // namespace

// Node (stage, column), as the paper counts them, sees all nodes left of it on its stage and, enlarged, the one to the
// lower left. Column 0 is the encoder, the last node of stage 0 the result.
Architecture unetPlusPlus2d(const NetworkShape& shape) {
  ArchitectureBuilder build("unetpp2d", 2, {16, 16, 1});
  std::vector<std::vector<Feature>> nodes(kStages);
  for (std::size_t stage = 0; stage < kStages; ++stage) {
    const int width = shape.width << stage;
    const Feature x =
        stage == 0 ? build.image() : build.maxPool("pooled" + std::to_string(stage), nodes[stage - 1].front());
    nodes[stage].push_back(build.units("node" + place(stage, 0), x, width, width));
  }
  for (std::size_t column = 1; column < kStages; ++column) {
    for (std::size_t stage = 0; stage + column < kStages; ++stage) {
      const int width = shape.width << stage;
      std::vector<Feature> parts = nodes[stage];
      parts.push_back(build.upConvolve("up" + place(stage, column), nodes[stage + 1][column - 1], width));
      const Feature joined = build.concatenate("joined" + place(stage, column), parts);
      nodes[stage].push_back(build.units("node" + place(stage, column), joined, width, width));
    }
  }
  return build.finish(nodes.front().back(), shape.channels);
}

}  // namespace recontour
