#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/organ_table.h"

namespace recontour {

/// What can be put into a start map:
/// - missing_part: the organ lacks what lies around one of its ends
/// - swap: two organs, left and right or neighbours, have each other's label
/// - shift: the organ lies some voxels aside; other organs keep theirs
/// - spill: the organ leaks into the background beside it
/// - extra_island: a ball of it lies in the background, apart from it
/// - organ_missing: the organ is not there
const std::vector<std::string>& plantedErrorNames();

struct PlantRequest {
  std::string kind;
  Label organ = 0;
  Label other = 0;      ///< of a swap; 0: the organ's other side, or the neighbour that it touches most
  double targetMl = 5;  ///< of voxels to change, > 0; no choice for swap and organ_missing
  std::uint64_t seed = 1;
  Label number = 1;  ///< of the error in its case, 1..255
};

struct PlantedMap {
  LabelMap labels;  ///< with the error
  LabelMap mask;    ///< PlantRequest::number where a label was changed
  std::int64_t voxels = 0;
  double ml = 0;
};

/// Puts an error into a map; the same one for a seed on every machine. Its size is the target's within 20 %, but for a
/// shift, which goes by whole voxels and comes as near as it can, and for kinds that have no choice; `ml` says it.
/// @param organs  names the organs and their sides
/// @throws Error where the kind is unknown, the organ is absent or too small, there is no room for the error, or a pair
/// of sides lies the wrong way round already
PlantedMap plantError(const LabelMap& labels, const Geometry& geometry, const OrganTable& organs,
                      const PlantRequest& request);

/// Maps of one grid that tell what became of an error.
struct PlantOutcome {
  const LabelMap& mask;      ///< error number n has label n
  const LabelMap& original;  ///< before planting
  const LabelMap& start;     ///< with the error
  const LabelMap& final;     ///< as the reader left it
  const LabelMap* reference = nullptr;
};

/// Voxels of an error that the reader changed to what they were before planting or, with a reference, to what that
/// says.
/// @throws Error when the maps differ in size
std::int64_t correctedVoxels(const PlantOutcome& outcome, Label number);

}  // namespace recontour
