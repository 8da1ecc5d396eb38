#include "core/statistics/questionnaires.h"

#include "core/base/error.h"
#include "core/statistics/descriptive.h"

namespace recontour {

double susScore(const std::array<int, 10>& answers) {
  int sum = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] < 1 || answers[i] > 5) throw Error("an answer of the usability scale must be 1 to 5");
    sum += i % 2 == 0 ? answers[i] - 1 : 5 - answers[i];  // items are counted from 1: odd ones are the positive ones
  }
  return 2.5 * sum;
}

double rawTaskLoad(const std::array<double, 6>& scales) {
  for (const double scale : scales) {
    if (!(scale >= 0 && scale <= 100)) throw Error("a scale of the task load index must be 0 to 100");
  }
  return meanOf(scales);
}

}  // namespace recontour
