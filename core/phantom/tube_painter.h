#pragma once
#include <string>

#include "core/phantom/slice_painter.h"

namespace recontour {

/// Tubes of one tissue without a label: muscles, vessels, twigs. Painting resets the label.
class TubePainter final : public SlicePainter {
 public:
  struct Options {
    Tissue tissue;
    OrganRule rule;
    bool overFatOnly = false;  ///< leaves everything but fat
    bool overLabelled = true;  ///< false: leaves organs
  };
  TubePainter(std::vector<Tube> tubes, const Options& options);
  void paint(SliceCanvas& canvas) const override;

 private:
  std::vector<Tube> tubes_;
  Options options_;
};

/// Tubes of every member of a group, by name; mirrored too where `mirror` is set.
std::vector<Tube> tubesOf(const Parameters& group, double stepMm, bool mirror);

/// Vessels of the mesentery, from its root to points on an ellipse in the bowel, bent at random.
std::vector<Tube> mesentericTwigs(const Parameters& parameters, std::uint64_t seed, double stepMm);

/// Fine strands in the visceral fat of the abdomen, where one noise passes through zero and another is positive.
class StrandPainter final : public SlicePainter {
 public:
  explicit StrandPainter(const Parameters& parameters);
  void paint(SliceCanvas& canvas) const override;

 private:
  float thickness_;
};

}  // namespace recontour
