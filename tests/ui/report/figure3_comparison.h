#pragma once
#include <string>

#include "tests/core/study/figure3_recovery.h"
#include "ui/report/figure_file.h"

namespace recontour {

/// The 64 means, printed and recovered, and the largest deviations: the part of docs/development/figure-3.md that a
/// command makes. Markdown.
std::string figure3Table(const Figure3Recovery& recovery);

/// WORD's bars, digitised, above those that came out of the simulated study; both drawn alike.
PaintedFigure figure3Picture(const Figure3Recovery& recovery);

}  // namespace recontour
