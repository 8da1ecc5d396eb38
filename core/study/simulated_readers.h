#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/image/label_map.h"
#include "core/study/figure3.h"

namespace recontour {

/// The DSC that each map of a simulated study is to have with the truth, so that the study's figure is WORD's Fig. 3.
struct SimulatedStudy {
  static constexpr int kColumns = 4;  ///< the start map, then three readers
  struct Organ {
    Label label = 0;
    std::array<std::vector<double>, kColumns> dsc;  ///< by case
  };
  std::uint64_t seed = 0;
  std::vector<Organ> organs;  ///< by label, of figure3Targets()

  int cases() const { return organs.empty() ? 0 : static_cast<int>(organs[0].dsc[0].size()); }
};

/// Targets for `cases` cases with the means and SDs of figure3Targets(). What is better in the start map is better in
/// the readers' maps too, and organs that a reader left alone have the start's DSC exactly.
/// @throws Error where so few cases cannot have these SDs
SimulatedStudy simulateFigure3(int cases, std::uint64_t seed);

/// The truth with a part of one organ missing, so that its DSC with the truth is as near to `dsc` as its voxels allow:
/// it is cut off at one end, across a direction that the seed gives. The map of a higher target and the same seed holds
/// all that of a lower one. Other organs stay as they are; an organ that is absent stays absent.
/// @param dsc  0 (nothing is left) to 1. @throws Error beyond
LabelMap degraded(const LabelMap& truth, Label organ, double dsc, std::uint64_t seed);

/// The map of column 0 (start) or 1..3 (a reader) of a case: each organ degraded() to its target. All columns of a case
/// nest, so a reader who improves an organ only adds to it. Takes 0.1 s for 512 x 512 x 200 voxels.
/// @param caseNumber  from 0. @throws Error for a column or case that is not there
LabelMap simulatedMap(const LabelMap& truth, const SimulatedStudy& study, int column, int caseNumber);

}  // namespace recontour
