#include "tests/core/study/figure3_recovery.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/image/organ_table.h"

namespace recontour {
namespace {

Description described(const StudyResults& results, const std::string& organ, int column) {
  std::vector<double> values;
  const std::string reader = "R" + std::to_string(std::max(1, column));
  for (const StudyRow& row : results.rows)
    if (row.organ == organ && row.reader == reader) values.push_back(*(column == 0 ? row.before : row.after)->dsc);
  const auto found = describe(values);
  if (!found || !found->sd) throw Error(organ + " has no DSC by " + reader);
  return *found;
}

}  // namespace

Figure3Recovery recoveredFigure3(const StudyResults& results) {
  const OrganTable table = OrganTable::named("word");
  Figure3Recovery recovery;
  for (const Figure3Organ& printed : figure3Targets()) {
    RecoveredOrgan& organ = recovery.organs.emplace_back();
    organ.printed = printed;
    for (int column = 0; column < 4; ++column) {
      const Description found = described(results, table.find(printed.label)->key, column);
      organ.found[static_cast<std::size_t>(column)] = found;
      recovery.largestMean = std::max(recovery.largestMean, std::abs(found.mean - printed.mean(column)));
      recovery.largestSd = std::max(recovery.largestSd, std::abs(*found.sd - printed.sd(column)));
    }
  }
  return recovery;
}

}  // namespace recontour
