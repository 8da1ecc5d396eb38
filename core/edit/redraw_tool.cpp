#include "core/edit/redraw_tool.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/edit/picture_polygon.h"

namespace recontour {
namespace {

using Loop = std::vector<PicturePoint>;  ///< corners of pixels, closed

/// The organ's pixels on a slice.
class SliceMask {
 public:
  SliceMask(const EditTransaction& edit, const AxisMap& axisMap, const PointerSample& on, Label organ)
      : columns_(axisMap.columns(on.plane)), rows_(axisMap.rows(on.plane)) {
    for (int row = 0; row < rows_; ++row) {
      for (int column = 0; column < columns_; ++column)
        pixels_.push_back(edit.labels().at(axisMap.voxelAt(on.plane, column, row, on.slice)) == organ);
    }
  }
  bool at(int column, int row) const {
    const bool inside = column >= 0 && row >= 0 && column < columns_ && row < rows_;
    return inside && pixels_[static_cast<std::size_t>(row * columns_ + column)];
  }
  /// All contours, along the edges between pixels with the organ at the right hand.
  std::vector<Loop> loops() const {
    std::multimap<std::pair<int, int>, std::pair<int, int>> edges;  // from corner to corner
    for (int row = 0; row < rows_; ++row) {
      for (int column = 0; column < columns_; ++column) {
        if (!at(column, row)) continue;
        const int right = column + 1, below = row + 1;
        if (!at(column, row - 1)) edges.emplace(std::pair(column, row), std::pair(right, row));
        if (!at(right, row)) edges.emplace(std::pair(right, row), std::pair(right, below));
        if (!at(column, below)) edges.emplace(std::pair(right, below), std::pair(column, below));
        if (!at(column - 1, row)) edges.emplace(std::pair(column, below), std::pair(column, row));
      }
    }
    std::vector<Loop> loops;
    while (!edges.empty()) {
      Loop loop;
      for (auto edge = edges.begin(); edge != edges.end();) {
        const auto to = edge->second;
        loop.push_back({edge->first.first - 0.5, edge->first.second - 0.5});
        edges.erase(edge);
        edge = edges.find(to);
      }
      loops.push_back(std::move(loop));
    }
    return loops;
  }
  int columns() const { return columns_; }
  int rows() const { return rows_; }

 private:
  int columns_, rows_;
  std::vector<bool> pixels_;
};

/// Lengths in mm on the picture.
struct Measure {
  double columnMm, rowMm;
  double operator()(const PicturePoint& a, const PicturePoint& b) const {
    return std::hypot((a.column - b.column) * columnMm, (a.row - b.row) * rowMm);
  }
  std::size_t nearest(const Loop& loop, const PicturePoint& to) const {
    const auto found = std::ranges::min_element(loop, {}, [&](const PicturePoint& at) { return (*this)(at, to); });
    return static_cast<std::size_t>(found - loop.begin());
  }
  double of(const Loop& line) const {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i) sum += (*this)(line[i - 1], line[i]);
    return sum;
  }
};

/// The loop that both ends of the line lie nearest to.
const Loop& loopOf(const std::vector<Loop>& loops, const Loop& line, const Measure& mm) {
  return *std::ranges::min_element(loops, {}, [&](const Loop& loop) {
    return mm(loop[mm.nearest(loop, line.front())], line.front()) +
           mm(loop[mm.nearest(loop, line.back())], line.back());
  });
}

/// From one corner to another in the loop's direction, both included.
Loop piece(const Loop& loop, std::size_t from, std::size_t to) {
  Loop corners;
  for (std::size_t i = from;; i = (i + 1) % loop.size()) {
    corners.push_back(loop[i]);
    if (i == to) return corners;
  }
}

/// The loop with the line in the place of one of its pieces.
Loop redrawn(const Loop& loop, const Loop& line, const Measure& mm, bool keepsShorter) {
  const std::size_t first = mm.nearest(loop, line.front()), last = mm.nearest(loop, line.back());
  Loop onwards = piece(loop, last, first), back = piece(loop, first, last);
  std::ranges::reverse(back);  // from the line's end to its start too
  const bool takesOnwards = (mm.of(onwards) >= mm.of(back)) != keepsShorter;
  Loop result = line;
  const Loop& kept = takesOnwards ? onwards : back;
  result.insert(result.end(), kept.begin(), kept.end());
  return result;
}

std::vector<bool> filled(const Loop& loop, const SliceMask& mask) {
  std::vector<bool> pixels(static_cast<std::size_t>(mask.columns()) * static_cast<std::size_t>(mask.rows()));
  for (const PictureRun& run : pixelsInside(loop, mask.columns(), mask.rows())) {
    for (int column = run.first; column <= run.last; ++column)
      pixels[static_cast<std::size_t>(run.row * mask.columns() + column)] = true;
  }
  return pixels;
}

}  // namespace

Box RedrawTool::release(EditTransaction& edit) {
  const AxisMap axisMap(edit.geometry());
  const PointerSample on = path_.front();
  const SliceMask mask(edit, axisMap, on, organ_);
  const Measure mm{axisMap.columnSpacingMm(on.plane), axisMap.rowSpacingMm(on.plane)};
  Loop line;
  for (const PointerSample& sample : path_) line.push_back(picturePoint(axisMap, on.plane, sample.pointMm));
  const std::vector<Loop> loops = mask.loops();
  const Loop before = loops.empty() ? Loop() : loopOf(loops, line, mm);
  const auto old = filled(before, mask);
  const auto now = filled(before.empty() ? line : redrawn(before, line, mm, keepsShorter_), mask);
  std::size_t organPixels = 0, oldPixels = 0;
  for (int row = 0; row < mask.rows(); ++row) {
    for (int column = 0; column < mask.columns(); ++column) {
      if (!old[static_cast<std::size_t>(row * mask.columns() + column)]) continue;
      ++oldPixels;
      organPixels += mask.at(column, row);
    }
  }
  const bool isHole = oldPixels > 0 && 2 * organPixels < oldPixels;  // then the organ lies outside of the loop
  Box changed;
  for (int row = 0; row < mask.rows(); ++row) {
    for (int column = 0; column < mask.columns(); ++column) {
      const auto pixel = static_cast<std::size_t>(row * mask.columns() + column);
      if (old[pixel] == now[pixel]) continue;
      const bool becomesOrgan = now[pixel] != isHole;
      if (!becomesOrgan && !mask.at(column, row)) continue;  // another organ
      changed = unite(changed, paintRun(edit, axisMap, on.plane, on.slice, {row, column, column},
                                        becomesOrgan ? organ_ : Label{0}));
    }
  }
  return changed;
}

}  // namespace recontour
