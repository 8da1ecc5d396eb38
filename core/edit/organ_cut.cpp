#include "core/edit/organ_cut.h"

#include <cmath>

namespace recontour {

void tellDone(const OperationInput& input, double part) {
  if (input.progress.stop.stop_requested()) throw OperationStopped();
  if (input.progress.report) input.progress.report(part);
}

OperationProgress partOf(const OperationProgress& whole, double from, double to) {
  if (!whole.report) return whole;
  return {[report = whole.report, from, to](double part) { report(from + part * (to - from)); }, whole.stop};
}

Box grownByMm(const Box& box, const Geometry& geometry, double marginMm) {
  if (box.empty()) return box;
  Box wide = box;
  for (int axis = 0; axis < 3; ++axis) {
    const int margin = static_cast<int>(std::ceil(marginMm / geometry.spacing[axis]));
    wide.lower[axis] -= margin;
    wide.upper[axis] += margin;
  }
  return intersect(wide, geometry.box());
}

Box organBox(const LabelMap& labels, const Geometry& geometry, Label organ, double marginMm) {
  return grownByMm(boundingBox(labels, organ), geometry, marginMm);
}

OrganCut cutOut(const LabelMap& labels, const Geometry& geometry, Label organ, double marginMm) {
  OrganCut cut{organBox(labels, geometry, organ, marginMm), {}};
  if (!cut.box.empty()) cut.dense = labels.copy(cut.box);
  return cut;
}

Box slicesBox(const Geometry& geometry, Plane plane, int first, int last) {
  return filterOf({.slab = Slab{plane, first, last}}, 0, AxisMap(geometry), {}).editable.value_or(Box());
}

std::vector<bool> maskOf(const DenseBox& dense, Label organ) {
  std::vector<bool> mask(dense.labels.size());
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = dense.labels[i] == organ;
  return mask;
}

void setMask(DenseBox& dense, Label organ, const std::vector<bool>& mask) {
  for (std::size_t i = 0; i < mask.size(); ++i) {
    if (mask[i]) dense.labels[i] = organ;
    if (!mask[i] && dense.labels[i] == organ) dense.labels[i] = 0;
  }
}

}  // namespace recontour
