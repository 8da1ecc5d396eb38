#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/statistics/descriptive.h"
#include "core/study/study_results.h"

namespace recontour {

/// What was asked: a question of the protocol before or after revision, of an organ or of the whole case.
struct RatingSubject {
  std::string arm, when, question, organ;  ///< when: "before" or "after"; organ: empty for a case, or kAllOrgans
  auto operator<=>(const RatingSubject&) const = default;
};

/// The scores that one reader gave. Scores count from 1, the lowest answer of the question.
struct RatingOutcome {
  RatingSubject of;
  std::string reader;       ///< or kAllReaders
  std::vector<int> counts;  ///< by score
  std::optional<Description> scores;
  /// Part of the two highest scores; empty for questions with fewer than four answers.
  std::optional<double> topTwo() const;
};

/// How far readers gave the same scores.
struct RatingAgreement {
  RatingSubject of;
  int readers = 0;
  int items = 0;                ///< cases (or organs of cases) that two readers or more scored
  std::optional<double> value;  ///< two readers: quadratic weighted kappa; more: Krippendorff's ordinal alpha
};

/// An answer in words.
struct RatingRemark {
  RatingSubject of;
  std::string reader, caseId, text;
};

struct RatingFindings {
  std::vector<RatingOutcome> scores;
  std::vector<RatingAgreement> agreement;
  std::vector<RatingRemark> remarks;
};

/// Of accepted readings; practice, planted cases and repeats are left out, their ratings too.
RatingFindings ratingFindings(const StudyResults& results);

/// reader,case,arm,repeat,practice,planted,when,question,organ,answer: a line an answer of an accepted reading.
std::string ratingsCsv(const std::vector<StudySession>& sessions, const StudyProtocol& protocol);

}  // namespace recontour
