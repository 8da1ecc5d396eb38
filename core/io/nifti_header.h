#pragma once
#include "core/io/image_file.h"
#include "core/io/inflating_file.h"

namespace recontour {

/// Reads the header of a single-file NIfTI and leaves `file` at the first voxel, with its content declared. What it
/// means is told at openNiftiFile(). @throws Error naming the field and its value
ImageHeader readNiftiHeader(InflatingFile& file);
/// The same of a pair; `voxels` is left at the first voxel.
ImageHeader readNiftiHeader(InflatingFile& file, InflatingFile& voxels);

}  // namespace recontour
