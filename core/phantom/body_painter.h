#pragma once
#include "core/phantom/section.h"
#include "core/phantom/slice_painter.h"

namespace recontour {

/// Skin, fat, muscle wall and the fat of the abdominal cavity; fills bodyDepth and cavityDepth of the canvas.
class BodyPainter final : public SlicePainter {
 public:
  BodyPainter(const Parameters& parameters, const Variation& variation);
  void paint(SliceCanvas& canvas) const override;
  const Section& cavity() const { return cavity_; }

 private:
  struct FatDepth {
    double base, roughness;
    std::vector<double> rearFlank, front, back;
  };
  struct Marbling {
    double outsideCavity, above, wideAbove, wideWeight, wideBelowZ;
    std::vector<double> line;
  };
  double fatDepth(double x, double y, double z, double noise) const;
  Tissue muscleAt(const SliceCanvas& canvas, std::size_t at, double x, double y) const;
  bool inCrease(double x, double y, double z) const;

  double fatMm_;
  Section body_, cavity_;
  double cavityRoughness_, skin_;
  Table fatByHeight_;
  FatDepth fat_;
  Marbling marbling_;
  std::vector<double> crease_;
};

}  // namespace recontour
