#include "core/scribble/slice_pixels.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <opencv2/imgproc.hpp>

namespace recontour {
namespace {

const cv::Mat& square() {
  static const cv::Mat element = cv::Mat::ones(3, 3, CV_8U);
  return element;
}

/// The eight neighbours, from above, clockwise.
std::array<int, 8> around(const Pixels& pixels, const cv::Point& at) {
  const auto p = [&](int x, int y) { return pixels(at.y + y, at.x + x) != 0 ? 1 : 0; };
  return {p(0, -1), p(1, -1), p(1, 0), p(1, 1), p(0, 1), p(-1, 1), p(-1, 0), p(-1, -1)};
}

bool goes(const Pixels& pixels, const cv::Point& at, bool second) {
  const auto n = around(pixels, at);
  int count = 0, rises = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    count += n[i];
    rises += n[i] == 0 && n[(i + 1) % 8] == 1;
  }
  if (count < 2 || count > 6 || rises != 1) return false;
  const int up = n[0], right = n[2], down = n[4], left = n[6];
  return second ? up * right * left == 0 && up * down * left == 0 : up * right * down == 0 && right * down * left == 0;
}

constexpr unsigned char kAlive = 1, kBorder = 3;  // bit 1: already among the border's pixels

/// Pixels of the border, which alone can go; they are marked in `pixels`.
std::vector<cv::Point> borderOf(Pixels& pixels) {
  std::vector<cv::Point> border;
  const Pixels before = pixels.clone();
  for (int y = 1; y < pixels.rows - 1; ++y) {
    for (int x = 1; x < pixels.cols - 1; ++x) {
      const auto n = around(before, {x, y});
      if (before(y, x) == 0 || std::ranges::count(n, 1) == 8) continue;
      pixels(y, x) = kBorder;
      border.emplace_back(x, y);
    }
  }
  return border;
}

/// What was beside pixels that go is border now.
void takeAway(const std::vector<cv::Point>& gone, Pixels& pixels, std::vector<cv::Point>& border) {
  for (const cv::Point& at : gone) pixels(at.y, at.x) = 0;
  std::erase_if(border, [&](const cv::Point& at) { return pixels(at.y, at.x) == 0; });
  for (const cv::Point& at : gone) {
    for (int y = at.y - 1; y <= at.y + 1; ++y) {
      for (int x = at.x - 1; x <= at.x + 1; ++x) {
        if (pixels(y, x) != kAlive) continue;
        pixels(y, x) = kBorder;
        border.emplace_back(x, y);
      }
    }
  }
}

/// Steps of a stair touch at their corners without the pixel between them; a walk along the line would get stuck there.
void takeCorners(Pixels& pixels) {
  for (int y = 1; y < pixels.rows - 1; ++y) {
    for (int x = 1; x < pixels.cols - 1; ++x) {
      if (pixels(y, x) == 0) continue;
      const auto n = around(pixels, {x, y});
      for (std::size_t side = 0; side < 8; side += 2) {  // this side and the next one, and nothing opposite
        const bool corner = n[side] == 1 && n[(side + 2) % 8] == 1;
        const bool needed = n[(side + 4) % 8] + n[(side + 5) % 8] + n[(side + 6) % 8] > 0;
        if (corner && !needed) pixels(y, x) = 0;
      }
      if (pixels(y, x) != 0) pixels(y, x) = 1;
    }
  }
}

}  // namespace

int areaOf(const Pixels& pixels) { return cv::countNonZero(pixels); }

Pixels eroded(const Pixels& pixels, int times) {
  Pixels left = pixels;
  for (int i = 0; i < times; ++i) {
    Pixels next;
    cv::erode(left, next, square(), {-1, -1}, 1, cv::BORDER_CONSTANT, 0);
    if (areaOf(next) == 0) break;
    left = next;
  }
  return left;
}

Pixels dilated(const Pixels& pixels, int times) {
  Pixels grown;
  cv::dilate(pixels, grown, square(), {-1, -1}, times, cv::BORDER_CONSTANT, 0);
  return grown;
}

Pixels skeletonOf(const Pixels& pixels) {
  Pixels padded;
  cv::copyMakeBorder(pixels, padded, 1, 1, 1, 1, cv::BORDER_CONSTANT, 0);
  std::vector<cv::Point> border = borderOf(padded), gone;
  for (bool changed = true; changed;) {
    changed = false;
    for (const bool second : {false, true}) {
      gone.clear();
      std::ranges::copy_if(border, std::back_inserter(gone),
                           [&](const cv::Point& at) { return goes(padded, at, second); });
      takeAway(gone, padded, border);
      changed = changed || !gone.empty();
    }
  }
  takeCorners(padded);
  const Pixels inner = padded(cv::Rect(1, 1, pixels.cols, pixels.rows)).clone();
  return areaOf(inner) > 0 ? inner : pixels;  // a square of four vanishes whole
}

std::vector<Pixels> partsOf(const Pixels& pixels) {
  cv::Mat numbers;
  const int count = cv::connectedComponents(pixels, numbers, 8, CV_32S);
  std::vector<Pixels> parts;
  for (int number = 1; number < count; ++number) parts.emplace_back((numbers == number) / 255);
  std::ranges::stable_sort(parts, std::greater<>(), areaOf);
  return parts;
}

}  // namespace recontour
