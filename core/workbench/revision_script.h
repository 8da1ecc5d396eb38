#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/edit/pointer_sample.h"
#include "core/workbench/workbench_state.h"

namespace recontour {

class AxisMap;

/// One stroke of a script: what a reader would do with the mouse, in mm, so that it can be repeated on any prediction.
struct ScriptedStroke {
  std::string organKey;  ///< of the organ table, e.g. "adrenal"
  BrushSettings brush;
  bool erase = false;
  Plane plane = Plane::Axial;
  std::vector<Point3> pointsMm;  ///< LPS, at least one
};

/// A recorded revision such as resources/demo/revision.json (docs/formats/revision.md).
struct RevisionScript {
  std::string title;
  std::vector<ScriptedStroke> strokes;
};

/// @throws Error naming the file and the stroke
RevisionScript readRevisionScript(const std::filesystem::path& file);

/// The stroke's path as samples of a pointer on the slices of `axisMap`.
std::vector<PointerSample> samplesOf(const ScriptedStroke& stroke, const AxisMap& axisMap);

}  // namespace recontour
