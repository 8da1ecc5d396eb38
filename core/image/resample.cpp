#include "core/image/resample.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/image/shear.h"

namespace recontour {
namespace {

int nearest(double index) { return static_cast<int>(std::floor(index + 0.5)); }

/// Between the eight voxels around an index that lies inside of the outermost centres.
double interpolated(const Volume& volume, const Point3& index) {
  const Size3& size = volume.size();
  Index3 lower;
  Point3 part;
  for (int axis = 0; axis < 3; ++axis) {
    lower[axis] = std::min(static_cast<int>(index[axis]), std::max(0, size[axis] - 2));
    part[axis] = index[axis] - lower[axis];
  }
  double value = 0;
  for (int corner = 0; corner < 8; ++corner) {
    Index3 at = lower;
    double weight = 1;
    for (int axis = 0; axis < 3; ++axis) {
      const bool upper = (corner >> axis & 1) != 0;
      weight *= upper ? part[axis] : 1 - part[axis];
      at[axis] = std::min(lower[axis] + (upper ? 1 : 0), size[axis] - 1);
    }
    if (weight > 0) value += weight * volume.at(at);
  }
  return value;
}

/// Within half a voxel of its outermost centres, which is its own; there the outermost centre's value holds.
bool broughtInside(Point3& index, const Size3& size) {
  for (int axis = 0; axis < 3; ++axis) {
    if (!(index[axis] >= -0.5 && index[axis] < size[axis] - 0.5)) return false;
    index[axis] = std::clamp(index[axis], 0.0, size[axis] - 1.0);
  }
  return true;
}

}  // namespace

Volume resampleVolume(const Volume& volume, const Geometry& from, const Geometry& to) {
  std::vector<std::int16_t> voxels;
  voxels.reserve(voxelCount(to.size));
  for (int z = 0; z < to.size.z; ++z) {
    for (int y = 0; y < to.size.y; ++y) {
      const Point3 start = from.toIndex(to.toWorld(Index3{0, y, z}));
      const Point3 step = from.toIndex(to.toWorld(Index3{1, y, z})) - start;
      for (int x = 0; x < to.size.x; ++x) {
        Point3 at = start + step * x;
        const bool inside = broughtInside(at, from.size);
        voxels.push_back(inside ? static_cast<std::int16_t>(std::lround(interpolated(volume, at))) : kOutsideHu);
      }
    }
  }
  return Volume(to.size, std::move(voxels));
}

LabelMap resampleLabels(const LabelMap& labels, const Geometry& from, const Geometry& to) {
  LabelMap result(to.size);
  const Box inside = from.box();
  std::vector<Label> row(static_cast<std::size_t>(to.size.x));
  for (int z = 0; z < to.size.z; ++z) {
    for (int y = 0; y < to.size.y; ++y) {
      const Point3 start = from.toIndex(to.toWorld(Index3{0, y, z}));
      const Point3 step = from.toIndex(to.toWorld(Index3{1, y, z})) - start;
      for (int x = 0; x < to.size.x; ++x) {
        const Point3 at = start + step * x;
        const Index3 voxel{nearest(at.x), nearest(at.y), nearest(at.z)};
        row[static_cast<std::size_t>(x)] = inside.contains(voxel) ? labels.at(voxel) : Label{0};
      }
      result.writeRow(y, z, 0, row);
    }
  }
  return result;
}

std::vector<ResamplingLoss> resamplingLoss(const LabelMap& labels, const Geometry& from, const LabelMap& resampled,
                                           const Geometry& to) {
  return lossesOf({labels, from.voxelVolumeMm3() / 1000}, {resampled, to.voxelVolumeMm3() / 1000},
                  resampleLabels(resampled, to, from));
}

std::vector<ResamplingLoss> lossesOf(const LabelsWithVoxel& first, const LabelsWithVoxel& second,
                                     const LabelMap& back) {
  std::array<std::int64_t, 256> both{};
  forEachBrickOfEither(first.labels, back, [&](const Box&, const DenseBox& a, const DenseBox& b) {
    for (std::size_t i = 0; i < a.labels.size(); ++i) both[a.labels[i]] += a.labels[i] == b.labels[i] ? 1 : 0;
  });
  const auto before = labelCounts(first.labels), after = labelCounts(second.labels), returned = labelCounts(back);
  std::vector<ResamplingLoss> losses;
  for (std::size_t label = 1; label < 256; ++label) {
    if (before[label] == 0) continue;
    losses.push_back({static_cast<Label>(label), double(before[label]) * first.voxelMl,
                      double(after[label]) * second.voxelMl,
                      2.0 * double(both[label]) / double(before[label] + returned[label])});
  }
  return losses;
}

}  // namespace recontour
