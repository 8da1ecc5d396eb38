#pragma once
#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/image/geometry.h"
#include "models/engine/trainer/training_volume.h"

namespace recontour {

/// A small valid request: one case to learn from, one held back, both with strokes and dense labels of two organs.
inline Json sampleRequest() {
  const std::string hash(64, 'a');
  const auto oneCase = [&](const std::string& name, bool heldBack) {
    return Json{{"name", name},
                {"patient", name},
                {"held_back", heldBack},
                {"volume",
                 {{"file", name + ".i16"},
                  {"size", {4, 4, 2}},
                  {"spacing_mm", {1.0, 1.0, 1.0}},
                  {"origin_mm", {0.0, 0.0, 0.0}},
                  {"direction", {1, 0, 0, 0, 1, 0, 0, 0, 1}},
                  {"sha256", hash}}},
                {"scribbles", {{"file", name + ".scribbles.u8"}, {"sha256", hash}}},
                {"dense", {{"file", name + ".dense.u8"}, {"sha256", hash}}}};
  };
  return {{"type", "train"},
          {"id", 1},
          {"folder", "job"},
          {"model_name", "my model"},
          {"cases", {oneCase("a", false), oneCase("b", true)}},
          {"organs", {{"name", "word"}, {"labels", {{"liver", 1}, {"spleen", 2}}}}},
          {"network", "unet2d"},
          {"width", 8},
          {"loss", {{"name", "pce+em+ivm"}, {"lambda_em", 0.2}, {"ivm", "normalized"}}},
          {"schedule", {{"iterations", 40}, {"batch", 4}, {"learning_rate", 0.02}}},
          {"spacing_mm", {1.0, 2.0, 3.0}},
          {"patch", {64, 32, 1}},
          {"normalization", {{"type", "range"}, {"in", {-150, 250}}, {"out", {0, 1}}, {"clip", true}}},
          {"selection", "val-dense"},
          {"seed", 7}};
}

/// A volume of 1 mm voxels whose image and labels are functions of the voxel.
template <typename Value, typename LabelOf>
TrainingVolume volumeOf(const Size3& size, const Value& value, const LabelOf& label) {
  TrainingVolume volume;
  volume.name = "made";
  volume.grid.size = size;
  volume.padValue = -1;
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; x < size.x; ++x) {
        volume.image.push_back(static_cast<float>(value(Index3{x, y, z})));
        volume.dense.push_back(static_cast<Label>(label(Index3{x, y, z})));
      }
    }
  }
  volume.strokes = volume.dense;
  return volume;
}

}  // namespace recontour
