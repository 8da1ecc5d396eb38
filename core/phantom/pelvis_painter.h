#pragma once
#include "core/phantom/slice_painter.h"
#include "core/phantom/table.h"

namespace recontour {

/// Iliac wings, hip sockets, ischium, pubis with its symphysis and the thigh bones' shafts, on both sides.
class PelvisPainter final : public SlicePainter {
 public:
  explicit PelvisPainter(const Parameters& parameters);
  void paint(SliceCanvas& canvas) const override;

 private:
  void paintSocket(SliceCanvas& canvas, double side) const;
  void paintSymphysis(SliceCanvas& canvas) const;

  Point3 socketCentre_;
  std::vector<double> shell_, cartilage_, opening_;
  std::vector<Tube> bones_;
  double rim_;
  Point3 symphysisCentre_, symphysisHalf_;
};

/// The iliac wing: a bowed plate with a rim of hard bone, and the iliacus muscle on its inner side.
class IliumPainter final : public SlicePainter {
 public:
  enum class Part { Bone, Muscle };
  IliumPainter(const Parameters& parameters, Part part);
  void paint(SliceCanvas& canvas) const override;

 private:
  /// The plate's middle line in one slice.
  struct Line {
    std::vector<Point3> points;
    std::vector<double> halfThickness;
  };
  struct Nearest {
    double outside = 0;  ///< distance minus half thickness
    double along = 0;    ///< 0 inner end .. 1 outer end
    bool inner = false;  ///< on the inner side
  };
  Line lineAt(double z) const;
  /// Box, on the left side, of bone and muscle; z is not used.
  BoundsMm reach(const Line& line, double muscle) const;
  static Nearest nearest(const Line& line, double x, double y);

  Part part_;
  Table ends_, halfThickness_, muscleThickness_;
  double bow_, rim_, minBodyDepth_;
};

}  // namespace recontour
