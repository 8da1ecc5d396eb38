#include "core/workbench/organ_figures.h"

#include "core/metrics/overlap.h"

namespace recontour {

std::vector<OrganFigures> computeOrganFigures(const FiguresRequest& request) {
  const auto voxels = labelCounts(request.now);
  const double voxelMl = request.checked.geometry.voxelVolumeMm3() / 1000.0;
  std::optional<OverlapCounts> before, now;
  if (request.reference) {
    before = countOverlap(*request.reference, request.before);
    now = countOverlap(*request.reference, request.now);
  }
  std::vector<OrganFigures> figures;
  for (const Organ& organ : request.organs.organs()) {
    OrganFigures figure;
    figure.organ = organ.label;
    figure.volumeMl = static_cast<double>(voxels[organ.label]) * voxelMl;
    figure.box = boundingBox(request.now, organ.label);
    figure.concerns = checkOrgan(request.now, request.checked, organ);
    if (request.reference) {
      figure.dscBefore = dice((*before)[organ.label]);
      figure.dscAfter = dice((*now)[organ.label]);
    }
    figures.push_back(figure);
  }
  return figures;
}

}  // namespace recontour
