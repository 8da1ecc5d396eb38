#pragma once
#include <string>
#include <vector>

#include "core/image/organ_table.h"
#include "core/metrics/metric_table.h"

namespace recontour {

/// Tolerances of the surface DSC as a user gives them: "3", "1,2,3" (mm), or a JSON file
/// {"format": "recontour-tolerances", "version": 1, "mm": 3, "organs": {"liver": 5, ...}} (docs/formats/tolerances.md).
/// @throws Error for anything else, an organ that the table lacks, and figures outside 0..100 mm
std::vector<NamedTolerance> tolerancesFrom(const std::string& text, const OrganTable& organs);

}  // namespace recontour
