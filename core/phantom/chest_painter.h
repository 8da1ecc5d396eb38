#pragma once
#include "core/phantom/diaphragm.h"
#include "core/phantom/slice_painter.h"
#include "core/phantom/table.h"

namespace recontour {

/// Diaphragm, lungs with their vessels, the fat in front of the spine, and the heart; fills aboveDiaphragm.
class ChestPainter final : public SlicePainter {
 public:
  ChestPainter(const Parameters& parameters, Diaphragm diaphragm, const Table& spineCentreY);
  void paint(SliceCanvas& canvas) const override;

 private:
  void measure(SliceCanvas& canvas) const;
  void paintLung(SliceCanvas& canvas) const;
  void paintHeart(SliceCanvas& canvas) const;

  Diaphragm diaphragm_;
  Table spineCentreY_;
  float thickness_, specksAbove_;
  std::vector<double> mediastinum_;
  EllipsoidUnion heart_;
  double heartFat_;
};

}  // namespace recontour
