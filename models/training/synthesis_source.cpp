#include "models/training/synthesis_source.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "core/image/resample.h"
#include "models/engine/parallel.h"
#include "models/training/random_field.h"

namespace recontour {
namespace {

constexpr int kBeyondBody = 4;  // slices that a patch may reach beyond the body's ends

/// Where the voxels of a patch lie in a variant.
struct Placement {
  Point3 origin;  ///< of voxel (0, 0, 0)
  Point3 alongX, alongY, alongZ;
};

double between(PortableRandom& random, double low, double high) {
  return low < high ? random.between(low, high) : (low + high) / 2;
}

Point3 drawCentre(const TissueMap& variant, const Size3& patch, bool augments, PortableRandom& random) {
  const Box& body = variant.body;
  Point3 centre;
  for (const int axis : {0, 1}) {
    // A body wider than the patch is seen in parts.
    const double excess = std::max(0.0, (body.size()[axis] - patch[axis]) / 2.0 - 2);
    const double jitter = augments ? std::clamp(4 * normal(random), -9.0, 9.0) : 0;
    centre[axis] = (body.lower[axis] + body.upper[axis] - 1) / 2.0 + jitter + random.between(-excess, excess);
  }
  const double half = patch.z / 2.0;
  centre.z = between(random, body.lower.z + half - kBeyondBody, body.upper.z - half + kBeyondBody) - 0.5;
  return centre;
}

Placement place(const TissueMap& variant, const Size3& patch, bool augments, PortableRandom& random) {
  const Point3 centre = drawCentre(variant, patch, augments, random);
  const double angle = normal(random) * 4 * std::numbers::pi / 180;
  const Point3 scale{random.between(0.93, 1.07), random.between(0.93, 1.07), random.between(0.93, 1.07)};
  Placement placement{{}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  if (augments) {
    placement.alongX = Point3{std::cos(angle), std::sin(angle), 0} * scale.x;
    placement.alongY = Point3{-std::sin(angle), std::cos(angle), 0} * scale.y;
    placement.alongZ = Point3{0, 0, scale.z};
  }
  placement.origin = centre - placement.alongX * ((patch.x - 1) / 2.0) - placement.alongY * ((patch.y - 1) / 2.0) -
                     placement.alongZ * ((patch.z - 1) / 2.0);
  return placement;
}

class SynthesisSource final : public PatchSource {
 public:
  SynthesisSource(std::vector<TissueMap> variants, const SynthesisSettings& settings)
      : variants_(std::move(variants)), settings_(settings), key_(purposeKey(settings.seed, "patches")) {}
  Size3 size() const override { return settings_.patch; }
  Patch draw(std::uint64_t number) const override;

 private:
  void cut(const TissueMap& variant, const Placement& placement, std::vector<Tissue>& tissues,
           std::vector<Label>& labels) const;

  std::vector<TissueMap> variants_;
  SynthesisSettings settings_;
  std::uint64_t key_;
};

void SynthesisSource::cut(const TissueMap& variant, const Placement& placement, std::vector<Tissue>& tissues,
                          std::vector<Label>& labels) const {
  const Size3 size = settings_.patch;
  const auto nearest = [](double index) { return static_cast<int>(std::floor(index + 0.5)); };
  std::size_t to = 0;
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      const Point3 start = placement.origin + placement.alongY * y + placement.alongZ * z;
      const int k = nearest(start.z);
      for (int x = 0; x < size.x; ++x, ++to) {
        const int i = nearest(start.x + placement.alongX.x * x), j = nearest(start.y + placement.alongX.y * x);
        if (i < 0 || j < 0 || k < 0 || i >= variant.size.x || j >= variant.size.y || k >= variant.size.z) continue;
        const std::size_t from = variant.offset(i, j, k);
        tissues[to] = variant.tissue[from];
        labels[to] = variant.labels[from];
      }
    }
  }
}

Patch SynthesisSource::draw(std::uint64_t number) const {
  const std::uint64_t key = mixBits(key_ + number * 0x9e3779b97f4a7c15U);
  PortableRandom random(key);
  const TissueMap& variant = variants_[static_cast<std::size_t>(random.below(static_cast<int>(variants_.size())))];
  const std::size_t count = voxelCount(settings_.patch);
  std::vector<Tissue> tissues(count, Tissue::Air);
  Patch patch;
  patch.labels.resize(count);
  cut(variant, place(variant, settings_.patch, settings_.augments, random), tissues, patch.labels);
  patch.image = scan(settings_.patch, tissues, drawScan(key, settings_.phases));
  HuTransform(settings_.normalization, patch.image).apply(patch.image);
  return patch;
}

}  // namespace

std::unique_ptr<PatchSource> makeSynthesisSource(std::vector<TissueMap> variants, const SynthesisSettings& settings) {
  if (variants.empty()) throw Error("there is no label map to make synthetic CT from");
  return std::make_unique<SynthesisSource>(std::move(variants), settings);
}

std::vector<TissueMap> makeVariants(const std::vector<LabelMap>& maps, int perMap, std::uint64_t seed, int threads) {
  if (maps.empty()) throw Error("there is no label map to make synthetic CT from");
  if (perMap < 1) throw Error("at least one synthetic patient must be made of each label map");
  std::vector<TissueMap> variants(maps.size() * static_cast<std::size_t>(perMap));
  parallelFor(threads, static_cast<int>(variants.size()), [&](int i) {
    const auto at = static_cast<std::size_t>(i);
    variants[at] =
        makeTissueMap(maps[at / static_cast<std::size_t>(perMap)], mixBits(purposeKey(seed, "variants") + at));
  });
  return variants;
}

LabelMap onSynthesisGrid(const LabelMap& labels, const Geometry& geometry) {
  Point3 lower = geometry.toWorld(Index3{0, 0, 0}), upper = lower;
  for (int corner = 1; corner < 8; ++corner) {
    const Index3 at{corner & 1 ? geometry.size.x - 1 : 0, corner & 2 ? geometry.size.y - 1 : 0,
                    corner & 4 ? geometry.size.z - 1 : 0};
    const Point3 world = geometry.toWorld(at);
    for (int axis = 0; axis < 3; ++axis) {
      lower[axis] = std::min(lower[axis], world[axis]);
      upper[axis] = std::max(upper[axis], world[axis]);
    }
  }
  Geometry grid;
  grid.spacing = {kSynthesisMm, kSynthesisMm, kSynthesisMm};
  grid.origin = lower;
  for (int axis = 0; axis < 3; ++axis)
    grid.size[axis] = static_cast<int>(std::lround((upper[axis] - lower[axis]) / kSynthesisMm)) + 1;
  return resampleLabels(labels, geometry, grid);
}

}  // namespace recontour
