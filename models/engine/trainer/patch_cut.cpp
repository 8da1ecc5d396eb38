#include "models/engine/trainer/patch_cut.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

/// A continuous index on one axis, and the voxels around it.
struct Between {
  int lower = 0, upper = 0, nearest = 0;
  float fraction = 0;
  /// @return false beyond the voxels' cells
  bool set(double index, int size) {
    if (!(index >= -0.5 && index <= size - 0.5)) return false;
    const double inside = std::clamp(index, 0.0, double(size - 1));
    lower = static_cast<int>(inside);
    upper = std::min(lower + 1, size - 1);
    nearest = static_cast<int>(inside + 0.5);
    fraction = static_cast<float>(inside - lower);
    return true;
  }
};

float mix(float a, float b, float fraction) { return a + (b - a) * fraction; }

/// One slice of the volume.
template <typename Value>
struct Slice {
  const Value* values;
  int width;
  Value at(int x, int y) const {
    return values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

template <typename Value>
Slice<Value> sliceOf(const std::vector<Value>& values, const Size3& size, int z) {
  return {
      values.data() + static_cast<std::size_t>(z) * static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y),
      size.x};
}

float linear(const Slice<float>& slice, const Between& x, const Between& y) {
  return mix(mix(slice.at(x.lower, y.lower), slice.at(x.upper, y.lower), x.fraction),
             mix(slice.at(x.lower, y.upper), slice.at(x.upper, y.upper), x.fraction), y.fraction);
}

/// A slice of the volume that lies between two of its own.
struct SlicePair {
  Slice<float> lower, upper;
  Slice<Label> labels;
  float fraction;
};

/// How a step in the patch's plane moves in the volume's.
struct PlaneMap {
  PlaneMap(const PatchPlace& place, const TrainingVolume& volume)
      : xx(place.step * place.cosine),
        xy(-place.step * place.sine * volume.grid.spacing.y / volume.grid.spacing.x),
        yx(place.step * place.sine * volume.grid.spacing.x / volume.grid.spacing.y) {}
  double xx, xy, yx;
};

void cutRow(const SlicePair& slice, const PatchPlace& place, const PlaneMap& map, const Size3& volume, int y, int width,
            float* image, Label* labels) {
  Between atX, atY;
  for (int x = 0; x < width; ++x) {
    const int stepX = x - place.anchor.x, stepY = y - place.anchor.y;
    const double toX = place.voxel.x + map.xx * stepX + map.xy * stepY;
    const double toY = place.voxel.y + map.yx * stepX + map.xx * stepY;
    if (!atX.set(toX, volume.x) || !atY.set(toY, volume.y)) continue;
    image[x] = linear(slice.lower, atX, atY);
    if (slice.fraction > 0) image[x] = mix(image[x], linear(slice.upper, atX, atY), slice.fraction);
    labels[x] = slice.labels.at(atX.nearest, atY.nearest);
  }
}

}  // namespace

void keepInside(PatchPlace& place, const Size3& patch, const Size3& volume) {
  for (int axis = 0; axis < 3; ++axis) {
    const int room = volume[axis] - patch[axis];
    const int start = std::clamp(place.voxel[axis] - place.anchor[axis], std::min(room, 0), std::max(room, 0));
    place.anchor[axis] = place.voxel[axis] - start;
  }
}

void turn(PatchPlace& place, double halfTangent, double step, double ratio, const Size3& patch) {
  const double square = halfTangent * halfTangent;
  place.cosine = (1 - square) / (1 + square);
  place.sine = 2 * halfTangent / (1 + square);
  place.step = step;
  // Where the anchor comes to when the patch turns about its middle: the way back, as the volume turns below it.
  const Point3 middle{(patch.x - 1) / 2.0, (patch.y - 1) / 2.0, (patch.z - 1) / 2.0};
  const Point3 from{place.anchor.x - middle.x, place.anchor.y - middle.y, place.anchor.z - middle.z};
  const Point3 to{(place.cosine * from.x + place.sine * ratio * from.y) / step,
                  (place.cosine * from.y - place.sine / ratio * from.x) / step, from.z / step};
  for (int axis = 0; axis < 3; ++axis) {
    const int rounded = static_cast<int>(std::floor(middle[axis] + to[axis] + 0.5));
    place.anchor[axis] = std::clamp(rounded, 0, patch[axis] - 1);
  }
}

Patch cutPatch(const TrainingVolume& volume, const std::vector<Label>& labels, const Size3& size,
               const PatchPlace& place) {
  Patch patch{std::vector<float>(voxelCount(size), volume.padValue), std::vector<Label>(voxelCount(size), kIgnored)};
  const Size3& from = volume.grid.size;
  const PlaneMap map(place, volume);
  Between atZ;
  for (int z = 0; z < size.z; ++z) {
    if (!atZ.set(place.voxel.z + place.step * (z - place.anchor.z), from.z)) continue;
    const SlicePair slice{sliceOf(volume.image, from, atZ.lower), sliceOf(volume.image, from, atZ.upper),
                          sliceOf(labels, from, atZ.nearest), atZ.fraction};
    for (int y = 0; y < size.y; ++y) {
      const std::size_t row =
          (static_cast<std::size_t>(z) * static_cast<std::size_t>(size.y) + static_cast<std::size_t>(y)) *
          static_cast<std::size_t>(size.x);
      cutRow(slice, place, map, from, y, size.x, patch.image.data() + row, patch.labels.data() + row);
    }
  }
  return patch;
}

}  // namespace recontour
