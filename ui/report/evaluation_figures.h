#pragma once
#include <span>

#include "core/evaluate/method_table.h"
#include "ui/report/box_plot.h"

namespace recontour {

/// A metric of each organ over the cases, a box for each method. Rows where a map lacks the organ are left out, as in
/// the summary, and so are organs that no case has.
/// @param column  one that every evaluation has
BoxPlot metricPlot(std::span<const MethodResult> methods, const OrganTable& organs, const MetricColumn& column,
                   bool withEmpty = false);

/// The volume of each organ in the truth over the cases, in mL on a logarithmic axis (Fig. 2 of the WORD paper). The
/// evaluation must have the metric "volume".
BoxPlot volumePlot(const Evaluation& evaluation, const OrganTable& organs);

}  // namespace recontour
