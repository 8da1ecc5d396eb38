#pragma once
#include "core/phantom/slice_painter.h"

namespace recontour {

/// A tube with a wall and content: bowel, rectum, esophagus; adrenal limbs as a tube without content.
class HollowOrganPainter final : public SlicePainter {
 public:
  struct Options {
    Label label = 0;
    Tissue wall = Tissue::BowelWall;
    Tissue content = Tissue::BowelWall;
    double wallMm = 0;
    double fatMm = 0;  ///< shell of fat around it
    OrganRule rule;
    std::vector<float> gasLimits;       ///< by piece: gas where y - centre line's y is below; none beyond the last
    double gasPieceMm = 1;              ///< length of a piece along the tube
    std::optional<float> bubblesAbove;  ///< gas bubbles in the content where n5 is above
    std::optional<float> gasCoreDepth;  ///< gas deeper than this where n9 is above `gasCoreNoise`
    float gasCoreNoise = 0;
    bool gasCoreInFront = false;  ///< only in front of the centre line
    bool overMuscle = true;
    std::vector<Label> spared;  ///< organs that it does not overwrite
  };
  HollowOrganPainter(std::vector<Tube> tubes, const Options& options);
  void paint(SliceCanvas& canvas) const override;

 private:
  bool mayPaint(const SliceCanvas& canvas, std::size_t at) const;
  Tissue tissueAt(const SliceCanvas& canvas, std::size_t at, const TubeHit& hit) const;
  bool isGas(const SliceCanvas& canvas, std::size_t at, const TubeHit& hit) const;

  std::vector<Tube> tubes_;
  Options options_;
};

/// No gas in this piece.
inline constexpr float kNoGas = -1e9f;

/// Small bowel: rows of loops, in front upwards, behind downwards, with random position and radius.
std::vector<TubePoint> bowelLoops(const Parameters& parameters, const Variation& variation);

}  // namespace recontour
