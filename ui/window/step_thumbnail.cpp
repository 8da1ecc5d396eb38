#include "ui/window/step_thumbnail.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace recontour {
namespace {

constexpr double kLeastMm = 40;  // of the CT that is seen
constexpr double kAround = 1.4;  // of what changed

struct Place {
  Plane plane = Plane::Axial;
  int slice = 0;
};

Index3 voxelOf(std::uint64_t number, const Size3& size) {
  const auto width = static_cast<std::uint64_t>(size.x), height = static_cast<std::uint64_t>(size.y);
  return {static_cast<int>(number % width), static_cast<int>(number / width % height),
          static_cast<int>(number / (width * height))};
}

Place placeOf(const std::vector<LabelRun>& changes, const StepSummary& step, const AxisMap& axisMap) {
  if (step.slice >= 0 && !step.plane.empty()) return {planeNamed(step.plane), step.slice};
  std::map<int, std::uint64_t> voxels;  // by slice
  for (const LabelRun& run : changes) {
    const Index3 first = voxelOf(run.start, axisMap.geometry().size);
    voxels[axisMap.sliceAt(Plane::Axial, axisMap.geometry().toWorld(first))] += run.length;
  }
  const auto most = std::ranges::max_element(voxels, {}, [](const auto& entry) { return entry.second; });
  return {Plane::Axial, most->first};
}

/// Colour of each changed voxel of the slice by its place in the picture.
class Changed {
 public:
  Changed(const std::vector<LabelRun>& changes, const Place& place, const AxisMap& axisMap) : axisMap_(axisMap) {
    const PlaneAxes& axes = axisMap.axes(place.plane);
    const int wanted = axisMap.voxelAt(place.plane, 0, 0, place.slice)[axes.sliceAxis];
    for (const LabelRun& run : changes) {
      for (std::uint32_t i = 0; i < run.length; ++i) {
        const Index3 voxel = voxelOf(run.start + i, axisMap.geometry().size);
        if (voxel[axes.sliceAxis] == wanted) add(voxel, run.after);
      }
    }
  }
  bool empty() const { return labels_.empty(); }
  const Label* at(const Index3& voxel) const {
    const auto found = labels_.find(numberOf(voxel));
    return found == labels_.end() ? nullptr : &found->second;
  }
  Index3 lowest() const { return low_; }
  Index3 highest() const { return high_; }

 private:
  std::uint64_t numberOf(const Index3& voxel) const {
    const Size3& size = axisMap_.geometry().size;
    return (static_cast<std::uint64_t>(voxel.z) * static_cast<std::uint64_t>(size.y) +
            static_cast<std::uint64_t>(voxel.y)) *
               static_cast<std::uint64_t>(size.x) +
           static_cast<std::uint64_t>(voxel.x);
  }
  void add(const Index3& voxel, Label after) {
    labels_[numberOf(voxel)] = after;
    for (int axis = 0; axis < 3; ++axis) {
      low_[axis] = labels_.size() == 1 ? voxel[axis] : std::min(low_[axis], voxel[axis]);
      high_[axis] = labels_.size() == 1 ? voxel[axis] : std::max(high_[axis], voxel[axis]);
    }
  }
  const AxisMap& axisMap_;
  std::unordered_map<std::uint64_t, Label> labels_;
  Index3 low_, high_;
};

QRgb blended(int grey, const LabelStyle& style) {
  const auto part = [grey](int colour) { return (grey + 2 * colour) / 3; };
  return qRgb(part(style.colour[0]), part(style.colour[1]), part(style.colour[2]));
}

}  // namespace

QImage stepThumbnail(const std::vector<LabelRun>& changes, const StepSummary& step, const Volume& volume,
                     const AxisMap& axisMap, const WindowLevel& window, const LabelPalette& palette, int pixels) {
  if (changes.empty() || volume.empty()) return {};
  const Place place = placeOf(changes, step, axisMap);
  const Changed changed(changes, place, axisMap);
  if (changed.empty()) return {};
  const Point3 from = axisMap.pictureAt(place.plane, axisMap.geometry().toWorld(changed.lowest()));
  const Point3 to = axisMap.pictureAt(place.plane, axisMap.geometry().toWorld(changed.highest()));
  const double columnMm = axisMap.columnSpacingMm(place.plane), rowMm = axisMap.rowSpacingMm(place.plane);
  const double sideMm = std::max(
      {kLeastMm, kAround * (std::abs(to.x - from.x) + 1) * columnMm, kAround * (std::abs(to.y - from.y) + 1) * rowMm});
  QImage image(pixels, pixels, QImage::Format_RGB32);
  image.fill(Qt::black);
  for (int y = 0; y < pixels; ++y) {
    for (int x = 0; x < pixels; ++x) {
      const double right = ((x + 0.5) / pixels - 0.5) * sideMm, down = ((y + 0.5) / pixels - 0.5) * sideMm;
      const auto column = static_cast<int>(std::lround((from.x + to.x) / 2 + right / columnMm));
      const auto row = static_cast<int>(std::lround((from.y + to.y) / 2 + down / rowMm));
      if (column < 0 || row < 0 || column >= axisMap.columns(place.plane) || row >= axisMap.rows(place.plane)) continue;
      const Index3 voxel = axisMap.voxelAt(place.plane, column, row, place.slice);
      const double part = (volume.at(voxel) - window.levelHu) / window.widthHu + 0.5;
      const int grey = static_cast<int>(255 * std::clamp(part, 0.0, 1.0));
      const Label* label = changed.at(voxel);
      image.setPixel(x, y,
                     label == nullptr ? qRgb(grey, grey, grey)
                     : *label == 0    ? qRgb(grey / 3, grey / 3, grey / 3)
                                      : blended(grey, palette[*label]));
    }
  }
  return image;
}

}  // namespace recontour
