#pragma once
#include <array>

#include "core/phantom/noise_lattice.h"
#include "core/phantom/variation.h"

namespace recontour {

/// The smooth random fields that shape one patient, by blob size in mm.
class NoiseFields {
 public:
  NoiseFields(const Parameters& parameters, const Variation& variation, const BoundsMm& cover);

  NoiseLattice n5, n7, n9, n18;
  NoiseLattice textureFine, textureCoarse;
  std::array<NoiseLattice, 3> displaceCoarse, displaceFine;  ///< one field an axis
  float displaceCoarseMm, displaceFineMm;                    ///< SD per axis
  float textureWeight;                                       ///< of each of the two texture fields
};

}  // namespace recontour
