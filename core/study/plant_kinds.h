#pragma once
// Private to core/study: each kind changes the labels of its scene. All throw Error where they cannot.
#include "core/study/plant_scene.h"

namespace recontour {

void plantMissingPart(PlantScene& scene, const PlantRequest& request);
void plantShift(PlantScene& scene, const PlantRequest& request);
void plantSpill(PlantScene& scene, const PlantRequest& request);
/// @param inhabited  box of all organs, relative to the scene's: the island lies in it, so within the body
void plantIsland(PlantScene& scene, const PlantRequest& request, const Box& inhabited);
/// Gives the voxels of `from` the label `to` and the other way round; `to` 0 only takes `from` away.
void exchange(PlantScene& scene, Label from, Label to);

/// The organ that a request without one is swapped with: the other side, else the neighbour with the most faces in
/// common. The scene must reach one voxel beyond the organ. @throws Error where there is neither
Label swapPartner(const PlantScene& scene, const OrganTable& organs, Label organ);
/// @throws Error unless the left one of two sides lies farther to the patient's left (world x); other pairs pass
void requireOwnSides(const LabelMap& map, const Geometry& geometry, const OrganTable& organs, Label a, Label b);

/// How far beyond the organ a kind may reach, in mm.
double plantReachMm(const PlantRequest& request);

}  // namespace recontour
