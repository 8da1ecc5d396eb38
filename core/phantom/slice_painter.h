#pragma once
#include "core/phantom/slice_canvas.h"

namespace recontour {

/// Paints one part of the patient into a slice; later painters overwrite earlier ones. Unchanged by painting, so that
/// several threads may paint slices of their own.
class SlicePainter {
 public:
  virtual ~SlicePainter() = default;
  virtual void paint(SliceCanvas& canvas) const = 0;
};

/// Where organs may lie.
struct OrganRule {
  float minBodyDepthMm = 0;  ///< below the skin
  float maxOutsideMm = 0;    ///< outside the abdominal cavity
  bool belowDiaphragm = true;

  /// Reads the group `rule`.
  static OrganRule from(const Parameters& organs) {
    const Parameters rule = organs.group("rule");
    return {static_cast<float>(rule.number("bodyDepth")), static_cast<float>(rule.number("outsideCavity")), true};
  }
  OrganRule insideCavity() const { return {minBodyDepthMm, 0, belowDiaphragm}; }
  OrganRule anyHeight() const { return {minBodyDepthMm, maxOutsideMm, false}; }
  bool allows(const SliceCanvas& canvas, std::size_t at) const {
    return !isSkeleton(canvas.tissue[at]) && canvas.bodyDepth[at] > minBodyDepthMm &&
           canvas.cavityDepth[at] > -maxOutsideMm && (!belowDiaphragm || canvas.aboveDiaphragm[at] <= 0);
  }
};

/// Bone with a hard rim: cortical where the depth is below `rimMm`, else trabecular.
inline Tissue boneAt(double depthMm, double rimMm) { return depthMm < rimMm ? Tissue::Cortical : Tissue::Trabecular; }

}  // namespace recontour
