#pragma once
#include <string>

#include "core/image/geometry.h"

namespace recontour {

/// One CT among several that a set of DICOM files holds, as people choose from them.
struct CtSeries {
  std::string name;     ///< description, or UID where there is none
  std::string problem;  ///< why it makes no regular grid; empty when it can be opened
  Size3 size;           ///< voxels; z is the number of slices
  Point3 spacingMm;     ///< z is 0 where it makes no grid
  std::string plane;    ///< "axial", "coronal", "sagittal" or "oblique"
  std::string uid;      ///< Series Instance UID; those that were split off one series share it
  std::string patient;  ///< Patient ID, may be empty
  std::string content;  ///< contentOf() its slices
};

}  // namespace recontour
