#include "core/structures/rois_of_labels.h"

namespace recontour {

std::vector<Roi> roisOf(const LabelLayers& labels, const OrganTable& organs, const Geometry& grid,
                        const ContourStyle& style) {
  std::vector<Roi> rois;
  for (const Organ& organ : organs.organs()) {
    Roi roi;
    roi.contours = contoursOf(labels.of(organ.label), organ.label, grid, style);
    if (roi.contours.empty()) continue;
    roi.number = static_cast<int>(rois.size()) + 1;
    roi.name = organ.tg263.empty() ? organ.name : organ.tg263;
    roi.colour = organ.colour;
    roi.interpretedType = organ.tg263.empty() ? "" : "ORGAN";  // codes may tell of a tumour
    roi.snomed = organ.snomed;
    roi.snomedMeaning = organ.snomedMeaning;
    roi.snomedModifier = organ.modifier;
    roi.xorContours = style.holes == ContourHoles::Xor;
    rois.push_back(std::move(roi));
  }
  return rois;
}

}  // namespace recontour
