#pragma once
#include <optional>

#include "core/statistics/interval.h"
#include "core/statistics/variance_analysis.h"

namespace recontour {

struct Icc {
  double value = 0;                    ///< at most 1; below 0 when readers agree less than by chance
  std::optional<Interval> interval{};  ///< empty where F is not defined: without residual variance, e.g.
};

/// Intraclass correlations of n cases by k readers. Form 2: readers are a sample of readers, their bias counts as
/// disagreement. Form 3: just these readers, bias does not count. `Single` is one reader, `Average` the mean of all k.
struct IccForms {
  MeanSquares squares{};
  Icc single2{}, single3{};    ///< ICC(2,1), ICC(3,1)
  Icc average2{}, average3{};  ///< ICC(2,k), ICC(3,k)
};

/// With confidence intervals by F.
/// @return empty when all cases have the same value
/// @throws Error for an incomplete table (see `meanSquares`), unless 0 < confidence < 1
/// Source: Shrout & Fleiss, Psychological Bulletin 86(2), 1979, pp. 420-428.
std::optional<IccForms> intraclassCorrelations(const RatingTable& table, double confidence = 0.95);

}  // namespace recontour
