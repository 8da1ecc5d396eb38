#include "core/phantom/tissue.h"

namespace recontour {

TissueTable tissueTable(const Parameters& parameters, const Variation& variation, ContrastPhase phase) {
  TissueTable table;
  for (std::size_t i = 0; i < kTissueCount; ++i) {
    const auto row = parameters.list(kTissueNames[i], 3);  // venous, non-contrast, texture SD
    const double hu = row[phase == ContrastPhase::Venous ? 0 : 1];
    const bool fixed = static_cast<Tissue>(i) == Tissue::Air;
    table.hu[i] = static_cast<float>(hu + (fixed ? 0 : variation.huOffset(kTissueNames[i], hu)));
    table.textureSd[i] = static_cast<float>(row[2]);
  }
  return table;
}

}  // namespace recontour
