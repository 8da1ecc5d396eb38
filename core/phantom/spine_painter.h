#pragma once
#include "core/phantom/slice_painter.h"
#include "core/phantom/table.h"

namespace recontour {

/// Back muscles, vertebrae with discs, canal, arches and processes, and the sacrum below them.
class SpinePainter final : public SlicePainter {
 public:
  explicit SpinePainter(const Parameters& parameters);
  void paint(SliceCanvas& canvas) const override;
  const Table& centreY() const { return centreY_; }  ///< of the vertebral bodies over z

 private:
  struct Vertebra {
    double fromZ, baseZ, period, discPart, radiusX, radiusY, waist, rim, endPlate;
  };
  struct Processes {
    std::vector<double> canal, arch, spinous, transverse;
  };
  void paintBackMuscles(SliceCanvas& canvas) const;
  void paintVertebra(SliceCanvas& canvas) const;
  void paintSacrum(SliceCanvas& canvas) const;
  /// Tissue of a vertebra at x, y behind the body's centre, phase 0..1 of the period; Air outside.
  Tissue vertebraAt(double x, double y, double phase, double z) const;
  Tissue bodyAt(double x, double y, double phase) const;
  Tissue processAt(double x, double y, double phase, double z) const;

  Table centreY_;
  Vertebra vertebra_;
  Processes processes_;
  std::vector<double> backMuscle_;
  Table sacrumWidth_, sacrumThickness_;
  double wingCurve_, sacrumRim_;
  std::vector<double> foramina_;
  std::vector<double> foraminaZ_;
};

}  // namespace recontour
