#pragma once
#include "models/engine/trainer/patch_source.h"
#include "models/engine/trainer/training_volume.h"

namespace recontour {

/// How a patch lies in a volume: its voxel `anchor` is the volume's voxel `voxel`, and around it the volume is turned
/// about z and stretched alike on all axes.
struct PatchPlace {
  Index3 anchor, voxel;
  double cosine = 1, sine = 0;  ///< of the turn
  double step = 1;              ///< voxels of the volume for one of the patch
};

/// Moves the anchor so that the patch stays inside the volume on each axis where it fits, else covers it.
void keepInside(PatchPlace& place, const Size3& patch, const Size3& volume);
/// Turns by an angle and stretches a place that is straight, about the patch's middle.
/// @param halfTangent  tangent of half the angle, so that no function is needed that differs between machines
/// @param ratio        spacing along y / spacing along x
void turn(PatchPlace& place, double halfTangent, double step, double ratio, const Size3& patch);

/// Image by linear interpolation, labels from the nearest voxel; beyond the volume air, and ignored.
/// @param labels  strokes or dense labels of `volume`
Patch cutPatch(const TrainingVolume& volume, const std::vector<Label>& labels, const Size3& size,
               const PatchPlace& place);

}  // namespace recontour
