#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/edit/brush_tool.h"
#include "core/edit/edit_rules.h"
#include "core/edit/lasso_tool.h"

namespace recontour {

enum class StrokeKind { Brush, ThresholdBrush, Lasso, Polygon, FloodFill, AdaptiveBrush, Redraw, Nudge, Cut };
inline constexpr int kStrokeKinds = static_cast<int>(StrokeKind::Cut) + 1;
const char* strokeKindName(StrokeKind kind);  ///< "brush", "threshold brush", ...

/// What a stroke was given: enough to draw it again (docs/formats/session-log.md, "inputs" of an edit).
struct StrokeInputs {
  BrushTool::Settings settings;  ///< of lasso, polygon and flood fill: label, erase; `ball` fills through slices
  std::vector<PointerSample> samples = {};
  StrokeKind kind = StrokeKind::Brush;
  HuRange hu = {};  ///< of threshold brush and flood fill
  EditRules rules = {};
  bool flipped = false;  ///< redraw: the shorter piece of the contour stays; cut: the larger piece is given
  LassoAction lasso = LassoAction::Fill;
};

/// What a nudge does is decided where it begins: from inside the organ it pushes the border out, from outside in.
void decideNudge(StrokeInputs& inputs, const PointerSample& at, const LabelMap& labels, const Geometry& geometry);

/// JSON text {"tool":"brush","settings":{...},"plane":...,"samples":[[x,y,z,ms],...]}, mm with 17 significant digits.
std::string toJson(const StrokeInputs& inputs);
/// @throws Error when the text is not such a stroke
StrokeInputs strokeInputsFrom(const std::string& json);

/// The tool of a stroke. @param volume  looked into by flood fill. @param start  what a lasso may go back to
std::unique_ptr<Tool> makeTool(const StrokeInputs& inputs, const Volume& volume, const LabelMap& start = {});

/// Draws the stroke again in `edit`. @return the voxels that changed
Box execute(const StrokeInputs& inputs, const Volume& volume, EditTransaction& edit, const LabelMap& start = {});

/// The filter of a stroke: its rules and locks; the threshold brush paints its HU alone, and what takes away takes
/// away its organ alone.
WriteFilter strokeFilter(const StrokeInputs& inputs, const LabelSet& locked, bool readOnly, const AxisMap& axisMap,
                         const Volume& volume, const LabelLayers& layers = {});

}  // namespace recontour
