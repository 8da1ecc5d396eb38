#include "core/workbench/organ_figures.h"

#include <algorithm>
#include <iterator>

#include "core/image/axis_map.h"
#include "core/metrics/compare.h"
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

std::vector<Label> ofLayer(const std::vector<Label>& organs, Label layer, const LabelLayers& layers) {
  std::vector<Label> found;
  std::ranges::copy_if(organs, std::back_inserter(found), [&](Label organ) { return layers.layerOf(organ) == layer; });
  return found;
}

}  // namespace

std::vector<OrganFigures> computeOrganFigures(const FiguresRequest& request) {
  return RunningFigures().update(request);
}

/// What revision did to the surfaces of organs that are not as they were.
void RunningFigures::measureChanges(const FiguresRequest& request, const std::vector<Label>& organs) {
  if (organs.empty()) return;
  const Geometry& grid = request.checked.geometry;
  CompareOptions options{.metrics = {.dsc = false, .hd95 = false, .assd = true, .path = true}};
  options.sliceAxis = AxisMap(grid).axes(Plane::Axial).sliceAxis;
  for (const Label layer : request.now.numbers()) {
    const auto inLayer = ofLayer(organs, layer, request.now);
    if (inLayer.empty()) continue;
    for (const OrganMetrics& change :
         compare(request.now.layer(layer), request.before.layer(layer), grid.spacing, inLayer, options)) {
      Checked& checked = checked_[change.label];
      if (change.path) checked.pathAddedMm = change.path->mm;
      checked.surfaceShiftMm = change.assdMm;
    }
  }
}

/// Of all layers. A structure's label lies in its own alone, and is counted there.
OrganTally::Touched RunningFigures::count(const FiguresRequest& request) {
  OrganTally::Touched touched;
  for (const Label layer : request.now.numbers()) {
    const auto more =
        tallies_[layer].update({request.before.layer(layer), request.now.layer(layer), request.reference});
    touched.before |= more.before;
    touched.now |= more.now;
  }
  return touched;
}

const OrganCounts& RunningFigures::countsOf(Label organ) const {
  const auto own = tallies_.find(organ);
  return (own == tallies_.end() ? tallies_.at(LabelLayers::kOrgans) : own->second)[organ];
}

std::vector<OrganFigures> RunningFigures::update(const FiguresRequest& request) {
  const auto touched = count(request);
  std::vector<Label> changed;
  for (const Organ& organ : request.organs.organs()) {
    Checked& checked = checked_[organ.label];
    const LabelMap& now = request.now.of(organ.label);
    if (touched.now[organ.label])
      checked = {boundingBox(now, organ.label), checkOrgan(now, request.checked, organ), 0, {}};
    if (!touched.now[organ.label] && !touched.before[organ.label]) continue;
    const OrganCounts& counts = countsOf(organ.label);
    const bool isAsItWas = counts.before == counts.now && counts.now == counts.beforeAndNow;
    checked.pathAddedMm = 0;
    checked.surfaceShiftMm = isAsItWas && counts.now > 0 ? std::optional(0.0) : std::nullopt;
    if (!isAsItWas) changed.push_back(organ.label);
  }
  measureChanges(request, changed);
  std::vector<OrganFigures> figures;
  for (const Organ& organ : request.organs.organs()) {
    const Checked& checked = checked_[organ.label];
    figures.push_back(figuresOf(organ.label, countsOf(organ.label), request));
    figures.back().box = checked.box;
    figures.back().concerns = checked.concerns;
    figures.back().pathAddedMm = checked.pathAddedMm;
    figures.back().surfaceShiftMm = checked.surfaceShiftMm;
  }
  return figures;
}

}  // namespace recontour
