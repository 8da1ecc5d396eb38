// Interior and border strokes, after the protocol of ScribbleBench (Gotkowski et al. 2024).
#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/scribble/stroke_styles.h"

namespace recontour {
namespace {

constexpr int kSamples = 400;
constexpr int kMostErosion = 4;
constexpr double kLeastPiece = 0.07, kMostPiece = 0.15;  // of the contour

/// One part, a larger one more likely.
Pixels anyPart(const Pixels& organ, PortableRandom& random) {
  const auto parts = partsOf(organ);
  double rest = random.uniform() * areaOf(organ);
  for (const Pixels& part : parts) {
    rest -= areaOf(part);
    if (rest < 0) return part;
  }
  return parts.back();
}

/// Three pixels wide.
void stamp(Pixels& stroke, const cv::Point& at) {
  const cv::Rect around = cv::Rect(at.x - 1, at.y - 1, 3, 3) & cv::Rect({}, stroke.size());
  stroke(around) = 1;
}

/// A quadratic B-spline with four control points, clamped at its ends.
cv::Point2d onCurve(const std::array<cv::Point2d, 4>& control, double t) {
  const auto quadratic = [](const cv::Point2d& a, const cv::Point2d& b, const cv::Point2d& c, double u) {
    return (1 - u) * (1 - u) * a + 2 * u * (1 - u) * b + u * u * c;
  };
  const cv::Point2d middle = (control[1] + control[2]) / 2;
  return t < 0.5 ? quadratic(control[0], control[1], middle, 2 * t)
                 : quadratic(middle, control[2], control[3], 2 * t - 1);
}

void drawInterior(const Pixels& part, Pixels& stroke, PortableRandom& random) {
  std::vector<cv::Point> all;
  cv::findNonZero(part, all);
  std::array<cv::Point2d, 4> control;
  for (cv::Point2d& point : control) point = all[static_cast<std::size_t>(random.below(static_cast<int>(all.size())))];
  for (int i = 0; i <= kSamples; ++i) {
    const cv::Point2d at = onCurve(control, static_cast<double>(i) / kSamples);
    stamp(stroke, {static_cast<int>(std::lround(at.x)), static_cast<int>(std::lround(at.y))});
  }
}

void drawBorder(const Pixels& part, Pixels& stroke, PortableRandom& random) {
  const Pixels core = eroded(part, 1 + random.below(kMostErosion));
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(core, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  const auto& longest = *std::ranges::max_element(contours, {}, [](const auto& contour) { return contour.size(); });
  const auto length = static_cast<int>(longest.size());
  const int start = random.below(length);
  const int count = std::max(1, static_cast<int>(std::lround(length * random.between(kLeastPiece, kMostPiece))));
  for (int i = 0; i < count; ++i) stamp(stroke, longest[static_cast<std::size_t>((start + i) % length)]);
}

}  // namespace

Pixels interiorAndBorderStroke(const Pixels& organ, PortableRandom& random) {
  const Pixels part = anyPart(organ, random);
  Pixels stroke = Pixels::zeros(organ.size());
  drawInterior(part, stroke, random);
  drawBorder(part, stroke, random);
  return stroke & part;
}

}  // namespace recontour
