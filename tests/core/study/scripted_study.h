#pragma once
#include <string>
#include <vector>

#include "core/study/coordinator_study.h"
#include "core/study/reader_package.h"
#include "core/study/study_import.h"
#include "core/study/study_packages.h"
#include "tests/core/study/scripted_reader.h"
#include "tests/data/small_case.h"
#include "tests/data/temporary_folder.h"

namespace recontour {

/// A study of cases like smallCase(), with the folders of its coordinator and readers, to be frozen and read by
/// readTask(). Start maps have liver in slice 1 and spleen in slice 2, references liver in slice 1 and half of slice 2.
class ScriptedStudy {
 public:
  struct Options {
    std::string preset = "word-fig3";
    int cases = 2;
    std::vector<std::string> readers = {"R1", "R2"};
    int washoutDays = 0;
  };
  ScriptedStudy() : ScriptedStudy(Options{}) {}
  explicit ScriptedStudy(const Options& options);

  CoordinatorStudy& study() { return study_; }
  /// Where a test that breaks the study's files opens it again. @throws Error as opening does
  CoordinatorStudy openedAgain() const { return CoordinatorStudy::open(folder_ / "study", clock); }

  /// Packs for a reader and unpacks on his machine, `machine` telling apart several.
  ReaderPackage give(const std::string& reader, const std::string& machine = "");
  std::filesystem::path packed(const std::string& reader);
  /// Returns what a reader has on his machine. @return the .zip
  std::filesystem::path taken(const ReaderPackage& package, const std::string& name = "return");
  /// All tasks of a package that wait, each with `edits`.
  void readAll(const ReaderPackage& package, const std::function<void(Session&)>& edits);
  Receipt read(const ReaderPackage& package, std::size_t task, const std::function<void(Session&)>& edits = {});

  /// R1 reads the first of his tasks of a study that is a draft yet, and it is closed. @return the task
  StudyTask readFirstAndClose(const std::function<void(Session&)>& edits);

  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

  FakeClock clock;
  OrganTable organs = OrganTable::named("word");

 private:
  TemporaryFolder folder_;
  CoordinatorStudy study_;
};

}  // namespace recontour
