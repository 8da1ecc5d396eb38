#include "core/scribble/correction_strokes.h"

#include <algorithm>
#include <queue>

#include "core/image/axis_map.h"
#include "core/image/slice.h"
#include "core/scribble/slice_pixels.h"

namespace recontour {
namespace {

constexpr int kSmallestRegion = 9;  // pixels: less is the trembling of a hand

/// What lies there now where it is not what lay there before, as a raster of strokes has it.
LabelMap changedVoxels(const LabelMap& before, const LabelMap& after) {
  LabelMap changed(after.size());
  forEachBrickOfEither(before, after, [&](const Box& box, const DenseBox& from, DenseBox to) {
    for (std::size_t i = 0; i < to.labels.size(); ++i)
      to.labels[i] = to.labels[i] == from.labels[i] ? Label{0} : rasterLabel(to.labels[i]);
    changed.write(box, to);
  });
  return changed;
}

struct Walk {
  cv::Point end;  ///< farthest from the start
  cv::Mat_<cv::Point> cameFrom;
};

/// Breadth first over pixels that touch at sides or corners.
Walk walkFrom(const Pixels& line, const cv::Point& start) {
  Walk walk{start, cv::Mat_<cv::Point>(line.size(), cv::Point(-1, -1))};
  walk.cameFrom(start) = start;
  std::queue<cv::Point> open({start});
  while (!open.empty()) {
    walk.end = open.front();
    open.pop();
    for (int n = 0; n < 9; ++n) {
      const cv::Point next = walk.end + cv::Point(n % 3 - 1, n / 3 - 1);
      const bool inside = cv::Rect({}, line.size()).contains(next);
      if (!inside || line(next) == 0 || walk.cameFrom(next).x >= 0) continue;
      walk.cameFrom(next) = walk.end;
      open.push(next);
    }
  }
  return walk;
}

/// The longest way along a skeleton, without side branches.
std::vector<cv::Point> longestWay(const Pixels& skeleton) {
  const auto first = std::find(skeleton.begin(), skeleton.end(), 1);
  const Walk back = walkFrom(skeleton, walkFrom(skeleton, first.pos()).end);
  std::vector<cv::Point> way = {back.end};
  while (back.cameFrom(way.back()) != way.back()) way.push_back(back.cameFrom(way.back()));
  return way;
}

/// Pixels on a straight line need not be named.
std::vector<cv::Point> corners(const std::vector<cv::Point>& way) {
  std::vector<cv::Point> kept;
  for (std::size_t i = 0; i < way.size(); ++i) {
    const bool inner = i > 0 && i + 1 < way.size();
    if (!inner || way[i] - way[i - 1] != way[i + 1] - way[i]) kept.push_back(way[i]);
  }
  return kept;
}

/// The regions of one label on a slice.
std::vector<Pixels> regionsOf(const Slice<Label>& slice, Label label) {
  Pixels pixels(slice.rows, slice.columns);
  std::ranges::transform(slice.pixels, pixels.begin(), [label](Label at) { return at == label ? 1 : 0; });
  auto parts = partsOf(pixels);
  std::erase_if(parts, [](const Pixels& part) { return areaOf(part) < kSmallestRegion; });
  return parts;
}

}  // namespace

std::vector<ScribbleStroke> correctionStrokes(const LabelMap& before, const LabelMap& after, const Geometry& geometry,
                                              const std::string& author, std::uint64_t firstId) {
  const AxisMap axisMap(geometry);
  const LabelMap changed = changedVoxels(before, after);
  const double thinMm = 0.25 * std::min(axisMap.columnSpacingMm(Plane::Axial), axisMap.rowSpacingMm(Plane::Axial));
  std::vector<ScribbleStroke> strokes;
  Slice<Label> slice;
  for (int number = 0; number < axisMap.slices(Plane::Axial); ++number) {
    extractSlice(changed, axisMap, Plane::Axial, number, slice);
    std::vector<Label> labels = slice.pixels;
    std::ranges::sort(labels);
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    for (const Label label : labels) {
      if (label == 0) continue;
      for (const Pixels& region : regionsOf(slice, label)) {
        ScribbleStroke stroke{.id = firstId + strokes.size(),
                              .label = label == kBackgroundStroke ? Label{0} : label,
                              .author = author,
                              .origin = StrokeOrigin::Corrected,
                              .slice = number,
                              .radiusMm = thinMm};
        for (const cv::Point& at : corners(longestWay(skeletonOf(eroded(region, 1)))))
          stroke.points.push_back({axisMap.worldAt(Plane::Axial, at.x, at.y, number), 0});
        strokes.push_back(std::move(stroke));
      }
    }
  }
  return strokes;
}

}  // namespace recontour
