#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/structures/structure_set.h"

namespace recontour {

/// A word of a controlled vocabulary, e.g. {"10200004", "SCT", "Liver"}. Empty where a file has none.
struct Code {
  std::string value, scheme, meaning;
  friend bool operator==(const Code&, const Code&) = default;
};

/// One segment of a segmentation. Source: DICOM PS3.3 C.8.20.2 (segmentation image), C.8.20.4 (segment description).
struct Segment {
  int number = 0;  ///< Segment Number (0062,0004), from 1 on
  std::string label, description;
  Code category, type, modifier;                      ///< "Anatomical Structure", "Kidney", "Left"
  std::string algorithmType;                          ///< "AUTOMATIC", "SEMIAUTOMATIC", "MANUAL"
  std::string algorithmName;                          ///< may be empty
  std::optional<std::array<std::uint8_t, 3>> colour;  ///< sRGB
  LabelMap voxels;                                    ///< 1 where the segment is, else 0
};

/// What a segmentation says. Segments may lie over one another.
struct SegmentSet {
  Geometry grid;  ///< of every segment's voxels
  std::string sopInstanceUid;
  std::string frameOfReferenceUid;            ///< may be empty
  std::vector<std::string> referencedSeries;  ///< Series Instance UIDs of the images that it was drawn on; may be none
  std::string contentLabel, contentDescription;
  bool fractional = false;            ///< the file has fractions, which a threshold made voxels of
  std::vector<Segment> segments;      ///< in the file's order
  std::vector<std::string> warnings;  ///< one sentence each, for people
};

/// The segments as ROIs without contours, for names, colours and codes.
StructureSet structureSetOf(const SegmentSet& segments);

}  // namespace recontour
