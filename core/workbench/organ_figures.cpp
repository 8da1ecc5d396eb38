#include "core/workbench/organ_figures.h"

#include "core/metrics/overlap.h"

namespace recontour {
namespace {

/// All but box and concerns.
OrganFigures figuresOf(Label organ, const OrganCounts& counts, const FiguresRequest& request) {
  const double voxelMl = request.checked.geometry.voxelVolumeMm3() / 1000.0;
  OrganFigures figures;
  figures.organ = organ;
  figures.volumeBeforeMl = static_cast<double>(counts.before) * voxelMl;
  figures.volumeMl = static_cast<double>(counts.now) * voxelMl;
  figures.voxelsAdded = counts.now - counts.beforeAndNow;
  figures.voxelsRemoved = counts.before - counts.beforeAndNow;
  if (!request.reference) return figures;
  figures.dscBefore = dice(LabelOverlap{counts.reference, counts.before, counts.beforeAndReference, {}});
  figures.dscAfter = dice(LabelOverlap{counts.reference, counts.now, counts.nowAndReference, {}});
  return figures;
}

}  // namespace

std::vector<OrganFigures> computeOrganFigures(const FiguresRequest& request) {
  return RunningFigures().update(request);
}

std::vector<OrganFigures> RunningFigures::update(const FiguresRequest& request) {
  const auto touched = tally_.update({request.before, request.now, request.reference});
  std::vector<OrganFigures> figures;
  for (const Organ& organ : request.organs.organs()) {
    Checked& checked = checked_[organ.label];
    if (touched[organ.label])
      checked = {boundingBox(request.now, organ.label), checkOrgan(request.now, request.checked, organ)};
    figures.push_back(figuresOf(organ.label, tally_[organ.label], request));
    figures.back().box = checked.box;
    figures.back().concerns = checked.concerns;
  }
  return figures;
}

}  // namespace recontour
