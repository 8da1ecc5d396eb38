#pragma once
// Private to core/scribble: what an export tells of itself (docs/formats/scribbles.md).
#include "core/base/json.h"
#include "core/scribble/scribble_layout.h"

namespace recontour {

/// @param problems  what --force went past
OrderedJson manifestCase(const PlannedCase& planned, const ScribbleCase& one, const ExportPlan& plan,
                         const std::vector<std::string>& problems);
/// Text of manifest.json.
std::string manifestText(const ExportPlan& plan, OrderedJson cases);

}  // namespace recontour
