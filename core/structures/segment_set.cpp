#include "core/structures/segment_set.h"

namespace recontour {

StructureSet structureSetOf(const SegmentSet& segments) {
  StructureSet set;
  set.label = segments.contentLabel;
  set.name = segments.contentDescription;
  set.sopInstanceUid = segments.sopInstanceUid;
  set.frameOfReferenceUid = segments.frameOfReferenceUid;
  set.referencedSeries = segments.referencedSeries;
  set.warnings = segments.warnings;
  for (const Segment& segment : segments.segments) {
    Roi roi;
    roi.number = segment.number;
    roi.name = segment.label;
    roi.colour = segment.colour;
    roi.algorithm = segment.algorithmType;
    roi.snomed = segment.type.scheme == "SCT" ? segment.type.value : "";
    roi.snomedMeaning = segment.type.meaning;
    roi.snomedModifier = segment.modifier.scheme == "SCT" ? segment.modifier.value : "";
    set.rois.push_back(std::move(roi));
  }
  return set;
}

}  // namespace recontour
