#include "tests/models/trainer/small_training.h"

#include <nlohmann/json.hpp>

#include "core/base/sha256.h"
#include "core/image/job_files.h"

namespace recontour {
namespace {

constexpr Size3 kSize{32, 32, 4};
constexpr Label kLiver = 1, kSpleen = 2, kNone = 255;

/// x rises to the patient's left (LPS), so the liver lies at small x.
Label organAt(int x, int y) {
  if (y < 10 || y >= 22) return 0;
  if (x >= 4 && x < 13) return kLiver;
  return x >= 19 && x < 28 ? kSpleen : Label{0};
}

Label strokeAt(int x, int y) {
  if (y == 16 && organAt(x, y) != 0) return organAt(x, y);
  return y == 3 ? Label{0} : kNone;
}

std::int16_t huOf(Label organ, int noise) {
  const int mean = organ == kLiver ? 150 : organ == kSpleen ? 60 : -60;
  return static_cast<std::int16_t>(mean + noise % 21 - 10);
}

Json fileJson(const std::filesystem::path& file) {
  return {{"file", file.filename().string()}, {"sha256", sha256HexOfFile(file)}};
}

}  // namespace

SmallTraining::SmallTraining(const std::filesystem::path& folder) : folder_(folder) {
  for (int number = 0; number < 2; ++number) {
    std::vector<std::int16_t> voxels;
    std::vector<Label> strokes, dense;
    for (int i = 0; i < kSize.x * kSize.y * kSize.z; ++i) {
      const int x = i % kSize.x, y = i / kSize.x % kSize.y;
      dense.push_back(organAt(x, y));
      strokes.push_back(strokeAt(x, y));
      voxels.push_back(huOf(dense.back(), i * 7 + i / 13 + number));
    }
    const std::string name = "case-" + std::to_string(number);
    writeVoxels(folder / (name + ".i16"), voxels);
    writeLabels(folder / (name + ".scribbles.u8"), LabelMap::fromDense(kSize, strokes));
    writeLabels(folder / (name + ".dense.u8"), LabelMap::fromDense(kSize, dense));
  }
}

Json SmallTraining::caseJson(int number, bool heldBack) const {
  const std::string name = "case-" + std::to_string(number);
  Geometry geometry;
  geometry.size = kSize;
  geometry.spacing = {3, 3, 3};
  Json volume = geometryJson(geometry);
  volume.update(fileJson(folder_ / (name + ".i16")));
  return {{"name", name},
          {"patient", name},
          {"held_back", heldBack},
          {"volume", volume},
          {"scribbles", fileJson(folder_ / (name + ".scribbles.u8"))},
          {"dense", fileJson(folder_ / (name + ".dense.u8"))}};
}

Json SmallTraining::message() const {
  return {{"type", "train"},
          {"folder", folder_.string()},
          {"model_name", "small"},
          {"cases", {caseJson(0, false), caseJson(1, true)}},
          {"organs", {{"name", "two"}, {"labels", {{"liver", 1}, {"spleen", 2}}}}},
          {"network", "resunet2d"},
          {"width", 4},
          {"loss", {{"name", "pce"}}},
          {"schedule",
           {{"iterations", kIterations}, {"iterations_per_epoch", kPerEpoch}, {"learning_rate", 0.1}, {"batch", 2}}},
          {"spacing_mm", {3.0, 3.0, 3.0}},
          {"patch", {32, 32, 1}},
          {"normalization", {{"type", "range"}, {"in", {-150, 250}}, {"out", {0, 1}}, {"clip", true}}},
          {"augmentation", true},
          {"selection", "last"},
          {"seed", 1},
          {"device", "cpu"},
          {"threads", 1}};
}

}  // namespace recontour
