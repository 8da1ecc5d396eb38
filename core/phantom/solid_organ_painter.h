#pragma once
#include <optional>

#include "core/phantom/slice_painter.h"

namespace recontour {

/// An organ made of ellipsoids: massive, or a wall round its content.
class SolidOrganPainter final : public SlicePainter {
 public:
  struct Options {
    Label label = 0;
    Tissue content = Tissue::Air;
    Tissue wall = Tissue::Air;
    double wallMm = 0;  ///< 0: no wall
    OrganRule rule;
    std::optional<double> gasAboveY{};    ///< gas in the lumen in front of this displaced y
    std::optional<float> lobulesAbove{};  ///< fat between lobules where n5 is above
  };
  SolidOrganPainter(EllipsoidUnion shape, const Options& options);
  void paint(SliceCanvas& canvas) const override;

 private:
  EllipsoidUnion shape_;
  Options options_;
};

/// y in front of which `part` (0..1) of the shape's interior, deeper than `wallMm`, lies; counted on a fixed grid.
double frontQuantile(const EllipsoidUnion& shape, double wallMm, double part);

/// Vessels inside the liver; the label stays.
class LiverVesselPainter final : public SlicePainter {
 public:
  explicit LiverVesselPainter(std::vector<Tube> vessels) : vessels_(std::move(vessels)) {}
  void paint(SliceCanvas& canvas) const override;

 private:
  std::vector<Tube> vessels_;
};

/// A kidney with cortex, medulla, sinus, its fat and its vein.
class KidneyPainter final : public SlicePainter {
 public:
  struct Placement {
    Point3 shiftMm;
    double scale = 1;
  };
  KidneyPainter(const Parameters& kidney, const Parameters& shared, const Placement& placement, Label label,
                const std::vector<Label>& liverAndSpleen, const OrganRule& rule);
  void paint(SliceCanvas& canvas) const override;

 private:
  void paintFat(SliceCanvas& canvas) const;
  Tissue tissueAt(const Point3& p, double depth) const;

  Ellipsoid body_, sinus_;
  Label label_;
  std::vector<Label> liverAndSpleen_;
  OrganRule rule_;
  double fatMm_, fatInOrgansMm_, pelvisDepth_, corticalMm_;
  std::vector<double> pyramids_;
  std::vector<Tube> vein_;
};

/// Upper end of a thigh bone.
class FemurPainter final : public SlicePainter {
 public:
  FemurPainter(EllipsoidUnion shape, const Parameters& parameters, Label label);
  void paint(SliceCanvas& canvas) const override;

 private:
  EllipsoidUnion shape_;
  Label label_;
  double rim_, lowestZ_;
};

}  // namespace recontour
