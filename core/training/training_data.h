#pragma once
// Private to core/training: cases as the worker gets them.
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/organ_table.h"
#include "core/training/training_run.h"

namespace recontour {

/// Cases whose raw volumes lie in the training folder.
struct TrainingData {
  std::vector<Json> cases;            ///< of the request
  Point3 spacingMm;                   ///< median of the cases to learn from, LPS axes
  std::vector<std::string> warnings;  ///< one sentence each
};

/// Opens the cases one after the other and writes them as raw volumes; a file that is there already stays.
/// @param dense  what is learned from: dense labels, else strokes
/// @throws Error: a case that cannot be opened, labels outside the table, a map on another grid, no stroke, no
///         background stroke at all, a full disk; Cancelled
TrainingData prepareTrainingData(const std::vector<TrainingSource>& cases, const OrganTable& organs, bool dense,
                                 const std::filesystem::path& folder, TrainingSink& sink, const std::stop_token& stop);

}  // namespace recontour
