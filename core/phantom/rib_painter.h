#pragma once
#include "core/phantom/section.h"
#include "core/phantom/slice_painter.h"

namespace recontour {

/// Ribs with their cartilage, on both sides, along the wall of the cavity.
class RibPainter final : public SlicePainter {
 public:
  RibPainter(const Parameters& parameters, const Section& cavity);
  void paint(SliceCanvas& canvas) const override;

 private:
  struct Rib {
    Tube tube;
    double boneLengthMm;  ///< cartilage beyond
  };
  void addRib(const Parameters& parameters, const Section& cavity, int number, double end, double side);
  std::vector<Rib> ribs_;
  double rim_;
};

}  // namespace recontour
