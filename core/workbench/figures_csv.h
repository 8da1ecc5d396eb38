#pragma once
#include <string>
#include <vector>

#include "core/image/organ_table.h"
#include "core/workbench/workbench_state.h"

namespace recontour {

/// What a table of one case's organs says besides the organs.
struct FiguresTable {
  std::string caseName, reader;
  bool withDsc = false;  ///< false hides what the reference would tell
  OrganTable organs;
  std::vector<OrganStatus> status;  ///< one entry per organ of the table, in its order
};

/// One line an organ (docs/formats/figures-csv.md).
std::string figuresCsv(const FiguresTable& table);

}  // namespace recontour
