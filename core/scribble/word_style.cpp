// WORD's generator (github.com/HiLab-git/WORD), by its description: numbers are its own.
#include <cmath>
#include <numbers>

#include "core/scribble/stroke_styles.h"

namespace recontour {
namespace {

constexpr int kErodedFrom = 900, kMovedFrom = 1000, kLeastPart = 15;  // pixels
constexpr double kLeastErosion = 1, kMostErosion = 15;
constexpr int kMostShift = 6;
constexpr double kMostTurn = 15 * std::numbers::pi / 180;

std::vector<cv::Point> neighbours(const Pixels& line, const cv::Point& at) {
  std::vector<cv::Point> found;
  for (int y = std::max(0, at.y - 1); y <= std::min(line.rows - 1, at.y + 1); ++y) {
    for (int x = std::max(0, at.x - 1); x <= std::min(line.cols - 1, at.x + 1); ++x) {
      if (line(y, x) != 0 && cv::Point(x, y) != at) found.emplace_back(x, y);
    }
  }
  return found;
}

cv::Point startOf(const Pixels& line) {
  std::vector<cv::Point> all;
  cv::findNonZero(line, all);
  for (const cv::Point& at : all) {
    if (neighbours(line, at).size() == 1) return at;
  }
  return all.front();  // a ring
}

/// From an end through the line, any way where it divides, so that side branches are left out.
Pixels walked(Pixels line, PortableRandom& random) {
  Pixels way = Pixels::zeros(line.size());
  cv::Point at = startOf(line);
  for (;;) {
    way(at.y, at.x) = 1;
    line(at.y, at.x) = 0;
    const auto next = neighbours(line, at);
    if (next.empty()) return way;
    at = next[static_cast<std::size_t>(random.below(static_cast<int>(next.size())))];
  }
}

Pixels movedALittle(const Pixels& stroke, PortableRandom& random) {
  const int right = random.below(2 * kMostShift + 1) - kMostShift, down = random.below(2 * kMostShift + 1) - kMostShift;
  const double turn = random.between(-kMostTurn, kMostTurn), cosine = std::cos(turn), sine = std::sin(turn);
  std::vector<cv::Point> all;
  cv::findNonZero(stroke, all);
  double x0 = 0, y0 = 0;
  for (const cv::Point& at : all) x0 += at.x, y0 += at.y;
  x0 /= static_cast<double>(all.size());
  y0 /= static_cast<double>(all.size());
  Pixels moved = Pixels::zeros(stroke.size());
  for (int y = 0; y < moved.rows; ++y) {
    for (int x = 0; x < moved.cols; ++x) {  // where each pixel comes from, so that no gaps arise
      const double dx = x - right - x0, dy = y - down - y0;
      const auto fromX = static_cast<int>(std::lround(x0 + cosine * dx + sine * dy));
      const auto fromY = static_cast<int>(std::lround(y0 - sine * dx + cosine * dy));
      const bool inside = fromX >= 0 && fromY >= 0 && fromX < moved.cols && fromY < moved.rows;
      moved(y, x) = inside ? stroke(fromY, fromX) : 0;
    }
  }
  return moved;
}

}  // namespace

Pixels wordStroke(const Pixels& organ, bool background, PortableRandom& random) {
  const int area = areaOf(organ);
  Pixels core = organ;
  if (area > kErodedFrom)
    core = eroded(organ, static_cast<int>(std::ceil(random.between(kLeastErosion, kMostErosion))));
  const Pixels skeleton = skeletonOf(core);
  if (background) return skeleton;
  Pixels stroke = Pixels::zeros(organ.size());
  const auto parts = partsOf(skeleton);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == 0 || areaOf(parts[i]) > kLeastPart) stroke |= walked(parts[i], random);
  }
  stroke = dilated(stroke, 1);
  const Pixels inPlace = stroke & organ;
  if (area <= kMovedFrom) return inPlace;
  const Pixels moved = movedALittle(stroke, random) & organ;
  return areaOf(moved) > 0 ? moved : inPlace;
}

}  // namespace recontour
