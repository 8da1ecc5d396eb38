#pragma once
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/image/organ_table.h"
#include "core/workbench/trainer.h"

namespace recontour {

/// A case of a folder with WORD's layout or of a closed study, as a training would find it.
struct CaseOutlook {
  std::string name;
  int organs = 0;           ///< with a stroke
  bool background = false;  ///< strokes of it
  bool dense = false;
  std::vector<std::string> problems;  ///< one sentence each; of strokes see scribbleProblems()
};
/// Reads strokes and dense labels of every image in imagesTr: some 0.1 s a case; a second a reading of a study. What
/// cannot be read is a problem of its case. Call it from a background thread; stops early, with fewer cases, when
/// `stop` was requested.
std::vector<CaseOutlook> caseOutlooks(const std::filesystem::path& folder, const OrganTable& organs,
                                      const std::stop_token& stop);

/// What would become of a job, before it starts.
struct TrainingOutlook {
  std::map<std::string, bool> heldBack;  ///< by name: held back, or learned from; a case of neither is not there
  std::string problem;                   ///< why it cannot start; empty when it can
  bool modelThere = false;               ///< a folder of that name is there already
  bool resumable = false;
};
TrainingOutlook trainingOutlook(const TrainingJob& job, Trainer& trainer, const std::stop_token& stop = {});

}  // namespace recontour
