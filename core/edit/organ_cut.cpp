#include "core/edit/organ_cut.h"

#include <cmath>

namespace recontour {

OrganCut cutOut(const LabelMap& labels, const Geometry& geometry, Label organ, double marginMm) {
  OrganCut cut{boundingBox(labels, organ), {}};
  if (cut.box.empty()) return cut;
  for (int axis = 0; axis < 3; ++axis) {
    const int margin = static_cast<int>(std::ceil(marginMm / geometry.spacing[axis]));
    cut.box.lower[axis] -= margin;
    cut.box.upper[axis] += margin;
  }
  cut.box = intersect(cut.box, geometry.box());
  cut.dense = labels.copy(cut.box);
  return cut;
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
