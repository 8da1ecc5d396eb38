#include "models/engine/trainer/patch_sampler.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "models/engine/trainer/augmentation.h"
#include "models/engine/trainer/patch_cut.h"
#include "models/engine/trainer/voxels_by_label.h"

namespace recontour {
namespace {

constexpr double kTangentOf10Degrees = 0.17632698070846498;  // half of the largest turn
constexpr double kTurnChance = 0.5, kStretchChance = 0.5;
constexpr double kLeastStep = 0.85, kMostStep = 1.18;  // the same range as of its inverse
constexpr int kShiftPart = 8;                          // of the patch's size, to each side

class PatchSampler final : public PatchSource {
 public:
  PatchSampler(std::vector<TrainingVolume> volumes, const PatchSettings& settings)
      : volumes_(std::move(volumes)), settings_(settings) {
    if (volumes_.empty()) throw Error("no case is there to learn from");
    for (const auto& volume : volumes_) {
      voxels_.emplace_back(labelsOf(volume));
      if (!voxels_.back().empty()) continue;
      throw Error("case '" + volume.name + "' has no " + (settings.dense ? "dense labels" : "strokes") +
                  " to learn from");
    }
  }

  Size3 size() const override { return settings_.size; }

  Patch draw(std::uint64_t number) const override {
    PortableRandom random(mixBits(mixBits(settings_.seed + 1) + number));
    const auto which = static_cast<std::size_t>(random.uniformBelow(volumes_.size()));
    const TrainingVolume& volume = volumes_[which];
    PatchPlace place = drawPlace(volume, voxels_[which], random);
    if (settings_.augments) move(place, volume.grid.spacing, random);
    Patch patch = cutPatch(volume, labelsOf(volume), settings_.size, place);
    if (settings_.augments) augmentValues(patch.image, settings_.size, random);
    return patch;
  }

 private:
  const std::vector<Label>& labelsOf(const TrainingVolume& volume) const {
    return settings_.dense ? volume.dense : volume.strokes;
  }

  PatchPlace drawPlace(const TrainingVolume& volume, const VoxelsByLabel& voxels, PortableRandom& random) const {
    const Size3 &size = volume.grid.size, &patch = settings_.size;
    const bool aroundALabel = random.below(3) < 2;
    const std::size_t voxel = aroundALabel ? voxels.drawByLabel(random) : voxels.drawAny(random);
    const std::size_t row = voxel / std::size_t(size.x);
    PatchPlace place;
    place.voxel = {int(voxel % std::size_t(size.x)), int(row % std::size_t(size.y)), int(row / std::size_t(size.y))};
    for (int axis = 0; axis < 3; ++axis) {
      place.anchor[axis] = aroundALabel ? patch[axis] / 2 : random.below(patch[axis]);
    }
    keepInside(place, patch, size);
    return place;
  }

  void move(PatchPlace& place, const Point3& spacingMm, PortableRandom& random) const {
    const auto happens = [&](double chance) { return random.uniform() < chance; };
    for (int axis = 0; axis < 3; ++axis) {
      const int most = settings_.size[axis] / kShiftPart;
      const int shift = random.below(2 * most + 1) - most;
      place.anchor[axis] = std::clamp(place.anchor[axis] + shift, 0, settings_.size[axis] - 1);
    }
    const double halfTangent = happens(kTurnChance) ? random.between(-kTangentOf10Degrees, kTangentOf10Degrees) : 0;
    const double step = happens(kStretchChance) ? random.between(kLeastStep, kMostStep) : 1;
    turn(place, halfTangent, step, spacingMm.y / spacingMm.x, settings_.size);
  }

  std::vector<TrainingVolume> volumes_;
  PatchSettings settings_;
  std::vector<VoxelsByLabel> voxels_;  ///< of each volume
};

}  // namespace

std::unique_ptr<PatchSource> makePatchSampler(std::vector<TrainingVolume> volumes, const PatchSettings& settings) {
  return std::make_unique<PatchSampler>(std::move(volumes), settings);
}

}  // namespace recontour
