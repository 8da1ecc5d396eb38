#include "models/training/body_outline.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/training/tissue_map.h"

namespace recontour {
namespace {

constexpr int kAngles = RadialSurface::kAngles;
constexpr double kStep = 2 * std::numbers::pi / kAngles;
constexpr int kHullReach = 4;  // slices that a slice's hull takes organs from

constexpr double voxels(double mm) { return mm / kSynthesisMm; }

bool isInCavity(Label label) { return label != 0 && !word::isFemur(label); }

/// First and last voxel of the wanted organs in each row of a slice.
std::vector<FlatPoint> rowEnds(const DenseBox& labels, int z, bool (*wanted)(Label)) {
  std::vector<FlatPoint> ends;
  for (int y = 0; y < labels.size.y; ++y) {
    int first = -1, last = -1;
    for (int x = 0; x < labels.size.x; ++x) {
      const Label label = labels.labels[offsetIn(labels.size, {x, y, z})];
      if (!wanted(label)) continue;
      if (first < 0) first = x;
      last = x;
    }
    if (first < 0) continue;
    ends.push_back({double(first), double(y)});
    if (last > first) ends.push_back({double(last), double(y)});
  }
  return ends;
}

void addEllipse(std::vector<FlatPoint>& points, const FlatPoint& centre, double halfWidth, double halfDepth) {
  for (int i = 0; i < 36; ++i) {
    const double angle = i * std::numbers::pi / 18;
    points.push_back({centre.x + halfWidth * std::cos(angle), centre.y + halfDepth * std::sin(angle)});
  }
}

/// Voxels that the wall is thicker where the wings of the ilium lie in it.
double roomForIlium(double height, int angle) {
  const double side = std::abs(std::cos(angle * kStep));
  const double share = interpolated({{0.05, 0}, {0.15, 1}, {0.68, 1}, {0.78, 0}}, height);
  return 3 * share * std::clamp((side - 0.5) / 0.3, 0.0, 1.0);
}

/// The two points at `x` mm to either side of the mid line.
void addPair(std::vector<FlatPoint>& points, const FrameSlice& slice, double xMm, double y, double scale) {
  points.push_back({slice.midX + voxels(xMm) * scale, y});
  points.push_back({slice.midX - voxels(xMm) * scale, y});
}

}  // namespace

BodyOutline::BodyOutline(const DenseBox& labels, const BodyFrame& frame, std::uint64_t seed)
    : frame_(frame), size_(labels.size), cavity_(size_.z), muscle_(size_.z), skin_(size_.z) {
  makeCavity(labels);
  makeMuscle(labels, seed);
  makeSkin(seed);
  flattenBack();
}

BodyDepths BodyOutline::depths(double x, double y, int z) const {
  const FrameSlice& slice = frame_.slice(z);
  const double dx = x - slice.midX, dy = y - slice.centreY;
  double angle = std::atan2(dy, dx) / kStep;
  if (angle < 0) angle += kAngles;
  const auto at = static_cast<float>(angle);
  const auto distance = static_cast<float>(std::sqrt(dx * dx + dy * dy));
  float skin = skin_.radius(z, at) - distance;
  if (y > backY_) skin = std::min(skin, static_cast<float>(backY_ - y));
  return {skin, muscle_.radius(z, at) - distance, cavity_.radius(z, at) - distance, at};
}

Box BodyOutline::bounds() const {
  Box box;
  for (int z = 0; z < size_.z; ++z) {
    for (int angle = 0; angle < kAngles; ++angle) {
      const Point3 at = onSurface(skin_, z, angle);
      const Index3 voxel{static_cast<int>(std::lround(at.x)), static_cast<int>(std::lround(std::min(at.y, backY_))), z};
      box = unite(box, {voxel, {voxel.x + 1, voxel.y + 1, z + 1}});
    }
  }
  return box;
}

Point3 BodyOutline::onSurface(const RadialSurface& surface, int z, int angle) const {
  const FrameSlice& slice = frame_.slice(z);
  const double radius = static_cast<double>(surface.at(z, angle));
  return {slice.midX + radius * std::cos(angle * kStep), slice.centreY + radius * std::sin(angle * kStep), double(z)};
}

void BodyOutline::makeCavity(const DenseBox& labels) {
  // Half width and depth in mm of the cavity where no organ says more.
  static const std::vector<std::array<double, 2>> kWidth = {{-0.3, 24}, {-0.1, 38}, {0.1, 48}, {0.35, 62},
                                                            {0.6, 92},  {1.0, 105}, {1.5, 112}};
  static const std::vector<std::array<double, 2>> kDepth = {{-0.3, 28}, {-0.1, 40}, {0.2, 48},
                                                            {0.6, 50},  {1.0, 58},  {1.5, 66}};
  std::vector<std::vector<FlatPoint>> ends;
  for (int z = 0; z < size_.z; ++z) ends.push_back(rowEnds(labels, z, isInCavity));
  for (int z = 0; z < size_.z; ++z) {
    const FrameSlice& slice = frame_.slice(z);
    std::vector<FlatPoint> points;
    for (int k = std::max(0, z - kHullReach); k <= std::min(size_.z - 1, z + kHullReach); ++k)
      points.insert(points.end(), ends[static_cast<std::size_t>(k)].begin(), ends[static_cast<std::size_t>(k)].end());
    const double unit = voxels(0.95) * frame_.scale();
    addEllipse(points, {slice.midX, slice.centreY}, interpolated(kWidth, slice.height) * unit,
               interpolated(kDepth, slice.height) * unit);
    const std::vector<FlatPoint> hull = convexHull(std::move(points));
    for (int angle = 0; angle < kAngles; ++angle) {
      float radius = static_cast<float>(distanceToHull(hull, {slice.midX, slice.centreY}, angle * kStep) + 0.7);
      // Above the kidneys the chest does not narrow with the organs.
      if (slice.height > 1 && z > 0) radius = std::max(radius, cavity_.at(z - 1, angle) - 0.25f);
      cavity_.at(z, angle) = radius;
    }
  }
  cavity_.smooth(2.5, 2);
}

std::vector<FlatPoint> BodyOutline::wallPoints(int z, double thickness, const SmoothField& field) const {
  const double height = frame_.slice(z).height;
  std::vector<FlatPoint> points;
  for (int angle = 0; angle < kAngles; ++angle) {
    const bool rear = angle > 0 && angle < kAngles / 2;
    const double uneven = 1 + 0.15 * static_cast<double>(field.at(angle, z, 0));
    const double wall = thickness * uneven + (rear ? 0.8 : 0) + roomForIlium(height, angle);
    const Point3 inner = onSurface(cavity_, z, angle);
    points.push_back({inner.x + wall * std::cos(angle * kStep), inner.y + wall * std::sin(angle * kStep)});
  }
  return points;
}

/// Outer corners of the muscles beside the spine, and of the sacrum.
void BodyOutline::addBack(int z, std::vector<FlatPoint>& points) const {
  const FrameSlice& slice = frame_.slice(z);
  const double s = slice.height, scale = frame_.scale();
  const double depth = interpolated({{-0.1, 12}, {0.3, 24}, {0.45, 40}, {0.6, 52}, {1.0, 58}, {1.6, 50}}, s);
  const double back = slice.spineY + voxels(depth) * scale;
  addPair(points, slice, 26, back, scale);
  if (s > 0.45) addPair(points, slice, 60, back - voxels(10), scale);
}

/// Outer corners of hips, buttocks and thighs.
void BodyOutline::addHips(int z, std::vector<FlatPoint>& points) const {
  const FrameSlice& slice = frame_.slice(z);
  const double s = slice.height, scale = frame_.scale(), half = frame_.headHalfDistance();
  if (s > 0.72) return;
  const double y = (frame_.heads()[0].centre.y + frame_.heads()[1].centre.y) / 2;
  // mm: from the head outwards; from the mid line; behind and in front of the heads.
  const double hip = interpolated({{-0.3, 55}, {-0.05, 58}, {0.15, 52}, {0.4, 49}, {0.6, 55}, {0.72, 40}}, s);
  const double rear = interpolated({{-0.35, 60}, {-0.1, 84}, {0.2, 96}, {0.45, 92}, {0.6, 72}, {0.72, 50}}, s);
  const double rearSide = interpolated({{-0.3, 80}, {0.2, 86}, {0.5, 70}, {0.72, 70}}, s);
  const double front = interpolated({{-0.3, 62}, {-0.05, 52}, {0.15, 45}, {0.4, 45}, {0.72, 30}}, s);
  for (const double sign : {-1.0, 1.0}) {
    const double side = half + voxels(hip) * scale;
    points.push_back({slice.midX + sign * side, y + voxels(8)});
    points.push_back({slice.midX + sign * (side - voxels(8)), y - voxels(28)});
    points.push_back({slice.midX + sign * (side - voxels(6)), y + voxels(40) * scale});
    points.push_back({slice.midX + sign * half * 0.95, y - voxels(front) * scale});
  }
  addPair(points, slice, rearSide, y + voxels(rear - 6) * scale, scale);
  addPair(points, slice, 45, y + voxels(rear) * scale, scale);
}

void BodyOutline::makeMuscle(const DenseBox& labels, std::uint64_t seed) {
  PortableRandom random(purposeKey(seed, "wall"));
  const double thickness = random.between(2.2, 4.2);
  const SmoothField field(purposeKey(seed, "wall field"), 20, {kAngles, size_.z, 1});
  for (int z = 0; z < size_.z; ++z) {
    const FrameSlice& slice = frame_.slice(z);
    std::vector<FlatPoint> points = wallPoints(z, thickness, field);
    addBack(z, points);
    addHips(z, points);
    for (const FlatPoint& end : rowEnds(labels, z, word::isFemur)) addEllipse(points, end, voxels(14), voxels(10));
    const std::vector<FlatPoint> hull = convexHull(std::move(points));
    for (int angle = 0; angle < kAngles; ++angle)
      muscle_.at(z, angle) = static_cast<float>(distanceToHull(hull, {slice.midX, slice.centreY}, angle * kStep));
  }
  muscle_.smooth(3, 3);
  for (int z = 0; z < size_.z; ++z)
    for (int angle = 0; angle < kAngles; ++angle)
      muscle_.at(z, angle) = std::max(muscle_.at(z, angle), cavity_.at(z, angle) + 1.5f);
}

void BodyOutline::makeSkin(std::uint64_t seed) {
  PortableRandom random(purposeKey(seed, "fat"));
  const double u = random.uniform();
  const double fat = voxels(5 + 26 * u * std::sqrt(u));
  const double flank = random.between(0.1, 0.6), seat = random.between(0.2, 0.9), belly = random.between(-0.2, 0.3);
  const SmoothField field(purposeKey(seed, "fat field"), 24, {kAngles, size_.z, 1});
  for (int z = 0; z < size_.z; ++z) {
    const FrameSlice& slice = frame_.slice(z);
    const double chest = interpolated({{0.9, 1}, {1.5, 0.6}}, slice.height);
    const double low = interpolated({{0.2, 1}, {0.6, 0}}, slice.height);
    for (int angle = 0; angle < kAngles; ++angle) {
      const double x = std::cos(angle * kStep), y = std::sin(angle * kStep);
      double factor = 1 + flank * std::max(0.0, y + 0.3) * std::abs(x) * 1.6 * (1 - low) +
                      seat * low * std::max(0.0, y) - belly * std::min(0.0, y);
      factor *= chest * (1 + 0.12 * static_cast<double>(field.at(angle, z, 0)));
      // Limits that keep air around the body on this grid.
      const double roomX =
          std::abs(x) < 0.05 ? 1e3 : ((x > 0 ? size_.x - 4 - slice.midX : slice.midX - 3) / std::abs(x));
      const double roomY =
          std::abs(y) < 0.05 ? 1e3 : ((y > 0 ? size_.y - 4 - slice.centreY : slice.centreY - 3) / std::abs(y));
      const double wanted = static_cast<double>(muscle_.at(z, angle)) + std::max(1.2, fat * factor);
      skin_.at(z, angle) = static_cast<float>(std::min({wanted, roomX, roomY}));
    }
  }
  skin_.smooth(2, 2);
  for (int z = 0; z < size_.z; ++z)
    for (int angle = 0; angle < kAngles; ++angle)
      skin_.at(z, angle) = std::max(skin_.at(z, angle), cavity_.at(z, angle) + 2.5f);
}

void BodyOutline::flattenBack() {
  double skin = 0, muscle = 0;
  for (int z = 0; z < size_.z; ++z) {
    for (int angle = kAngles / 8; angle < 3 * kAngles / 8; ++angle) {
      skin = std::max(skin, onSurface(skin_, z, angle).y);
      muscle = std::max(muscle, onSurface(muscle_, z, angle).y);
    }
  }
  backY_ = std::max(skin - voxels(12), muscle - voxels(2));
}

}  // namespace recontour
