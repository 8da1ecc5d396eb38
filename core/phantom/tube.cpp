#include "core/phantom/tube.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace recontour {
namespace {

TubePoint catmullRom(const TubePoint& p0, const TubePoint& p1, const TubePoint& p2, const TubePoint& p3, double t) {
  const double w0 = ((2 - t) * t - 1) * t / 2;
  const double w1 = ((3 * t - 5) * t * t + 2) / 2;
  const double w2 = ((4 - 3 * t) * t + 1) * t / 2;
  const double w3 = (t - 1) * t * t / 2;
  return {p0.at * w0 + p1.at * w1 + p2.at * w2 + p3.at * w3,
          p0.radiusMm * w0 + p1.radiusMm * w1 + p2.radiusMm * w2 + p3.radiusMm * w3};
}

std::vector<TubePoint> sampleSpline(const std::vector<TubePoint>& points, double stepMm) {
  std::vector<TubePoint> samples{points.front()};
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const auto& before = points[i == 0 ? 0 : i - 1];
    const auto& after = points[std::min(i + 2, points.size() - 1)];
    const int steps = std::max(1, static_cast<int>(std::ceil(length(points[i + 1].at - points[i].at) / stepMm)));
    for (int step = 1; step <= steps; ++step) {
      samples.push_back(catmullRom(before, points[i], points[i + 1], after, static_cast<double>(step) / steps));
    }
  }
  return samples;
}

BoundsMm boundsOf(const TubePoint& a, const TubePoint& b) {
  const double radius = std::max(a.radiusMm, b.radiusMm);
  BoundsMm box;
  for (int axis = 0; axis < 3; ++axis) {
    box.lower[axis] = std::min(a.at[axis], b.at[axis]) - radius;
    box.upper[axis] = std::max(a.at[axis], b.at[axis]) + radius;
  }
  return box;
}

}  // namespace

Tube::Tube(const std::vector<TubePoint>& points, double stepMm, const Haustra& haustra) {
  auto samples = sampleSpline(points, stepMm);
  std::vector<double> arcs{0};
  for (std::size_t i = 1; i < samples.size(); ++i)
    arcs.push_back(arcs.back() + length(samples[i].at - samples[i - 1].at));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i].radiusMm *= 1 + haustra.height * std::sin(2 * std::numbers::pi * arcs[i] / haustra.periodMm);
  }
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const TubePoint &a = samples[i - 1], &b = samples[i];
    const Point3 along = b.at - a.at;
    const double square = dot(along, along);
    segments_.push_back({a.at, along, square > 0 ? 1 / square : 0, static_cast<float>(a.radiusMm),
                         static_cast<float>(b.radiusMm - a.radiusMm), static_cast<float>(arcs[i - 1]),
                         static_cast<float>(arcs[i] - arcs[i - 1]), boundsOf(a, b)});
  }
  lengthMm_ = arcs.back();
}

std::vector<TubePoint> Tube::points(const Parameters& parameters, const std::string& key) {
  std::vector<TubePoint> points;
  for (const auto& row : parameters.rows(key, 4)) points.push_back({{row[0], row[1], row[2]}, row[3]});
  if (points.size() < 2) parameters.fail(key, "needs two points or more");
  return points;
}

std::vector<TubePoint> Tube::mirrored(std::vector<TubePoint> points) {
  for (auto& point : points) point.at.x = -point.at.x;
  return points;
}

TubeHit Tube::hit(const Segment& segment, const Point3& p) {
  const Point3 d = p - segment.from;
  const double t = std::clamp(dot(d, segment.along) * segment.inverseSquare, 0.0, 1.0);
  const Point3 rest = d - segment.along * t;
  const float part = static_cast<float>(t);
  return {segment.radius + segment.radiusChange * part - static_cast<float>(length(rest)),
          segment.arc + segment.arcChange * part, static_cast<float>(rest.y)};
}

}  // namespace recontour
