#pragma once
#include <vtkSmartPointer.h>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"

class vtkPolyData;

namespace recontour {

/// The smoothed surface of one organ in world mm (LPS), with normals. Only the organ's box is looked at; very large
/// organs are sampled at half resolution along finely sampled axes.
/// @return null when the map has no voxel of it
vtkSmartPointer<vtkPolyData> organSurface(const LabelMap& labels, const Geometry& geometry, Label label);

/// The large parts of the surface at 200 HU, at about 3 mm resolution: the skeleton, for orientation.
/// @return null when there is none
vtkSmartPointer<vtkPolyData> boneSurface(const Volume& volume, const Geometry& geometry);

}  // namespace recontour
