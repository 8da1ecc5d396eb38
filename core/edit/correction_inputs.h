#pragma once
#include <string>
#include <vector>

#include "core/edit/edit_rules.h"
#include "core/edit/pointer_sample.h"

namespace recontour {

enum class CorrectionMethod {
  Growth,  ///< GeodesicGrowth through the slices, many organs at once
  Cut,     ///< GrabCut on the slice of the last stroke, one organ
};
const char* correctionMethodName(CorrectionMethod method);  ///< "growth", "cut"

/// A line that says what lies there: an organ, or background (0).
struct CorrectionStroke {
  Label label = 0;
  std::vector<PointerSample> samples;
};

/// What a correction was given: enough to solve it again (docs/formats/session-log.md, "inputs" of an edit).
struct CorrectionInputs {
  CorrectionMethod method = CorrectionMethod::Growth;
  Label organ = 1;      ///< that a cut is about, and that background strokes may take away without a stroke of its own
  double reachMm = 20;  ///< nothing changes farther from the strokes, counted along the ways of GeodesicGrowth
  double radiusMm = 1;  ///< of the lines
  EditRules rules = {};
  std::vector<CorrectionStroke> strokes = {};
};

std::string toJson(const CorrectionInputs& inputs);
/// @throws Error when the text is no such correction
CorrectionInputs correctionInputsFrom(const std::string& json);

}  // namespace recontour
