#pragma once
#include "core/study/study_results.h"

namespace recontour {

/// A made-up study in the shape of the WORD paper's: 3 readers, 20 cases of 19 patients, 16 organs. DSC have about the
/// means and SDs of its Fig. 3; times, edits and agreement are invented. Readers are simulated.
StudyResults wordStudy();

}  // namespace recontour
