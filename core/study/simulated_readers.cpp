#include "core/study/simulated_readers.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/portable_random.h"
#include "core/study/moments.h"

namespace recontour {
namespace {

/// Whole numbers, so that no machine rounds differently.
Index3 direction(PortableRandom& random) {
  constexpr int kReach = 100;
  Index3 towards;
  while (towards == Index3{})
    towards = {random.below(2 * kReach + 1) - kReach, random.below(2 * kReach + 1) - kReach,
               random.below(2 * kReach + 1) - kReach};
  return towards;
}

/// A voxel of a box and how far along a direction it lies.
struct Ranked {
  std::int64_t along = 0;
  std::uint32_t voxel = 0;
  friend auto operator<=>(const Ranked&, const Ranked&) = default;
};

std::vector<Ranked> rankedVoxels(const DenseBox& box, Label organ, const Index3& towards) {
  std::vector<Ranked> ranked;
  std::uint32_t voxel = 0;
  for (int z = 0; z < box.size.z; ++z) {
    for (int y = 0; y < box.size.y; ++y) {
      for (int x = 0; x < box.size.x; ++x, ++voxel) {
        if (box.labels[voxel] != organ) continue;
        const std::int64_t along =
            std::int64_t{towards.x} * x + std::int64_t{towards.y} * y + std::int64_t{towards.z} * z;
        ranked.push_back({along, voxel});
      }
    }
  }
  return ranked;
}

/// How many of n voxels to keep: 2 m / (m + n) is nearest to the DSC.
std::size_t keptOf(std::size_t n, double dsc) {
  const auto diceOf = [&](std::size_t m) { return 2.0 * static_cast<double>(m) / static_cast<double>(m + n); };
  const auto below = static_cast<std::size_t>(std::floor(dsc * static_cast<double>(n) / (2 - dsc)));
  if (below >= n) return n;
  return dsc - diceOf(below) <= diceOf(below + 1) - dsc ? below : below + 1;
}

std::uint64_t organSeed(std::uint64_t seed, Label organ) { return mixBits(seed ^ (std::uint64_t{organ} << 32)); }

SimulatedStudy::Organ simulatedOrgan(const Figure3Organ& printed, int cases, std::uint64_t seed) {
  SimulatedStudy::Organ organ;
  organ.label = printed.label;
  for (int column = 0; column < SimulatedStudy::kColumns; ++column) {
    std::vector<double>& dsc = organ.dsc[static_cast<std::size_t>(column)];
    dsc = column > 0 && printed.untouched(column)
              ? organ.dsc[0]
              : valuesWithMoments(cases, {printed.mean(column), printed.sd(column)}, {}, organSeed(seed, organ.label));
  }
  return organ;
}

}  // namespace

SimulatedStudy simulateFigure3(int cases, std::uint64_t seed) {
  SimulatedStudy study;
  study.seed = seed;
  for (const Figure3Organ& printed : figure3Targets()) study.organs.push_back(simulatedOrgan(printed, cases, seed));
  return study;
}

LabelMap degraded(const LabelMap& truth, Label organ, double dsc, std::uint64_t seed) {
  if (!(dsc >= 0 && dsc <= 1)) throw Error("a DSC lies from 0 to 1");
  const Box box = boundingBox(truth, organ);
  if (box.empty()) return truth;
  PortableRandom random(seed);
  DenseBox labels = truth.copy(box);
  std::vector<Ranked> voxels = rankedVoxels(labels, organ, direction(random));
  const auto kept = voxels.begin() + static_cast<std::ptrdiff_t>(keptOf(voxels.size(), dsc));
  if (kept == voxels.end()) return truth;
  std::nth_element(voxels.begin(), kept, voxels.end());
  for (auto cut = kept; cut != voxels.end(); ++cut) labels.labels[cut->voxel] = 0;
  LabelMap map = truth;
  map.write(box, labels);
  return map;
}

LabelMap simulatedMap(const LabelMap& truth, const SimulatedStudy& study, int column, int caseNumber) {
  if (column < 0 || column >= SimulatedStudy::kColumns || caseNumber < 0 || caseNumber >= study.cases())
    throw Error("the simulated study has no such map");
  LabelMap map = truth;
  const std::uint64_t caseSeed = mixBits(study.seed + static_cast<std::uint64_t>(caseNumber) + 1);
  for (const SimulatedStudy::Organ& organ : study.organs) {
    const double dsc = organ.dsc[static_cast<std::size_t>(column)][static_cast<std::size_t>(caseNumber)];
    map = degraded(map, organ.label, dsc, organSeed(caseSeed, organ.label));
  }
  return map;
}

}  // namespace recontour
