#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/statistics/bootstrap.h"
#include "core/statistics/descriptive.h"
#include "core/statistics/wilcoxon.h"

namespace recontour {

/// Stands for the mean over the readers of a case, and for the mean over the organs of a case.
inline constexpr const char *kAllReaders = "", *kAllOrgans = "all";
/// Stands for a whole reading in times: the sum over its organs and "review".
inline constexpr const char* kWholeCase = "case";

/// What became of the tasks. A reading counts when it was accepted and is neither excluded nor practice, planted or
/// a repeat; times also leave out interrupted ones.
struct StudyFlow {
  int tasks = 0, waiting = 0, open = 0, accepted = 0, excluded = 0;
  int practice = 0, planted = 0, repeats = 0, interrupted = 0;  ///< of the accepted ones
  int counted = 0, timed = 0;
  std::vector<std::pair<std::string, std::string>> exclusions;  ///< "R1, C03, arm A" and why
};

/// A signed-rank test of paired differences with what belongs to it. Its units are patients, not cases.
struct PairedTest {
  WilcoxonResult wilcoxon;
  std::optional<double> p, holmP;  ///< Holm over the organs of one comparison; none for kAllOrgans
  bool canBeSignificant = true;    ///< the smallest possible p, times the organs of the family, is at most alpha
  std::optional<HodgesLehmann> shift;
  std::optional<BootstrapResult> mean;  ///< over cases, drawn by patient
};

/// DSC of an organ before and after revision, by one reader in one arm.
struct OrganOutcome {
  std::string arm, reader, organ;
  int readings = 0, missingBefore = 0, missingAfter = 0;  ///< missing ones are left out, they are not zero
  std::optional<Description> before, after, change;       ///< over cases
  int improved = 0, worse = 0, unchanged = 0;
  int edited = 0;
  std::optional<Interval> editedPart;  ///< Wilson; none over readers, whose readings of a case are not independent
  PairedTest test;                     ///< of the change
};

/// DSC of the starts of an arm: one value a case. The last organ is kAllOrgans.
struct StartOutcome {
  std::string arm, organ;
  int cases = 0, missing = 0;
  std::optional<Description> dsc{};
};

/// By the rule of WORD's script: DSC 0 and HD95 50 mm where a map lacks the organ, with their number.
struct ReproductionOutcome {
  std::string arm, reader, organ;  ///< kAllReaders: of the starts
  int cases = 0, absent = 0;
  std::optional<Description> dsc, hd95Mm;
};

}  // namespace recontour
