#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/io/seg_header.h"

namespace recontour {

/// Where a frame's pixels are in a grid: its first pixel's voxel, and the step to the next pixel in a row and in a
/// column, one voxel along some axis.
struct FramePlace {
  Index3 first, columnStep, rowStep;
};

/// Voxels of a frame's pixels, by their positions. A frame may have the grid's rows as columns, and run either way.
/// @param gridName  what the grid is of, for messages: "the CT"
/// @throws Error with both sizes or the distance, unless each corner pixel lies on a voxel's centre within 0.01 mm or
///         1 % of the spacing along each axis
FramePlace placeFrame(const std::filesystem::path& file, const SegHeader& header, std::size_t frame,
                      const Geometry& grid, const std::string& gridName);

/// The regular grid that holds all frames: x along their rows, y along their columns, slices by rising position along
/// rows x columns. Slices without a frame are empty. Spacing Between Slices counts only where the positions agree with
/// it. @throws Error when frames differ in orientation or pixel spacing, or lie irregularly
Geometry gridOfFrames(const std::filesystem::path& file, const SegHeader& header, std::vector<std::string>& warnings);

}  // namespace recontour
