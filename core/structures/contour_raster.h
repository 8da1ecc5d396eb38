#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/structures/structure_set.h"

namespace recontour {

/// The voxels of an ROI on a grid.
struct RoiVoxels {
  LabelMap voxels;                 ///< `label` where the voxel's centre lies inside, else background; the grid's size
  Box box;                         ///< that holds them; empty without any
  std::vector<std::string> notes;  ///< what was made of the contours (moved onto slices, holes), one sentence each
  /// Why the ROI cannot be placed, one clause each, with positions; its voxels are empty then. Contours that lie beside
  /// the grid's slices, across them, or farther than half a slice from the first or last one.
  std::vector<std::string> problems;
};

/// The slice (array z) that a contour is nearest to by the mean of its points; none where that is farther than half a
/// slice from the first or last one, or it has no point.
std::optional<int> nearestSlice(const Contour& contour, const Geometry& grid);

/// Fills an ROI's contours slice by slice. Array axis z of the grid is the axis across slices.
///
/// - A contour belongs to the slice nearest to it, up to half a slice's distance: points off their plane are moved.
///   Contours of several planes that fall on one slice are not added up: those of the nearest plane count, with a note.
/// - XOR contours: even-odd over all of a slice. Others: a contour that lies inside another one is a hole in it (what a
///   union would make of it could not be seen); otherwise all are added. Even-odd within each, so that keyholes hold.
/// - A voxel belongs to the ROI when its centre is inside. A centre on an edge counts on the low side alone, so that
/// two
///   areas with a common edge share no voxel.
/// @param label  1..255
RoiVoxels voxelsOf(const Roi& roi, const Geometry& grid, Label label);

}  // namespace recontour
