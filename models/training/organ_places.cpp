#include "models/training/organ_places.h"

namespace recontour {

OrganPlaces placesOf(const DenseBox& labels) {
  OrganPlaces places;
  std::size_t at = 0;
  for (int z = 0; z < labels.size.z; ++z) {
    for (int y = 0; y < labels.size.y; ++y) {
      for (int x = 0; x < labels.size.x; ++x) {
        const Label label = labels.labels[at++];
        if (label == 0) continue;
        OrganPlace& place = places[label];
        ++place.voxels;
        place.centroid = place.centroid + Point3{double(x), double(y), double(z)};
        place.box = unite(place.box, {{x, y, z}, {x + 1, y + 1, z + 1}});
      }
    }
  }
  for (OrganPlace& place : places)
    if (place.there()) place.centroid = place.centroid * (1 / static_cast<double>(place.voxels));
  return places;
}

}  // namespace recontour
