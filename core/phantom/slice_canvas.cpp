#include "core/phantom/slice_canvas.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

std::vector<double> centres(int count, double first, double spacing) {
  std::vector<double> positions;
  for (int i = 0; i < count; ++i) positions.push_back(first + i * spacing);
  return positions;
}

/// Indices of the ascending `positions` within lower..upper.
std::pair<std::size_t, std::size_t> range(const std::vector<double>& positions, double lower, double upper) {
  const auto first = std::lower_bound(positions.begin(), positions.end(), lower);
  const auto last = std::upper_bound(first, positions.end(), upper);
  return {static_cast<std::size_t>(first - positions.begin()), static_cast<std::size_t>(last - positions.begin())};
}

}  // namespace

SliceCanvas::SliceCanvas(const Geometry& geometry, const NoiseFields& fields)
    : fields_(fields),
      geometry_(geometry),
      xs_(centres(geometry.size.x, geometry.origin.x, geometry.spacing.x)),
      ys_(centres(geometry.size.y, geometry.origin.y, geometry.spacing.y)) {
  const std::size_t count = xs_.size() * ys_.size();
  tissue.resize(count);
  label.resize(count);
  hits_.resize(count, TubeHit{kFar, 0, 0});
  for (auto* field : {&bodyDepth, &cavityDepth, &aboveDiaphragm, &n5, &n7, &n9, &n18}) field->resize(count);
  for (auto& axis : displacement_) axis.resize(count);
}

void SliceCanvas::begin(int k) {
  z_ = geometry_.origin.z + k * geometry_.spacing.z;
  std::fill(tissue.begin(), tissue.end(), Tissue::Air);
  std::fill(label.begin(), label.end(), Label{0});
  fields_.n5.fillSlice(xs_, ys_, z_, n5);
  fields_.n7.fillSlice(xs_, ys_, z_, n7);
  fields_.n9.fillSlice(xs_, ys_, z_, n9);
  fields_.n18.fillSlice(xs_, ys_, z_, n18);
  displace();
}

void SliceCanvas::displace() {
  std::vector<float> fine(pixels());
  for (std::size_t axis = 0; axis < 3; ++axis) {
    auto& field = displacement_[axis];
    fields_.displaceCoarse[axis].fillSlice(xs_, ys_, z_, field);
    fields_.displaceFine[axis].fillSlice(xs_, ys_, z_, fine);
    float largest = 0;
    for (std::size_t at = 0; at < field.size(); ++at) {
      field[at] = fields_.displaceCoarseMm * field[at] + fields_.displaceFineMm * fine[at];
      largest = std::max(largest, std::abs(field[at]));
    }
    largestDisplacement_[axis] = static_cast<double>(largest);
  }
}

Point3 SliceCanvas::position(std::size_t at, std::size_t i, std::size_t j, Space space) const {
  if (space == Space::Fixed) return {xs_[i], ys_[j], z_};
  return {xs_[i] + static_cast<double>(displacement_[0][at]), ys_[j] + static_cast<double>(displacement_[1][at]),
          z_ + static_cast<double>(displacement_[2][at])};
}

SliceCanvas::Window SliceCanvas::window(const BoundsMm& bounds, double marginMm, Space space) const {
  Point3 margin{marginMm, marginMm, marginMm};
  if (space == Space::Displaced) {
    margin = margin + Point3{largestDisplacement_[0], largestDisplacement_[1], largestDisplacement_[2]};
  }
  if (z_ < bounds.lower.z - margin.z || z_ > bounds.upper.z + margin.z) return {};
  const auto [x0, x1] = range(xs_, bounds.lower.x - margin.x, bounds.upper.x + margin.x);
  const auto [y0, y1] = range(ys_, bounds.lower.y - margin.y, bounds.upper.y + margin.y);
  return {x0, x1, y0, y1};
}

void SliceCanvas::hitTube(const Tube& tube, double marginMm, Space space, Window& touched) {
  for (const auto& segment : tube.segments()) {
    const Window box = window(segment.bounds, marginMm, space);
    if (box.empty()) continue;
    touched = {std::min(touched.x0, box.x0), std::max(touched.x1, box.x1), std::min(touched.y0, box.y0),
               std::max(touched.y1, box.y1)};
    for (std::size_t j = box.y0; j < box.y1; ++j) {
      for (std::size_t i = box.x0; i < box.x1; ++i) {
        const std::size_t at = j * xs_.size() + i;
        const TubeHit hit = Tube::hit(segment, position(at, i, j, space));
        if (hit.depth > hits_[at].depth) hits_[at] = hit;
      }
    }
  }
}

}  // namespace recontour
