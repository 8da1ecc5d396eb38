#pragma once
#include <QImage>
#include <vector>

#include "core/image/axis_map.h"
#include "core/image/compositor.h"
#include "core/image/volume.h"
#include "core/session/label_runs.h"
#include "core/session/step_summary.h"

namespace recontour {

/// What a step changed, small: the CT around it on one slice, in the colours of the labels that came; what was taken
/// away is dark. The slice is that of the stroke or, without one, the axial one on which most changed.
/// @return a square of `pixels`; a null image where nothing changed
QImage stepThumbnail(const std::vector<LabelRun>& changes, const StepSummary& step, const Volume& volume,
                     const AxisMap& axisMap, const WindowLevel& window, const LabelPalette& palette, int pixels);

}  // namespace recontour
