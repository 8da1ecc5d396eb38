#include "core/image/shear.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace recontour {
namespace {

constexpr double kBodyHu = -500;

int nearest(double index) { return static_cast<int>(std::floor(index + 0.5)); }

/// In-slice position on the straight grid of a voxel of the leaning one.
Point3 onStraight(const Index3& at, const Shear& shear, const StraightGrid& straight) {
  const Point3 position = straightIndex(at, shear);
  return {position.x - straight.lower.x, position.y - straight.lower.y, position.z};
}

/// The other way round.
Point3 onLeaning(const Index3& at, const Shear& shear, const StraightGrid& straight) {
  const double y = at.y + straight.lower.y - shear.yz * at.z;
  return {at.x + straight.lower.x - shear.xy * y - shear.xz * at.z, y, double(at.z)};
}

/// Linear between the four neighbours in the slice; nothing outside them. A hundredth of a voxel of rounding is none.
std::optional<double> between(const Volume& volume, Point3 at) {
  constexpr double kRounding = 0.01;
  const Size3& size = volume.size();
  for (int a = 0; a < 2; ++a) {
    if (at[a] < -kRounding || at[a] > size[a] - 1 + kRounding) return std::nullopt;
    at[a] = std::clamp(at[a], 0.0, double(size[a] - 1));
  }
  const int x = std::min(static_cast<int>(at.x), std::max(0, size.x - 2)),
            y = std::min(static_cast<int>(at.y), std::max(0, size.y - 2)), z = static_cast<int>(at.z);
  const int nextX = std::min(x + 1, size.x - 1), nextY = std::min(y + 1, size.y - 1);
  const double fx = at.x - x, fy = at.y - y;
  const auto row = [&](int line) { return (1 - fx) * volume.at({x, line, z}) + fx * volume.at({nextX, line, z}); };
  return (1 - fy) * row(y) + fy * row(nextY);
}

template <typename Position>
LabelMap nearestLabels(const LabelMap& from, const Size3& size, Position position) {
  LabelMap result(size);
  const Box inside{{}, from.size()};
  std::vector<Label> row(static_cast<std::size_t>(size.x));
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; x < size.x; ++x) {
        const Point3 at = position(Index3{x, y, z});
        const Index3 voxel{nearest(at.x), nearest(at.y), z};
        row[static_cast<std::size_t>(x)] = inside.contains(voxel) ? from.at(voxel) : Label{0};
      }
      result.writeRow(y, z, 0, row);
    }
  }
  return result;
}

}  // namespace

StraightGrid straightGrid(const Geometry& leaning, const Shear& shear) {
  constexpr double kRounding = 1e-6;
  const Index3 last{leaning.size.x - 1, leaning.size.y - 1, leaning.size.z - 1};
  Point3 lower, upper{double(last.x), double(last.y), 0};
  for (int corner = 0; corner < 8; ++corner) {
    const Index3 at{corner & 1 ? last.x : 0, corner & 2 ? last.y : 0, corner & 4 ? last.z : 0};
    const Point3 moved = straightIndex(at, shear);
    for (int a = 0; a < 2; ++a) {
      lower[a] = std::min(lower[a], moved[a]);
      upper[a] = std::max(upper[a], moved[a]);
    }
  }
  StraightGrid grid{leaning, {}};
  for (int a = 0; a < 2; ++a) {
    grid.lower[a] = static_cast<int>(std::floor(lower[a] + kRounding));
    grid.geometry.size[a] = static_cast<int>(std::ceil(upper[a] - kRounding)) - grid.lower[a] + 1;
  }
  grid.geometry.origin = leaning.toWorld(grid.lower);
  return grid;
}

Volume straightened(const Volume& leaning, const Shear& shear, const StraightGrid& straight) {
  const Size3& size = straight.geometry.size;
  std::vector<std::int16_t> voxels;
  voxels.reserve(voxelCount(size));
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; x < size.x; ++x) {
        const auto hu = between(leaning, onLeaning({x, y, z}, shear, straight));
        voxels.push_back(hu ? static_cast<std::int16_t>(std::lround(*hu)) : kOutsideHu);
      }
    }
  }
  return {size, std::move(voxels)};
}

LabelMap straightened(const LabelMap& leaning, const Shear& shear, const StraightGrid& straight) {
  return nearestLabels(leaning, straight.geometry.size,
                       [&](const Index3& at) { return onLeaning(at, shear, straight); });
}

HuLoss straighteningLoss(const Volume& leaning, const Shear& shear, const Volume& straight, const StraightGrid& grid) {
  const Size3& size = leaning.size();
  HuLoss loss;
  double sum = 0, count = 0;
  for (int z = 0; z < size.z; ++z) {
    for (int y = 1; y < size.y - 1; ++y) {  // beside the border, what lies beyond the scan would come in
      for (int x = 1; x < size.x - 1; ++x) {
        const double before = leaning.at({x, y, z});
        if (before <= kBodyHu) continue;
        const auto back = between(straight, onStraight({x, y, z}, shear, grid));
        const double difference = std::abs(back.value_or(kOutsideHu) - before);
        sum += difference;
        ++count;
        loss.largest = std::max(loss.largest, difference);
      }
    }
  }
  loss.mean = count > 0 ? sum / count : 0;
  return loss;
}

std::vector<ResamplingLoss> straighteningLoss(const LabelMap& leaning, const Shear& shear, const LabelMap& straight,
                                              const StraightGrid& grid, double voxelMl) {
  const LabelMap back =
      nearestLabels(straight, leaning.size(), [&](const Index3& at) { return onStraight(at, shear, grid); });
  return lossesOf({leaning, voxelMl}, {straight, voxelMl}, back);
}

}  // namespace recontour
