#include "core/study/study_selection.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/study/study_csv.h"

namespace recontour {
namespace {

/// What tells a reading from others: reader, case, arm, repeat.
using Reading = std::tuple<std::string, std::string, std::string, int>;

std::set<Reading> excludedReadings(const StudyResults& results) {
  std::set<Reading> excluded;
  for (const StudySession& session : results.sessions) {
    if (session.state == StudySession::State::Excluded)
      excluded.insert({session.task.reader, session.task.caseId, session.task.arm, session.task.repeat});
  }
  return excluded;
}

template <typename Items>
std::vector<std::string> present(const Items& items, const std::set<std::string>& found) {
  std::vector<std::string> names;
  for (const auto& item : items) {
    if (found.contains(item.id)) names.push_back(item.id);
  }
  return names;
}

void nameWhatIsThere(const StudyProtocol& protocol, StudySelection& selection) {
  std::set<std::string> arms, readers, organs;
  for (const auto& [cell, rows] : selection.counted) {
    arms.insert(std::get<0>(cell));
    readers.insert(std::get<1>(cell));
    organs.insert(std::get<2>(cell));
  }
  selection.arms = present(protocol.arms, arms);
  selection.readers = present(protocol.readers, readers);
  std::ranges::copy_if(protocol.organs, std::back_inserter(selection.organs),
                       [&](const std::string& organ) { return organs.contains(organ); });
}

/// Means of values that are added under their case.
class CaseMeans {
 public:
  void add(const CaseValues& values) {
    for (const auto& [name, value] : values) sums_[name].first += value, ++sums_[name].second;
  }
  CaseValues of(std::size_t least) const {
    CaseValues means;
    for (const auto& [name, sum] : sums_) {
      if (sum.second >= least) means[name] = sum.first / static_cast<double>(sum.second);
    }
    return means;
  }

 private:
  std::map<std::string, std::pair<double, std::size_t>> sums_;
};

}  // namespace

double rounded(double difference) { return std::round(difference * 1e12) / 1e12; }

const std::vector<const StudyRow*>& StudySelection::rows(const StudyCells& cells, const std::string& arm,
                                                         const std::string& reader, const std::string& organ) const {
  static const std::vector<const StudyRow*> kNone;
  const auto found = cells.find({arm, reader, organ});
  return found == cells.end() ? kNone : found->second;
}

std::vector<std::string> StudySelection::readersOf(const std::string& arm) const {
  std::vector<std::string> names;
  for (const std::string& reader : readers) {
    const auto first = counted.lower_bound({arm, reader, ""});
    if (first != counted.end() && std::get<0>(first->first) == arm && std::get<1>(first->first) == reader)
      names.push_back(reader);
  }
  return names;
}

StudySelection selectRows(const StudyResults& results) {
  StudySelection selection;
  const std::set<Reading> excluded = excludedReadings(results);
  for (const StudyRow& row : results.rows) {
    if (row.practice || row.planted || excluded.contains({row.reader, row.caseId, row.arm, row.repeat})) continue;
    selection.patients[row.caseId] = row.patientGroup.empty() ? "case " + row.caseId : row.patientGroup;
    const std::tuple cell(row.arm, row.reader, row.organ);
    if (row.repeat > 0) {
      selection.repeated[cell].push_back(&row);
      continue;
    }
    if (row.organ != "review") selection.counted[cell].push_back(&row);
    if (!row.interrupted) selection.timed[cell].push_back(&row);
  }
  nameWhatIsThere(results.protocol, selection);
  return selection;
}

std::optional<double> dscBefore(const StudyRow& row) { return isMeasured(row.before) ? row.before->dsc : std::nullopt; }
std::optional<double> dscAfter(const StudyRow& row) { return isMeasured(row.after) ? row.after->dsc : std::nullopt; }

CaseValues caseValues(const StudySelection& selection, const std::string& arm, const std::string& reader,
                      const std::string& organ, const RowFigure& figure) {
  if (reader == kAllReaders) {
    const auto readers = selection.readersOf(arm);
    CaseMeans means;
    for (const std::string& each : readers) means.add(caseValues(selection, arm, each, organ, figure));
    return means.of(readers.size());
  }
  if (organ == kAllOrgans) {
    CaseMeans means;
    for (const std::string& each : selection.organs) means.add(caseValues(selection, arm, reader, each, figure));
    return means.of(1);
  }
  CaseValues values;
  for (const StudyRow* row : selection.rows(selection.counted, arm, reader, organ)) {
    if (const auto value = figure(*row)) values[row->caseId] = *value;
  }
  return values;
}

PatientGroups byPatient(const StudySelection& selection, const CaseValues& values) {
  PatientGroups made;
  std::map<std::string, std::vector<int>> groups;
  for (const auto& [name, value] : values) {
    groups[selection.patients.at(name)].push_back(static_cast<int>(made.values.size()));
    made.values.push_back(value);
  }
  for (auto& [patient, cases] : groups) made.groups.push_back(std::move(cases));
  return made;
}

std::vector<double> PatientGroups::means() const {
  std::vector<double> made;
  for (const std::vector<int>& group : groups) {
    double sum = 0;
    for (const int number : group) sum += values[static_cast<std::size_t>(number)];
    made.push_back(rounded(sum / static_cast<double>(group.size())));
  }
  return made;
}

std::optional<Description> described(const CaseValues& values) {
  std::vector<double> numbers;
  for (const auto& [name, value] : values) numbers.push_back(value);
  return describe(numbers);
}

PairedTest pairedTest(const PatientGroups& differences, const StudyProtocol& protocol, int family) {
  PairedTest test;
  const std::vector<double> units = differences.means();
  if (units.empty()) return test;
  test.wilcoxon = wilcoxonSignedRank(units);
  test.p = test.wilcoxon.p();
  test.canBeSignificant = canBeSignificant(test.wilcoxon.nonZero, protocol.analysis.alpha, std::max(family, 1));
  test.shift = hodgesLehmann(units, 1 - protocol.analysis.alpha);
  const auto mean = [&](std::span<const int> cases) {
    double sum = 0;
    for (const int number : cases) sum += differences.values[static_cast<std::size_t>(number)];
    return cases.empty() ? std::nan("") : sum / static_cast<double>(cases.size());
  };
  test.mean = bootstrapByGroup(differences.groups, mean,
                               {.replicates = protocol.analysis.bootstrapSamples,
                                .seed = protocol.design.seed,
                                .confidence = 1 - protocol.analysis.alpha});
  return test;
}

}  // namespace recontour
