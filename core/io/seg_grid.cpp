#include "core/io/seg_grid.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "core/base/error.h"
#include "core/io/affine.h"

namespace recontour {
namespace {

constexpr double kToleranceMm = 0.01, kToleranceShare = 0.01;
constexpr double kSameDirection = 1e-3;  // difference of cosines, rounding of decimal strings
constexpr int kMostSlices = 8192;
constexpr std::size_t kMostVoxels = std::size_t{1} << 31;
constexpr std::size_t kMostNamed = 4;

std::string text(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.6g", value);
  return buffer;
}

double toleranceMm(double spacingMm) { return std::max(kToleranceMm, kToleranceShare * spacingMm); }

Point3 unit(const Point3& v) { return v * (1 / length(v)); }

Point3 normalOf(const SegFrame& frame) {
  const Point3 a = frame.columnStepMm, b = frame.rowStepMm;
  return unit({a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x});
}

void checkOnePlane(const std::filesystem::path& file, const std::vector<SegFrame>& frames) {
  const auto differs = [](const Point3& a, const Point3& b) { return !(length(a - b) <= kSameDirection * length(b)); };
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (differs(frames[i].columnStepMm, frames[0].columnStepMm) || differs(frames[i].rowStepMm, frames[0].rowStepMm))
      throw Error(file, "has frames of other pixel spacing or orientation (1 and " + std::to_string(i + 1) + ")",
                  "export it on one grid");
  }
}

/// Positions of slices along the normal in mm, rising; frames of several segments share one.
std::vector<double> slicePositions(const SegHeader& header, const Point3& normal) {
  std::vector<double> along, slices;
  for (const SegFrame& frame : header.frames) along.push_back(dot(frame.positionMm, normal));
  std::ranges::sort(along);
  for (const double position : along) {
    if (slices.empty() || position - slices.back() > kToleranceMm) slices.push_back(position);
  }
  return slices;
}

struct SliceSteps {
  double spacingMm = 0;
  std::vector<long> numbers;  ///< of each position's slice, from 0 on
};

/// Slices of about that spacing that hold the positions; none where some lie between them.
std::optional<SliceSteps> stepsOf(const std::vector<double>& positions, double aboutMm) {
  if (!(aboutMm > 0) || !((positions.back() - positions.front()) / aboutMm < kMostSlices)) return std::nullopt;
  SliceSteps steps{aboutMm, {0}};
  for (std::size_t i = 1; i < positions.size(); ++i)
    steps.numbers.push_back(steps.numbers.back() + std::lround((positions[i] - positions[i - 1]) / aboutMm));
  if (steps.numbers.back() == 0) return std::nullopt;
  steps.spacingMm = (positions.back() - positions.front()) / double(steps.numbers.back());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const double offMm = positions[i] - positions.front() - double(steps.numbers[i]) * steps.spacingMm;
    if (std::abs(offMm) > toleranceMm(steps.spacingMm)) return std::nullopt;
  }
  const bool agrees = std::abs(steps.spacingMm - aboutMm) <= toleranceMm(aboutMm);
  return agrees ? std::optional(steps) : std::nullopt;
}

double smallestStep(const std::vector<double>& positions) {
  double smallest = positions[1] - positions[0];
  for (std::size_t i = 2; i < positions.size(); ++i) smallest = std::min(smallest, positions[i] - positions[i - 1]);
  return smallest;
}

[[noreturn]] void failIrregular(const std::filesystem::path& file, const std::vector<double>& positions) {
  std::string list;
  for (std::size_t i = 0; i < std::min(kMostNamed, positions.size()); ++i)
    list += (list.empty() ? "" : ", ") + text(positions[i]);
  if (positions.size() > kMostNamed) list += ", ... " + text(positions.back());
  throw Error(file, "has frames at uneven distances (" + list + " mm along their normal)",
              "open it with the images that it was drawn on");
}

SliceSteps singleSlice(const SegFrame& frame, std::vector<std::string>& warnings) {
  const double thicknessMm = frame.thicknessMm > 0 ? frame.thicknessMm : frame.betweenMm > 0 ? frame.betweenMm : 1;
  warnings.push_back("The segmentation has one slice; its thickness is taken as " + text(thicknessMm) + " mm.");
  return {thicknessMm, {0}};
}

SliceSteps slicesOf(const std::filesystem::path& file, const SegHeader& header, const std::vector<double>& positions,
                    std::vector<std::string>& warnings) {
  const SegFrame& first = header.frames.front();
  if (positions.size() == 1) return singleSlice(first, warnings);
  const double smallestMm = smallestStep(positions);
  auto steps = stepsOf(positions, first.betweenMm);
  if (!steps && first.betweenMm > 0)
    warnings.push_back("The frames lie " + text(smallestMm) + " mm apart, not " + text(first.betweenMm) +
                       " mm as Spacing Between Slices says; their positions count.");
  if (!steps) steps = stepsOf(positions, smallestMm);
  if (!steps) failIrregular(file, positions);
  if (smallestMm > 1.5 * steps->spacingMm)
    warnings.push_back("No two frames are neighbours: by Spacing Between Slices, " + text(steps->spacingMm) +
                       " mm, there are empty slices between all.");
  return *steps;
}

const SegFrame& lowestFrame(const SegHeader& header, const Point3& normal) {
  return *std::ranges::min_element(header.frames, {}, [&](const SegFrame& f) { return dot(f.positionMm, normal); });
}

}  // namespace

Geometry gridOfFrames(const std::filesystem::path& file, const SegHeader& header, std::vector<std::string>& warnings) {
  const SegFrame& first = header.frames.front();
  checkOnePlane(file, header.frames);
  const Point3 normal = normalOf(first);
  const std::vector<double> positions = slicePositions(header, normal);
  const SliceSteps slices = slicesOf(file, header, positions, warnings);
  const Affine affine{{first.columnStepMm, first.rowStepMm, normal * slices.spacingMm},
                      lowestFrame(header, normal).positionMm};
  const Size3 size{header.columns, header.rows, static_cast<int>(slices.numbers.back()) + 1};
  if (voxelCount(size) > kMostVoxels)
    throw Error(file, "spans " + std::to_string(size.x) + " x " + std::to_string(size.y) + " x " +
                          std::to_string(size.z) + " voxels, which are too many");
  const FileGrid grid = gridFromAffine(file, size, affine, warnings);
  refuseShear(file, grid.shear);
  return grid.geometry;
}

}  // namespace recontour
