#pragma once
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/io/inflating_file.h"

namespace recontour {

/// What Recontour needs of a NIfTI-1 or NIfTI-2 header, checked.
struct NiftiHeader {
  Geometry geometry;
  int datatype = 0;  ///< NIfTI code of a real scalar type
  int bytesPerVoxel = 0;
  bool swapped = false;  ///< voxels are in the other byte order than this machine's
  double slope = 1;      ///< value = stored * slope + intercept; never 0 or NaN
  double intercept = 0;
  std::string description;
  std::vector<std::string> warnings;
};

/// Reads the header of a single-file NIfTI (.nii, .nii.gz) and leaves `file` at the first voxel, with its content
/// declared. Geometry: sform where its code is > 0 and it is usable, else qform where its code is > 0, else spacing
/// along R, A, S with a warning. Dimensions beyond the third must be 1.
/// @throws Error naming the field and its value
NiftiHeader readNiftiHeader(InflatingFile& file);

}  // namespace recontour
