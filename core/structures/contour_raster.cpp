#include "core/structures/contour_raster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "core/structures/filled_contour.h"

namespace recontour {
namespace {

constexpr double kTolerance = 0.01;  // of a slice: rounding of the file's numbers
constexpr double kToldMm = 0.01;     // moves below are not told
constexpr std::size_t kMostOnSlice = 4096;
constexpr std::size_t kMostTold = 3;  // contours that are named

/// A contour in index space, on the slice that it belongs to.
struct PlacedContour {
  std::vector<Point3> corners;
  int z = 0;
  double planeZ = 0;  ///< mean of its corners; whole where it lies on the slice
};

/// Corners that are meant to lie on pixel centres do: what toIndex() adds would decide row by row which side they are
/// on.
Point3 snapped(Point3 index) {
  constexpr double kFinest = 1e6;  // parts of a pixel
  for (int axis = 0; axis < 2; ++axis) index[axis] = std::round(index[axis] * kFinest) / kFinest;
  return index;
}

/// The pixels of a slice.
class SlicePixels {
 public:
  explicit SlicePixels(const Size3& size) : width_(size.x), pixels_(voxelCount({size.x, size.y, 1})) {}
  template <typename Change>
  void change(const FilledContour& area, Change change) {
    for (int y = area.y0; y < area.y0 + area.height; ++y)
      for (int x = area.x0; x < area.x0 + area.width; ++x)
        if (area.at(x, y)) change(pixel(x, y));
  }
  std::uint8_t& pixel(int x, int y) {
    return pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)];
  }

 private:
  int width_;
  std::vector<std::uint8_t> pixels_;
};

std::string millimetres(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g mm", value);
  return text.data();
}

std::string position(const Point3& point) {
  std::array<char, 96> text{};
  std::snprintf(text.data(), text.size(), "(%.1f, %.1f, %.1f) mm", point.x, point.y, point.z);
  return text.data();
}

/// Fills one ROI.
class Filling {
 public:
  Filling(const Roi& roi, const Geometry& grid, Label label)
      : roi_(roi), grid_(grid), label_(label), result_{LabelMap(grid.size), {}, {}, {}} {}

  RoiVoxels all() {
    for (std::size_t i = 0; i < roi_.contours.size(); ++i) place(roi_.contours[i], i + 1);
    if (!result_.problems.empty()) return tellProblems();
    for (auto& [z, contours] : slices_) fillSlice(z, contours);
    tell();
    return std::move(result_);
  }

 private:
  void place(const Contour& contour, std::size_t number) {
    PlacedContour placed;
    for (const Point3& point : contour.pointsMm) placed.corners.push_back(snapped(grid_.toIndex(point)));
    if (const std::string problem = problemOf(contour, placed.corners); !problem.empty()) {
      result_.problems.push_back("contour " + std::to_string(number) + " " + problem);
      return;
    }
    if (placed.corners.size() < 3) return;
    const int z = *nearestSlice(contour, grid_);
    placed.z = z;
    for (const Point3& corner : placed.corners) placed.planeZ += corner.z / static_cast<double>(placed.corners.size());
    if (slices_[z].size() < kMostOnSlice) slices_[z].push_back(std::move(placed));
    if (slices_[z].size() == kMostOnSlice)
      result_.problems = {"slice " + std::to_string(z + 1) + " has more contours than " +
                          std::to_string(kMostOnSlice - 1)};
  }

  std::string problemOf(const Contour& contour, const std::vector<Point3>& corners) const {
    const auto isFinite = [](const Point3& p) {
      return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z);
    };
    if (!std::ranges::all_of(contour.pointsMm, isFinite) || !std::ranges::all_of(corners, isFinite))
      return "has a point that is no finite number";
    if (corners.empty()) return {};
    const auto z = nearestSlice(contour, grid_);
    if (!z) return "lies beyond the CT's slices, at " + position(contour.pointsMm.front());
    const auto away = [&](const Point3& corner) { return std::abs(corner.z - *z); };
    const auto farthest = std::ranges::max_element(corners, {}, away);
    if (away(*farthest) <= 0.5 + kTolerance) return beside(contour, corners);
    return "runs across slices: it leaves its slice by " + millimetres(away(*farthest) * grid_.spacing.z) + " at " +
           position(contour.pointsMm[static_cast<std::size_t>(farthest - corners.begin())]);
  }

  /// What lies outside of the pixels would be lost where the slice is revised.
  std::string beside(const Contour& contour, const std::vector<Point3>& corners) const {
    constexpr double kSlack = 1.5;  // pixels from the outermost centres
    const auto isOutside = [&](const Point3& corner) {
      return corner.x < -kSlack || corner.y < -kSlack || corner.x > grid_.size.x - 1 + kSlack ||
             corner.y > grid_.size.y - 1 + kSlack;
    };
    const auto outside = std::ranges::find_if(corners, isOutside);
    if (outside == corners.end()) return {};
    return "leaves the CT's pictures at " +
           position(contour.pointsMm[static_cast<std::size_t>(outside - corners.begin())]);
  }

  RoiVoxels tellProblems() {
    const std::size_t more = result_.problems.size() - std::min(result_.problems.size(), kMostTold);
    result_.problems.resize(result_.problems.size() - more);
    if (more > 0) result_.problems.push_back("and " + std::to_string(more) + " contours more");
    return std::move(result_);
  }

  /// Planes finer than slices: those nearest to the slice count.
  void keepNearestPlane(int z, std::vector<PlacedContour>& contours) {
    const auto away = [z](const PlacedContour& one) { return std::abs(one.planeZ - z); };
    const double plane = std::ranges::min_element(contours, {}, away)->planeZ;
    constexpr double kSamePlane = 0.1;  // of a slice
    passedOver_ +=
        std::erase_if(contours, [&](const PlacedContour& one) { return std::abs(one.planeZ - plane) > kSamePlane; });
  }

  void fillSlice(int z, std::vector<PlacedContour>& contours) {
    keepNearestPlane(z, contours);
    std::vector<FilledContour> areas;
    for (const PlacedContour& contour : contours) {
      areas.push_back(filledContour(contour.corners, grid_.size));
      for (const Point3& corner : contour.corners)
        movedMm_ = std::max(movedMm_, std::abs(corner.z - z) * grid_.spacing.z);
    }
    SlicePixels pixels(grid_.size);
    if (roi_.xorContours) {
      for (const FilledContour& area : areas) pixels.change(area, [](std::uint8_t& pixel) { pixel ^= 1; });
    } else {
      unite(areas, pixels);
    }
    write(z, areas, pixels);
  }

  /// Larger ones first: one that lies in an odd number of them is a hole.
  void unite(std::vector<FilledContour>& areas, SlicePixels& pixels) {
    std::ranges::stable_sort(areas, std::greater<>(), &FilledContour::count);
    for (std::size_t i = 0; i < areas.size(); ++i) {
      std::size_t around = 0;
      for (std::size_t j = 0; j < i; ++j) around += isAround(areas[j], areas[i]) ? 1 : 0;
      const bool isHole = around % 2 == 1 && areas[i].count > 0;
      holes_ += isHole ? 1 : 0;
      pixels.change(areas[i], [isHole](std::uint8_t& pixel) { pixel = isHole ? 0 : 1; });
    }
  }

  static bool isAround(const FilledContour& outer, const FilledContour& inner) {
    return outer.count > inner.count && outer.holds(inner) && !runsAlong(*inner.corners, *outer.corners);
  }

  void write(int z, const std::vector<FilledContour>& areas, SlicePixels& pixels) {
    Box box;
    for (const FilledContour& area : areas)
      box = recontour::unite(box, {{area.x0, area.y0, z}, {area.x0 + area.width, area.y0 + area.height, z + 1}});
    if (box.empty()) return;
    DenseBox dense{box.size(), {}};
    for (int y = box.lower.y; y < box.upper.y; ++y)
      for (int x = box.lower.x; x < box.upper.x; ++x)
        dense.labels.push_back(pixels.pixel(x, y) != 0 ? label_ : Label{0});
    result_.voxels.write(box, dense);
    if (std::ranges::any_of(dense.labels, [](Label label) { return label != 0; }))
      result_.box = recontour::unite(result_.box, box);
  }

  void tell() {
    const auto add = [this](const std::string& note) { result_.notes.push_back(note); };
    if (movedMm_ > kToldMm) add("points were moved by up to " + millimetres(movedMm_) + " onto the CT's slices");
    if (passedOver_ > 0)
      add(std::to_string(passedOver_) + " contours lie between the CT's slices, nearer to others, and do not count");
    if (holes_ > 0) add(std::to_string(holes_) + " contours inside of others were taken as holes");
    if (slices_.empty()) return;
    const int span = slices_.rbegin()->first - slices_.begin()->first + 1;
    const int without = span - static_cast<int>(slices_.size());
    if (without > 0)
      add("has no contour on " + std::to_string(without) + (without == 1 ? " slice" : " slices") +
          " between its first and its last");
  }

  const Roi& roi_;
  const Geometry& grid_;
  Label label_;
  RoiVoxels result_;
  std::map<int, std::vector<PlacedContour>> slices_;
  double movedMm_ = 0;
  std::size_t passedOver_ = 0, holes_ = 0;
};

}  // namespace

std::optional<int> nearestSlice(const Contour& contour, const Geometry& grid) {
  if (contour.pointsMm.empty()) return {};
  double z = 0;
  for (const Point3& point : contour.pointsMm) z += grid.toIndex(point).z;
  z /= static_cast<double>(contour.pointsMm.size());
  if (!(z >= -0.5 - kTolerance && z <= grid.size.z - 0.5 + kTolerance)) return {};
  return std::clamp(static_cast<int>(std::lround(z)), 0, grid.size.z - 1);
}

RoiVoxels voxelsOf(const Roi& roi, const Geometry& grid, Label label) { return Filling(roi, grid, label).all(); }

}  // namespace recontour
