#pragma once
#include <limits>
#include <vector>

#include "core/phantom/ellipsoid.h"
#include "core/phantom/noise_fields.h"
#include "core/phantom/tissue.h"
#include "core/phantom/tube.h"

namespace recontour {

/// Where shapes are asked for: at the voxel itself (bones), or where the patient's random displacement takes it (soft
/// tissue), so that neighbours stay neighbours.
enum class Space { Fixed, Displaced };

/// One axial slice while it is painted: tissue and label of every voxel, and what painters need to know about it.
/// One thread at a time.
class SliceCanvas {
 public:
  SliceCanvas(const Geometry& geometry, const NoiseFields& fields);
  /// Clears the canvas and moves it to slice k.
  void begin(int k);

  std::span<const double> xs() const { return xs_; }
  std::span<const double> ys() const { return ys_; }
  double z() const { return z_; }
  std::size_t pixels() const { return tissue.size(); }
  Point3 position(std::size_t at, std::size_t i, std::size_t j, Space space) const;

  std::vector<Tissue> tissue;
  std::vector<Label> label;
  std::vector<float> bodyDepth, cavityDepth;  ///< mm, > 0 inside
  std::vector<float> aboveDiaphragm;          ///< mm, <= 0 in the abdomen
  std::vector<float> n5, n7, n9, n18;         ///< noise, SD 1

  void set(std::size_t at, Tissue newTissue, Label newLabel = 0) {
    tissue[at] = newTissue;
    label[at] = newLabel;
  }

  /// Calls paint(at, position) for every voxel of the slice whose position may lie in `bounds`.
  template <typename Paint>
  void each(const BoundsMm& bounds, Space space, Paint paint) const;
  /// Calls paint(at, position, depth) where the shape's depth > -marginMm. Shape: Ellipsoid or EllipsoidUnion.
  template <typename Shape, typename Paint>
  void eachInside(const Shape& shape, double marginMm, Space space, Paint paint) const;
  /// Calls paint(at, hit) where hit.depth > -marginMm.
  template <typename Paint>
  void eachInTube(const Tube& tube, double marginMm, Space space, Paint paint);

 private:
  struct Window {
    std::size_t x0 = 0, x1 = 0, y0 = 0, y1 = 0;
    bool empty() const { return x0 >= x1 || y0 >= y1; }
  };
  static constexpr float kFar = -std::numeric_limits<float>::max();
  Window window(const BoundsMm& bounds, double marginMm, Space space) const;
  void displace();
  void hitTube(const Tube& tube, double marginMm, Space space, Window& touched);

  const NoiseFields& fields_;
  Geometry geometry_;
  std::vector<double> xs_, ys_;
  double z_ = 0;
  std::vector<float> displacement_[3];
  double largestDisplacement_[3] = {};
  std::vector<TubeHit> hits_;
};

template <typename Paint>
void SliceCanvas::each(const BoundsMm& bounds, Space space, Paint paint) const {
  const Window box = window(bounds, 0, space);
  for (std::size_t j = box.y0; j < box.y1; ++j) {
    for (std::size_t i = box.x0; i < box.x1; ++i) {
      const std::size_t at = j * xs_.size() + i;
      paint(at, position(at, i, j, space));
    }
  }
}

template <typename Shape, typename Paint>
void SliceCanvas::eachInside(const Shape& shape, double marginMm, Space space, Paint paint) const {
  each(shape.bounds(marginMm), space, [&](std::size_t at, const Point3& p) {
    const double depth = shape.depth(p);
    if (depth > -marginMm) paint(at, p, depth);
  });
}

template <typename Paint>
void SliceCanvas::eachInTube(const Tube& tube, double marginMm, Space space, Paint paint) {
  Window touched{xs_.size(), 0, ys_.size(), 0};
  hitTube(tube, marginMm, space, touched);
  for (std::size_t j = touched.y0; j < touched.y1; ++j) {
    for (std::size_t i = touched.x0; i < touched.x1; ++i) {
      const std::size_t at = j * xs_.size() + i;
      if (hits_[at].depth > -static_cast<float>(marginMm)) paint(at, hits_[at]);
      hits_[at].depth = kFar;
    }
  }
}

}  // namespace recontour
