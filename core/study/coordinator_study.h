#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/study/study_protocol.h"
#include "core/study/study_store.h"

namespace recontour {

/// How far a study is. Readings come in while it is frozen; truth is sealed until it is closed, names of arms and
/// models until it is unblinded.
enum class StudyStage { Draft, Frozen, Closed, Unblinded };
const char* stageName(StudyStage stage);  ///< "draft", ...

/// A study as its coordinator has it: a folder with study.json, store.sqlite, cases/, truth/, starts/, plants/ and
/// sessions/ (docs/formats/study.md). Readers never see it; they get packages. One thread at a time.
class CoordinatorStudy {
 public:
  /// Makes a new folder with a draft. @throws Error when a study is there already, whole or in part, or the organ table
  /// is a file: readers' packages name it alone
  static CoordinatorStudy create(const std::filesystem::path& folder, StudyProtocol draft, const Clock& clock);
  /// @throws Error when it is no study, its store is missing, or study.json is not the one that was frozen
  static CoordinatorStudy open(const std::filesystem::path& folder, const Clock& clock);

  const std::filesystem::path& folder() const { return folder_; }
  /// As it was frozen, with the amendments made since.
  const StudyProtocol& protocol() const { return protocol_; }
  const std::string& freezeHash() const { return freezeHash_; }  ///< empty in a draft
  StudyStage stage() const { return stage_; }
  StudyStore& store() const { return *store_; }
  const Clock& clock() const { return *clock_; }

  std::filesystem::path imageOf(const std::string& caseId) const;
  std::filesystem::path truthOf(const std::string& caseId) const;
  std::filesystem::path startOf(const std::string& caseId, const std::string& arm) const;
  /// Voxels of planted errors, and the start map before they were planted.
  std::filesystem::path plantOf(const std::string& caseId, const std::string& arm) const;
  std::filesystem::path unplantedOf(const std::string& caseId, const std::string& arm) const;
  std::filesystem::path sessionOf(const StudyTask& task) const;

  /// Changes the draft and writes it. @throws Error once it is frozen
  void edit(const std::function<void(StudyProtocol&)>& change);
  /// Lays the order down, and the protocol with its hash. @throws Error naming everything that is missing: cases,
  /// readers, start maps of every case in every arm that has one
  void freeze(const std::string& who);
  /// A change after freezing, told in the report. @param path  JSON pointer into study.json, e.g. "/analysis/margin"
  /// @param value  JSON text. @throws Error for what may not change: cases, arms, readers' order, seed, start maps
  void amend(const std::string& path, const std::string& value, const std::string& who, const std::string& reason);
  /// Takes a task's reading out of all figures. @throws Error without a reason
  void exclude(const std::string& task, const std::string& who, const std::string& reason);
  /// Lets the reader go on with an accepted or excluded case.
  void reopen(const std::string& task, const std::string& who, const std::string& reason);
  /// How many of a task's accepts do not count any more, since it was reopened behind them.
  int acceptsUndone(const std::string& task) const;
  void close(const std::string& who);
  void unblind(const std::string& who);                    ///< @throws Error before it is closed
  void backup(const std::filesystem::path& target) const;  ///< the store and study.json, into a new folder
  void note(const std::string& who, const std::string& action, const std::string& subject,
            const std::string& reason = {}) const;
  /// @throws Error unless it is at this stage, saying what to do
  void requireStage(StudyStage stage) const;

 private:
  CoordinatorStudy(std::filesystem::path folder, const Clock& clock);
  void readStage();
  void applyAmendments();
  void undoAccept(const StudySession& session);
  void setStage(StudyStage stage, const std::string& who);
  void writeProtocol() const;
  void requireStarts() const;

  std::filesystem::path folder_;
  const Clock* clock_;
  StudyProtocol protocol_;
  std::string freezeHash_;
  StudyStage stage_ = StudyStage::Draft;
  std::unique_ptr<StudyStore> store_;
};

}  // namespace recontour
