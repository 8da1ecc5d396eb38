#include "models/training/label_warp.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/error.h"
#include "models/training/organ_places.h"
#include "models/training/random_field.h"
#include "models/training/word_organs.h"

namespace recontour {
namespace {

constexpr int kRoomX = 44, kRoomFront = 34, kRoomBack = 58, kRoomZ = 12;  // voxels around the organs
constexpr double kLargestBend = 1.6;                                      // voxels
constexpr int kLargestShift = 10;                                         // of bends and swellings together

/// Grows or shrinks what lies around a point.
struct Swelling {
  Point3 centre;
  double radius = 0, amount = 0;  ///< voxels; part of the distance to the centre
};

/// Index of the source voxel that a voxel of the result comes from.
class Warp {
 public:
  Warp(const Box& source, const Size3& size, const Point3& scale, std::uint64_t seed, const OrganPlaces& places);
  /// Without what bends; off by a few voxels at most.
  Point3 roughSourceOf(int x, int y, int z) const;
  Point3 sourceOf(int x, int y, int z) const;

 private:
  Point3 bend(double x, double y, double z) const;

  Point3 sourceCentre_, centre_;
  std::array<Point3, 3> rows_;  ///< of the affine part
  std::vector<SmoothField> coarse_, fine_;
  double coarseVoxels_, fineVoxels_;
  std::vector<Swelling> swellings_;
};

Point3 middle(const Box& box) {
  return {(box.lower.x + box.upper.x - 1) / 2.0, (box.lower.y + box.upper.y - 1) / 2.0,
          (box.lower.z + box.upper.z - 1) / 2.0};
}

/// Rows of the rotation by the angles about x, y and z.
std::array<Point3, 3> rotation(double a, double b, double c) {
  const double sa = std::sin(a), ca = std::cos(a), sb = std::sin(b), cb = std::cos(b), sc = std::sin(c),
               cc = std::cos(c);
  return {Point3{cb * cc, sa * sb * cc - ca * sc, ca * sb * cc + sa * sc},
          Point3{cb * sc, sa * sb * sc + ca * cc, ca * sb * sc - sa * cc}, Point3{-sb, sa * cb, ca * cb}};
}

std::vector<Swelling> drawSwellings(const OrganPlaces& places, PortableRandom& random) {
  std::vector<Swelling> swellings;
  for (const OrganPlace& place : places) {
    const double amount = 0.09 * normal(random);
    if (place.voxels < 100 || !chance(random, 0.5)) continue;
    swellings.push_back({place.centroid, 1.2 * std::cbrt(static_cast<double>(place.voxels)), amount});
  }
  return swellings;
}

Warp::Warp(const Box& source, const Size3& size, const Point3& scale, std::uint64_t seed, const OrganPlaces& places)
    : sourceCentre_(middle(source)), centre_(middle({{0, 0, 0}, size}) - Point3{0, (kRoomBack - kRoomFront) / 2.0, 0}) {
  PortableRandom random(purposeKey(seed, "warp"));
  constexpr double kDegree = std::numbers::pi / 180;
  const double a = 3 * kDegree * normal(random), b = 3 * kDegree * normal(random), c = kDegree * normal(random);
  rows_ = rotation(a, b, c);
  for (Point3& row : rows_) row = {row.x / scale.x, row.y / scale.y, row.z / scale.z};
  for (std::uint64_t axis = 0; axis < 3; ++axis) {
    coarse_.emplace_back(purposeKey(seed, "bend") + axis, 22, size);
    fine_.emplace_back(purposeKey(seed, "ripple") + axis, 8, size);
  }
  coarseVoxels_ = random.between(0.3, 0.6);
  fineVoxels_ = random.between(0.05, 0.2);
  swellings_ = drawSwellings(places, random);
}

Point3 Warp::bend(double x, double y, double z) const {
  Point3 bend;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double shift = coarseVoxels_ * static_cast<double>(coarse_[a].at(x, y, z)) +
                         fineVoxels_ * static_cast<double>(fine_[a].at(x, y, z));
    bend[axis] = std::clamp(shift, -kLargestBend, kLargestBend);
  }
  return bend;
}

Point3 Warp::roughSourceOf(int x, int y, int z) const {
  const Point3 from = Point3{double(x), double(y), double(z)} - centre_;
  return sourceCentre_ + Point3{dot(rows_[0], from), dot(rows_[1], from), dot(rows_[2], from)};
}

Point3 Warp::sourceOf(int x, int y, int z) const {
  const Point3 at = roughSourceOf(x, y, z) + bend(x, y, z);
  Point3 moved = at;
  for (const Swelling& swelling : swellings_) {
    const Point3 away = at - swelling.centre;
    const double part = dot(away, away) / (swelling.radius * swelling.radius);
    if (part < 4) moved = moved - away * (swelling.amount * (1 - part / 4) * (1 - part / 4));
  }
  return moved;
}

Index3 voxelAt(const Point3& p) {
  const auto nearest = [](double index) { return static_cast<int>(std::floor(index + 0.5)); };
  return {nearest(p.x), nearest(p.y), nearest(p.z)};
}

Box boxOf(const OrganPlaces& places) {
  Box box;
  for (const OrganPlace& place : places) box = unite(box, place.box);
  return box;
}

DenseBox checked(const LabelMap& labels) {
  DenseBox dense{labels.size(), labels.toDense()};
  for (const Label label : dense.labels) {
    if (label > word::kLast) {
      throw Error("the label map has number " + std::to_string(int(label)) +
                  ", which is no organ of WORD; convert it to WORD's organs 1..16 first");
    }
  }
  return dense;
}

}  // namespace

DenseBox warpLabels(const LabelMap& labels, std::uint64_t seed) {
  const DenseBox dense = checked(labels);
  const OrganPlaces places = placesOf(dense);
  Box box = boxOf(places);
  if (box.empty()) throw Error("the label map has no organ, so no CT can be made of it; give one with WORD's organs");
  box.lower.z = std::max(0, box.lower.z - kRoomZ);
  box.upper.z = std::min(dense.size.z, box.upper.z + kRoomZ);

  PortableRandom random(purposeKey(seed, "scale"));
  const Point3 scale{random.between(0.88, 1.2), random.between(0.88, 1.2), random.between(0.88, 1.2)};
  const Size3 from = box.size();
  const auto scaled = [](int voxels, double factor) { return static_cast<int>(std::ceil(voxels * factor)); };
  DenseBox result;
  result.size = {scaled(from.x, scale.x) + 2 * kRoomX, scaled(from.y, scale.y) + kRoomFront + kRoomBack,
                 scaled(from.z, scale.z)};
  result.labels.resize(voxelCount(result.size));

  const Warp warp(box, result.size, scale, seed, places);
  const Box inside{{0, 0, 0}, dense.size};
  const Box reach = grow(box, kLargestShift);
  std::size_t to = 0;
  for (int z = 0; z < result.size.z; ++z) {
    for (int y = 0; y < result.size.y; ++y) {
      for (int x = 0; x < result.size.x; ++x, ++to) {
        if (!reach.contains(voxelAt(warp.roughSourceOf(x, y, z)))) continue;
        const Index3 voxel = voxelAt(warp.sourceOf(x, y, z));
        if (inside.contains(voxel)) result.labels[to] = dense.labels[offsetIn(dense.size, voxel)];
      }
    }
  }
  return result;
}

}  // namespace recontour
