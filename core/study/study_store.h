#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/study/study_results.h"

namespace recontour {

/// What the coordinator knows of a study besides its protocol: tasks, readings, figures, and what was done to it. Any
/// implementation holds what tests/core/study/study_store_test.cpp says. One thread at a time; every change is on
/// disk when its function returns, or an Error says why not and nothing has changed.
class StudyStore {
 public:
  virtual ~StudyStore() = default;

  virtual std::optional<std::string> setting(const std::string& key) const = 0;
  virtual void setSetting(const std::string& key, const std::string& value) = 0;

  /// Replaces all tasks; what is known of readings goes.
  virtual void setTasks(std::span<const StudyTask> tasks) = 0;
  virtual std::vector<StudySession> workList(const std::string& reader) const = 0;  ///< in the reader's order
  virtual std::vector<StudySession> sessions() const = 0;                           ///< by reader, in their orders
  virtual std::optional<StudySession> session(const std::string& task) const = 0;
  /// The first of the reader's tasks that waits or is open, and that no other reading of the case or patient forbids.
  /// @param washoutMs, patientMs  least time since the other reading was accepted
  virtual std::optional<StudySession> nextTask(const std::string& reader, std::int64_t nowWallMs,
                                               std::int64_t washoutMs, std::int64_t patientMs) const = 0;
  /// Writes all that is known of a task's reading. @throws Error for a task that is not there
  virtual void putSession(const StudySession& session) = 0;
  /// The patient of each case, for nextTask().
  virtual void setPatient(const std::string& caseId, const std::string& patientGroup) = 0;

  /// Replaces the task's rows. @throws Error where they differ in more than an organ and its figures
  virtual void putRows(const std::string& task, std::span<const StudyRow> rows) = 0;
  virtual void forEachRow(const std::function<void(const StudyRow&)>& visit) const = 0;

  virtual void addNote(const StudyNote& note) = 0;
  virtual std::vector<StudyNote> notes() const = 0;

  /// All that `change` does is there when it returns, or nothing of it when it throws.
  virtual void together(const std::function<void()>& change) = 0;
  virtual void backup(const std::filesystem::path& file) const = 0;  ///< a whole copy, also while it is used
};

/// A store in one SQLite file on a local disk (write-ahead log, every commit flushed). Created where it is missing.
/// @throws Error when it cannot be opened, is damaged, or was made by a newer version
std::unique_ptr<StudyStore> openSqliteStore(const std::filesystem::path& file);

}  // namespace recontour
