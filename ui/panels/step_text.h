#pragma once
#include <QString>

#include "core/image/organ_table.h"
#include "core/session/step_summary.h"

namespace recontour {

/// "Brush, Liver"; a start map as "Contours from NAME".
QString stepText(const StepSummary& step, const OrganTable& organs);
/// "axial 46", counted from 1; empty where the step has no slice.
QString stepSliceText(const StepSummary& step);
/// "14:02", local time; with the day where that is not today.
QString stepTimeText(const StepSummary& step);

}  // namespace recontour
