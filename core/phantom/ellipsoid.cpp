#include "core/phantom/ellipsoid.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace recontour {
namespace {

std::array<Point3, 3> turnedAxes(const Point3& degrees) {
  const auto radians = [](double angle) { return angle * std::numbers::pi / 180; };
  const double ca = std::cos(radians(degrees.x)), sa = std::sin(radians(degrees.x));
  const double cb = std::cos(radians(degrees.y)), sb = std::sin(radians(degrees.y));
  const double cc = std::cos(radians(degrees.z)), sc = std::sin(radians(degrees.z));
  return {Point3{ca * cb, sa * cb, -sb}, Point3{ca * sb * sc - sa * cc, sa * sb * sc + ca * cc, cb * sc},
          Point3{ca * sb * cc + sa * sc, sa * sb * cc - ca * sc, cb * cc}};
}

void extend(BoundsMm& bounds, const BoundsMm& other) {
  for (int axis = 0; axis < 3; ++axis) {
    bounds.lower[axis] = std::min(bounds.lower[axis], other.lower[axis]);
    bounds.upper[axis] = std::max(bounds.upper[axis], other.upper[axis]);
  }
}

}  // namespace

Ellipsoid::Ellipsoid(const Point3& centre, const Point3& radii, const Point3& degrees)
    : centre_(centre),
      radii_(radii),
      degrees_(degrees),
      minRadius_(std::min({radii.x, radii.y, radii.z})),
      axes_(turnedAxes(degrees)) {}

Point3 Ellipsoid::local(const Point3& p) const {
  const Point3 d = p - centre_;
  return {dot(axes_[0], d) / radii_.x, dot(axes_[1], d) / radii_.y, dot(axes_[2], d) / radii_.z};
}

double Ellipsoid::depth(const Point3& p) const { return (1 - length(local(p))) * minRadius_; }

BoundsMm Ellipsoid::bounds(double marginMm) const {
  const double grown = 1 + marginMm / minRadius_;
  BoundsMm box;
  for (int axis = 0; axis < 3; ++axis) {
    double square = 0;
    for (int own = 0; own < 3; ++own) {
      const double reach = axes_[static_cast<std::size_t>(own)][axis] * radii_[own];
      square += reach * reach;
    }
    box.lower[axis] = centre_[axis] - grown * std::sqrt(square);
    box.upper[axis] = centre_[axis] + grown * std::sqrt(square);
  }
  return box;
}

std::optional<double> Ellipsoid::topAt(double x, double y, double inflateMm) const {
  // |u + dz v| = 1 in the ellipsoid's own units
  Point3 u, v;
  for (int own = 0; own < 3; ++own) {
    const Point3& axis = axes_[static_cast<std::size_t>(own)];
    const double radius = radii_[own] + inflateMm;
    u[own] = (axis.x * (x - centre_.x) + axis.y * (y - centre_.y)) / radius;
    v[own] = axis.z / radius;
  }
  const double root = dot(u, v) * dot(u, v) - dot(v, v) * (dot(u, u) - 1);
  if (root < 0) return std::nullopt;
  return centre_.z + (std::sqrt(root) - dot(u, v)) / dot(v, v);
}

Ellipsoid Ellipsoid::moved(const Point3& shift, double scale, const Point3& fixed) const {
  return {fixed + (centre_ - fixed) * scale + shift, radii_ * scale, degrees_};
}

Ellipsoid Ellipsoid::mirrored() const {
  return {{-centre_.x, centre_.y, centre_.z}, radii_, {-degrees_.x, -degrees_.y, degrees_.z}};
}

EllipsoidUnion::EllipsoidUnion(std::vector<Ellipsoid> parts, double blendMm)
    : parts_(std::move(parts)), blendMm_(blendMm) {}

EllipsoidUnion EllipsoidUnion::from(const Parameters& organ) {
  std::vector<Ellipsoid> parts;
  for (const auto& row : organ.rows("shape", 9)) {
    const Point3 radii{row[3], row[4], row[5]};
    if (radii.x <= 0 || radii.y <= 0 || radii.z <= 0) organ.fail("shape", "has a radius that is not above 0");
    parts.emplace_back(Point3{row[0], row[1], row[2]}, radii, Point3{row[6], row[7], row[8]});
  }
  return {std::move(parts), organ.number("blend")};
}

double EllipsoidUnion::depth(const Point3& p) const {
  if (parts_.size() == 1) return parts_.front().depth(p);
  double sum = 0;
  for (const auto& part : parts_) sum += std::exp(part.depth(p) / blendMm_);
  return blendMm_ * std::log(sum);
}

BoundsMm EllipsoidUnion::bounds(double marginMm) const {
  // n equal parts raise the union's depth by k ln n at most
  const double margin = marginMm + blendMm_ * std::log(static_cast<double>(parts_.size()));
  BoundsMm box = parts_.front().bounds(margin);
  for (const auto& part : parts_) extend(box, part.bounds(margin));
  return box;
}

Point3 EllipsoidUnion::centroid() const {
  Point3 sum;
  double total = 0;
  for (const auto& part : parts_) {
    const double volume = part.radii().x * part.radii().y * part.radii().z;
    sum = sum + part.centre() * volume;
    total += volume;
  }
  return sum * (1 / total);
}

EllipsoidUnion EllipsoidUnion::moved(const Point3& shift, double scale, const Point3& fixed) const {
  EllipsoidUnion other = *this;
  for (auto& part : other.parts_) part = part.moved(shift, scale, fixed);
  return other;
}

EllipsoidUnion EllipsoidUnion::mirrored() const {
  EllipsoidUnion other = *this;
  for (auto& part : other.parts_) part = part.mirrored();
  return other;
}

}  // namespace recontour
