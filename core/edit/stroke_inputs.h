#pragma once
#include <string>
#include <vector>

#include "core/edit/brush_tool.h"

namespace recontour {

/// What a brush stroke was given: enough to draw it again (docs/formats/session-log.md, "inputs" of an edit).
struct StrokeInputs {
  BrushTool::Settings settings;
  std::vector<PointerSample> samples;
};

/// JSON text {"tool":"brush","settings":{...},"plane":...,"samples":[[x,y,z,ms],...]}, mm with 17 significant digits.
std::string toJson(const StrokeInputs& inputs);
/// @throws Error when the text is not such a stroke
StrokeInputs strokeInputsFrom(const std::string& json);

/// Draws the stroke again in `edit`. @return the voxels that changed
Box execute(const StrokeInputs& inputs, EditTransaction& edit);

/// The filter of a brush stroke: everything but locks may be painted over; the eraser takes only its organ.
WriteFilter strokeFilter(const BrushTool::Settings& settings, const LabelSet& locked, bool readOnly);

}  // namespace recontour
