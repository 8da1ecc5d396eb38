#pragma once
// Private to core/study.
#include <set>

#include "core/io/label_file.h"
#include "core/study/coordinator_study.h"
#include "core/study/session_facts.h"

namespace recontour {

/// Reads references, planted errors and readings for figures, so that none are made from a file that was changed.
/// Files are hashed once each.
class FrozenFiles {
 public:
  explicit FrozenFiles(const CoordinatorStudy& study) : study_(study) {}

  /// The reference of a case that has one. @throws Error (CheckFailed) when it is not the one that was frozen
  LabelImage truthOf(const std::string& caseId);
  /// Its file, unread. @throws Error (CheckFailed) as truthOf() does
  std::filesystem::path truthFileOf(const std::string& caseId);
  /// Voxels of the errors of a start map. @throws Error (CheckFailed) when they are not those that were frozen
  LabelImage plantOf(const PlantedError& error);
  /// @throws Error (CheckFailed) when the log is not the one that was merged
  SessionFacts factsOf(const StudySession& session, const OrganTable& organs) const;
  /// The folder of a reading. @throws Error (CheckFailed) as factsOf() does
  std::filesystem::path folderOf(const StudySession& session) const;

 private:
  void requireFrozen(const std::filesystem::path& file, const std::string& sha256);

  const CoordinatorStudy& study_;
  std::set<std::filesystem::path> checked_;
};

}  // namespace recontour
