#pragma once
#include <vector>

#include "core/phantom/ellipsoid.h"

namespace recontour {

/// Height of the diaphragm's lower side over every column: drawn over liver, spleen and stomach like a cloth.
class Diaphragm {
 public:
  /// @param organs  the organs that hold it up
  Diaphragm(const Parameters& parameters, const std::vector<EllipsoidUnion>& organs, const BoundsMm& cover);
  double heightAt(double x, double y) const;
  double lowest() const { return lowest_; }

 private:
  double rawHeight(const Parameters& parameters, const std::vector<EllipsoidUnion>& organs, double x, double y) const;
  double& node(int i, int j) { return heights_[static_cast<std::size_t>(j * columns_ + i)]; }
  double node(int i, int j) const { return heights_[static_cast<std::size_t>(j * columns_ + i)]; }
  void smooth(double sigmaMm);

  double stepMm_;
  Point3 first_;
  int columns_, rows_;
  std::vector<double> heights_;
  double lowest_ = 0;
};

}  // namespace recontour
