#pragma once
#include <array>
#include <vector>

#include "core/statistics/descriptive.h"
#include "core/study/figure3.h"
#include "core/study/study_results.h"

namespace recontour {

/// What came out of the simulated study beside what was printed: column 0 is the start, 1..3 are the readers.
struct RecoveredOrgan {
  Figure3Organ printed;
  std::array<Description, 4> found;
};

struct Figure3Recovery {
  std::vector<RecoveredOrgan> organs;     ///< in the order of figure3Targets()
  double largestMean = 0, largestSd = 0;  ///< deviations; SDs that were not printed count as the model's
};

/// From the rows of the store. @throws Error where a reader or organ has no DSC
Figure3Recovery recoveredFigure3(const StudyResults& results);

}  // namespace recontour
