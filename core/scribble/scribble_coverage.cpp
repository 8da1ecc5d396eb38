#include "core/scribble/scribble_coverage.h"

#include <bitset>

#include "core/image/axis_map.h"

namespace recontour {
namespace {

std::map<int, std::vector<Label>> labelsBySlice(const LabelMap& raster, const AxisMap& axisMap) {
  std::map<int, std::bitset<256>> found;
  const Geometry& geometry = axisMap.geometry();
  for (std::size_t number = 0; number < raster.brickCount(); ++number) {
    if (raster.brick(number).get() == nullptr) continue;
    const Box box = raster.brickBox(number);
    const DenseBox dense = raster.copy(box);
    std::size_t i = 0;
    for (Index3 at = box.lower; at.z < box.upper.z; ++at.z) {
      for (at.y = box.lower.y; at.y < box.upper.y; ++at.y) {
        for (at.x = box.lower.x; at.x < box.upper.x; ++at.x, ++i) {
          const Label label = dense.labels[i];
          if (label != 0) found[axisMap.sliceAt(Plane::Axial, geometry.toWorld(at))].set(label);
        }
      }
    }
  }
  std::map<int, std::vector<Label>> slices;
  for (const auto& [slice, labels] : found) {
    for (std::size_t label = 1; label < labels.size(); ++label) {
      if (labels[label]) slices[slice].push_back(label == kBackgroundStroke ? Label{0} : static_cast<Label>(label));
    }
  }
  return slices;
}

}  // namespace

ScribbleCoverage coverageOf(const std::vector<ScribbleStroke>& strokes, const LabelMap& raster, const LabelMap& labels,
                            const Geometry& geometry, const OrganTable& organs) {
  const AxisMap axisMap(geometry);
  ScribbleCoverage coverage;
  for (const ScribbleStroke& stroke : strokes) {
    ++coverage.strokes[stroke.label];
    coverage.lengthMm += lengthMm(stroke);
  }
  for (const Organ& organ : organs.organs()) {
    if (!coverage.strokes.contains(organ.label)) coverage.without.push_back(organ.label);
  }
  coverage.slices = labelsBySlice(raster, axisMap);
  coverage.sliceCount = axisMap.slices(Plane::Axial);
  coverage.cost = costOfRaster(raster, labels, geometry);
  return coverage;
}

}  // namespace recontour
