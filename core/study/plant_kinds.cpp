#include "core/study/plant_kinds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <utility>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr double kNearEnough = 0.2;  // of the target
constexpr double kLargestShiftMm = 30, kIslandGapMm = 6, kIslandReachMm = 30;

/// In whole micrometres, so that no library's last digit decides on a voxel.
double ballRadiusMm(double ml) { return std::round(std::cbrt(ml * 1000 * 3 / (4 * 3.14159265358979)) * 1000) / 1000; }

std::string mlText(double ml) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f mL", ml);
  return text.data();
}

/// A whole step along an array axis.
struct Step {
  int axis = 0, sign = 1, voxels = 0;
};

/// Whether the organ may move there: it stays in the scene.
bool staysInside(const PlantScene& scene, Label organ, const Step& step) {
  const int by = step.sign * step.voxels;
  for (std::size_t i = 0; i < scene.labels.labels.size(); ++i) {
    if (scene.labels.labels[i] == organ && !scene.neighbour(i, step.axis, by)) return false;
  }
  return true;
}

Label shiftedLabel(const PlantScene& scene, Label organ, const Step& step, std::size_t voxel) {
  const Label now = scene.labels.labels[voxel];
  if (now != organ && now != 0) return now;
  const auto source = scene.neighbour(voxel, step.axis, -step.sign * step.voxels);
  return source && scene.labels.labels[*source] == organ ? organ : Label{0};
}

std::int64_t changedBy(const PlantScene& scene, Label organ, const Step& step) {
  std::int64_t changed = 0;
  for (std::size_t i = 0; i < scene.labels.labels.size(); ++i)
    changed += shiftedLabel(scene, organ, step, i) != scene.labels.labels[i];
  return changed;
}

/// A step and how far what it changes is from what is wanted, as a part of that.
struct RatedStep {
  Step step;
  double off = std::numeric_limits<double>::infinity();
};

/// The best step in one direction: what a step changes grows with it, so the search ends beyond the target.
RatedStep bestStep(const PlantScene& scene, Label organ, Step step, std::int64_t wanted) {
  RatedStep best;
  const int most = static_cast<int>(kLargestShiftMm / scene.spacing()[step.axis]);
  for (step.voxels = 1; step.voxels <= most && staysInside(scene, organ, step); ++step.voxels) {
    const std::int64_t changed = changedBy(scene, organ, step);
    const double off = std::abs(static_cast<double>(changed - wanted)) / static_cast<double>(wanted);
    if (changed > 0 && off < best.off) best = {step, off};
    if (changed > wanted) break;
  }
  return best;
}

void label(PlantScene& scene, const std::vector<std::size_t>& voxels, Label with) {
  for (const std::size_t voxel : voxels) scene.labels.labels[voxel] = with;
}

/// Calls visit(label, mm from the centre) for the scene's voxels within a radius, until it says false.
template <typename Visit>
bool everyVoxelWithin(const PlantScene& scene, const Index3& centre, double radiusMm, Visit visit) {
  Index3 lower, upper;
  for (int axis = 0; axis < 3; ++axis) {
    const int reach = static_cast<int>(radiusMm / scene.spacing()[axis]) + 1;
    lower[axis] = std::max(0, centre[axis] - reach);
    upper[axis] = std::min(scene.labels.size[axis] - 1, centre[axis] + reach);
  }
  for (int z = lower.z; z <= upper.z; ++z) {
    for (int y = lower.y; y <= upper.y; ++y) {
      for (int x = lower.x; x <= upper.x; ++x) {
        const double squared = scene.squaredMm({x, y, z}, centre);
        if (squared <= radiusMm * radiusMm && !visit(scene.labels.labels[scene.number({x, y, z})], std::sqrt(squared)))
          return false;
      }
    }
  }
  return true;
}

/// The ball is background, and the organ lies a gap beyond it.
bool hasRoom(const PlantScene& scene, const Index3& centre, double radiusMm, Label organ) {
  return everyVoxelWithin(scene, centre, radiusMm + kIslandGapMm,
                          [&](Label found, double mm) { return found != organ && (found == 0 || mm > radiusMm); });
}

bool reachesBeyond(const Index3& centre, const PlantScene& scene, double radiusMm) {
  for (int axis = 0; axis < 3; ++axis) {
    const int reach = static_cast<int>(std::ceil(radiusMm / scene.spacing()[axis]));
    if (centre[axis] < reach || centre[axis] + reach >= scene.labels.size[axis]) return true;
  }
  return false;
}

Index3 randomPlace(PortableRandom& random, const Box& box) {
  const Size3 size = box.size();
  return {box.lower.x + random.below(size.x), box.lower.y + random.below(size.y), box.lower.z + random.below(size.z)};
}

}  // namespace

double plantReachMm(const PlantRequest& request) {
  const double radius = ballRadiusMm(request.targetMl);
  if (request.kind == "shift") return kLargestShiftMm;
  if (request.kind == "spill") return 2 * radius + 5;
  if (request.kind == "extra_island") return 2 * radius + kIslandGapMm + kIslandReachMm;
  return 0;
}

void plantMissingPart(PlantScene& scene, const PlantRequest& request) {
  const std::int64_t wanted = scene.voxelsOf(request.targetMl);
  const std::int64_t there = std::ranges::count(scene.labels.labels, request.organ);
  if (there < 2 * wanted)
    throw Error("an organ of " + mlText(scene.mlOf(there)) + " is too small to lack " + mlText(request.targetMl));
  for (std::int64_t left = wanted; left > 0;) {  // more than once where an island is used up
    const std::size_t end = scene.randomEnd(request.organ);
    const auto part = scene.grown({end}, end, request.organ, left);
    label(scene, part, 0);
    left -= static_cast<std::int64_t>(part.size());
  }
}

void plantShift(PlantScene& scene, const PlantRequest& request) {
  const std::int64_t wanted = scene.voxelsOf(request.targetMl);
  std::vector<Step> directions;
  for (int axis = 0; axis < 3; ++axis) {
    for (const int sign : {-1, 1}) directions.push_back({axis, sign});
  }
  RatedStep best;
  for (const Step& direction : shuffled(directions, scene.random)) {
    const RatedStep found = bestStep(scene, request.organ, direction, wanted);
    if (found.off < best.off) best = found;
    if (best.off <= kNearEnough) break;
  }
  if (best.step.voxels == 0) throw Error("there is no room to shift the organ");
  DenseBox shifted = scene.labels;
  for (std::size_t i = 0; i < shifted.labels.size(); ++i)
    shifted.labels[i] = shiftedLabel(scene, request.organ, best.step, i);
  scene.labels = std::move(shifted);
}

void plantSpill(PlantScene& scene, const PlantRequest& request) {
  constexpr int kTries = 20;
  const std::int64_t wanted = scene.voxelsOf(request.targetMl);
  for (int i = 0; i < kTries; ++i) {
    const std::size_t end = scene.randomEnd(request.organ);
    const auto leak = scene.grown(scene.neighboursOf(end, 0), end, 0, wanted);
    if (static_cast<double>(leak.size()) < (1 - kNearEnough) * static_cast<double>(wanted)) continue;
    label(scene, leak, request.organ);
    return;
  }
  throw Error("there is no room beside the organ for a leak of " + mlText(request.targetMl));
}

void plantIsland(PlantScene& scene, const PlantRequest& request, const Box& inhabited) {
  constexpr int kTries = 5000;
  const double radius = ballRadiusMm(request.targetMl);
  const Box room = intersect(inhabited, {{0, 0, 0}, scene.labels.size});
  for (int i = 0; i < kTries && !room.empty(); ++i) {
    const Index3 centre = randomPlace(scene.random, room);
    if (reachesBeyond(centre, scene, radius) || !hasRoom(scene, centre, radius, request.organ)) continue;
    const std::size_t middle = scene.number(centre);
    label(scene, scene.grown({middle}, middle, 0, scene.voxelsOf(request.targetMl)), request.organ);
    return;
  }
  throw Error("there is no room near the organ for an island of " + mlText(request.targetMl));
}

void exchange(PlantScene& scene, Label from, Label to) {
  for (Label& label : scene.labels.labels) {
    if (label == from) {
      label = to;
    } else if (label == to && to != 0) {
      label = from;
    }
  }
}

}  // namespace recontour
