#pragma once
#include <vtkSmartPointer.h>

#include "core/image/geometry.h"
#include "core/image/volume.h"

class vtkPolyData;

namespace recontour {

/// The large parts of the surface at 200 HU, at about 3 mm resolution: the skeleton, for orientation.
/// @return null when there is none
vtkSmartPointer<vtkPolyData> boneSurface(const Volume& volume, const Geometry& geometry);

}  // namespace recontour
