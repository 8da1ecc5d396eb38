#pragma once
#include <filesystem>
#include <vector>

#include "core/base/progress_sink.h"
#include "core/study/study_results.h"

namespace recontour {

/// What the simulation of WORD's user study is made from.
struct Figure3Request {
  std::vector<std::filesystem::path> truths;  ///< label maps of the table "word", one a case
  std::filesystem::path folder;               ///< where study and packages are made; must not be there
  int step = 1;                               ///< every step-th voxel of each row and column is taken
  std::uint64_t seed = 2022;
};

/// The whole way of a study with three readers that are scripts: import, freeze, packages, reading, returns, merge,
/// close, figures. Start maps and readers' results have the means and SDs of figure3Targets(). Images are made from
/// the label maps, since the maps were published without.
/// @throws Error
StudyResults runFigure3Study(const Figure3Request& request, ProgressSink& progress);

}  // namespace recontour
