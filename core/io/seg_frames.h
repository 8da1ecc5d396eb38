#pragma once
#include <string>
#include <vector>

#include "core/image/case.h"
#include "core/image/label_map.h"

class DcmItem;

namespace recontour {

/// A structure's voxels on their way into a SEG.
struct SegStructure {
  int number = 0;  ///< of its segment
  Label label = 0;
  LabelMap map;  ///< that holds the label
};

/// Puts frames into a SEG's data set: the functional groups and the packed pixels of each slice that a structure has
/// voxels in. Slices without any are left out.
/// @param dimensionUid  UID of the dimension organization
/// @return              how many there are
int putFrames(DcmItem& written, const Case& ct, const std::vector<SegStructure>& structures,
              const std::string& dimensionUid);

/// Whether frames can refer to slices of the CT: it is DICOM, and each of its slices has a UID.
bool hasReferences(const Case& ct);

}  // namespace recontour
