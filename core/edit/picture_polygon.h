#pragma once
// Private to core/edit: polygons on the pixels of a slice's picture.
#include <vector>

#include "core/edit/edit_transaction.h"
#include "core/edit/pointer_sample.h"

namespace recontour {

/// A point of a picture; pixel centres are whole numbers.
struct PicturePoint {
  double column = 0, row = 0;
};

/// Pixels first..last of a row.
struct PictureRun {
  int row = 0, first = 0, last = 0;
};

/// Where a sample lies on the picture of a plane.
PicturePoint picturePoint(const AxisMap& axisMap, Plane plane, const Point3& world);
/// The pixels whose centres a closed line encloses by the even-odd rule, inside a picture of columns x rows.
std::vector<PictureRun> pixelsInside(const std::vector<PicturePoint>& corners, int columns, int rows);
/// Labels pixels of a slice. @return the voxels that changed
Box paintRun(EditTransaction& edit, const AxisMap& axisMap, Plane plane, int slice, const PictureRun& run, Label label);

}  // namespace recontour
