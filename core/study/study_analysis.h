#pragma once
#include <string>
#include <vector>

#include "core/study/study_comparisons.h"
#include "core/study/study_courses.h"
#include "core/study/study_outcomes.h"
#include "core/study/study_ratings.h"
#include "core/study/study_results.h"

namespace recontour {

/// All that a report says of a study in numbers.
struct StudyFindings {
  StudyFlow flow;
  std::size_t primaryLimit = 1;  ///< index of the primary idle limit
  std::vector<StartOutcome> starts;
  std::vector<OrganOutcome> organs;  ///< by arm, reader (kAllReaders last), organ (kAllOrgans last)
  std::vector<TimeOutcome> times;
  std::vector<WorkOutcome> work;
  std::vector<ArmComparison> comparisons;
  std::vector<PrimaryOutcome> primary;
  std::vector<AgreementOutcome> agreement;
  std::vector<RepeatOutcome> repeats;
  std::vector<VigilanceOutcome> vigilance;
  std::vector<ReproductionOutcome> reproduction;
  std::vector<MeanCourse> courses;
  RatingFindings ratings;

  const StartOutcome* findStart(const std::string& arm, const std::string& organ) const;
  const OrganOutcome* find(const std::string& arm, const std::string& reader, const std::string& organ) const;
  const WorkOutcome* findWork(const std::string& arm, const std::string& reader, const std::string& organ) const;
  const TimeOutcome* findTime(const std::string& arm, const std::string& reader, const std::string& organ) const;
  const MeanCourse* findCourse(const std::string& arm, const std::string& reader, const std::string& organ) const;
};

/// Cases of one patient are averaged within a reader before a test, and drawn together in a bootstrap.
StudyFindings analyse(const StudyResults& results);

/// The cases behind an outcome, for figures: change and whether it was edited.
struct CaseChange {
  std::string caseId, patient;
  double before = 0, after = 0;
  bool edited = false;
  double change() const;  ///< rounded to 1e-12, so that equal changes are ties
};
/// @param reader  or kAllReaders: mean over the readers, of cases that every reader has
std::vector<CaseChange> caseChanges(const StudyResults& results, const std::string& arm, const std::string& reader,
                                    const std::string& organ);

}  // namespace recontour
