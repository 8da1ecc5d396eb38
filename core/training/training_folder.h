#pragma once
// Private to core/training: the folder that a run works in until it is through.
#include <filesystem>
#include <optional>

#include "core/base/json.h"

namespace recontour {

/// The folder of one run, which nobody else uses as long as this lives. At destruction it goes unless something was
/// learned that a later run can go on from.
class TrainingFolder {
 public:
  /// Makes the folder (mode 0700) where it is missing and locks it; without `resumes` empties it.
  /// @throws Error when another run is in it, it is no training's, it holds what a stopped run has learned and that is
  ///         not wanted, or there is nothing to go on from
  TrainingFolder(const std::filesystem::path& folder, bool resumes);
  ~TrainingFolder();
  TrainingFolder(const TrainingFolder&) = delete;
  TrainingFolder& operator=(const TrainingFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Whether the worker has left a checkpoint.
  bool hasLearned() const;
  /// The request of the run that was stopped; none where there was none, or it did not come that far.
  std::optional<Json> stoppedRequest() const;
  /// Keeps the request for a later run. @throws Error when the disk is full
  void keep(const Json& request) const;
  /// Removes it with all that was learned. @return false when something stays
  bool remove();

 private:
  void lock();
  void empty() const;
  void sweep() const;
  std::filesystem::path path_;
  int descriptor_ = -1;
};

/// Whether a stopped run has learned something there.
bool holdsStoppedRun(const std::filesystem::path& folder);

}  // namespace recontour
