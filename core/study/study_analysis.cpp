#include "core/study/study_analysis.h"

#include <algorithm>
#include <cmath>

#include "core/statistics/holm.h"
#include "core/statistics/proportion.h"
#include "core/study/study_csv.h"
#include "core/study/study_selection.h"
#include "core/study/study_summaries.h"

namespace recontour {
namespace {

std::vector<CaseChange> changesOf(const StudySelection& selection, const std::string& arm, const std::string& reader,
                                  const std::string& organ) {
  const auto onlyPaired = [](auto figure) -> RowFigure {
    return [figure](const StudyRow& row) {
      return dscBefore(row) && dscAfter(row) ? figure(row) : std::optional<double>();
    };
  };
  const auto edited = [](const StudyRow& row) { return std::optional<double>(row.edited ? 1 : 0); };
  const CaseValues before = caseValues(selection, arm, reader, organ, onlyPaired(dscBefore));
  const CaseValues after = caseValues(selection, arm, reader, organ, onlyPaired(dscAfter));
  const CaseValues touched = caseValues(selection, arm, reader, organ, onlyPaired(edited));
  std::vector<CaseChange> changes;
  for (const auto& [name, value] : before)
    changes.push_back({name, selection.patients.at(name), value, after.at(name), touched.at(name) > 0});
  return changes;
}

/// Over the rows behind the outcome: readings, what is missing of them, and edited ones.
void countRows(const StudySelection& selection, OrganOutcome& outcome) {
  const auto readers = outcome.reader == kAllReaders ? selection.readersOf(outcome.arm) : std::vector{outcome.reader};
  const auto organs = outcome.organ == kAllOrgans ? selection.organs : std::vector{outcome.organ};
  for (const std::string& reader : readers) {
    std::map<std::string, bool> cases;
    for (const std::string& organ : organs) {
      for (const StudyRow* row : selection.rows(selection.counted, outcome.arm, reader, organ)) {
        cases[row->caseId] = cases[row->caseId] || row->edited;
        outcome.missingBefore += !dscBefore(*row);
        outcome.missingAfter += !dscAfter(*row);
      }
    }
    outcome.readings += static_cast<int>(cases.size());
    outcome.edited += static_cast<int>(std::ranges::count_if(cases, [](const auto& each) { return each.second; }));
  }
}

OrganOutcome organOutcome(const StudySelection& selection, const StudyProtocol& protocol, const std::string& arm,
                          const std::string& reader, const std::string& organ) {
  OrganOutcome outcome;
  outcome.arm = arm, outcome.reader = reader, outcome.organ = organ;
  countRows(selection, outcome);
  if (reader != kAllReaders && outcome.readings > 0)
    outcome.editedPart = wilsonInterval(outcome.edited, outcome.readings, 1 - protocol.analysis.alpha);
  outcome.before = described(caseValues(selection, arm, reader, organ, dscBefore));
  outcome.after = described(caseValues(selection, arm, reader, organ, dscAfter));
  CaseValues changes;
  for (const CaseChange& each : changesOf(selection, arm, reader, organ)) {
    changes[each.caseId] = each.change();
    outcome.improved += each.change() > 0;
    outcome.worse += each.change() < 0;
    outcome.unchanged += each.change() == 0;
  }
  outcome.change = described(changes);
  const int family = organ == kAllOrgans ? 1 : static_cast<int>(selection.organs.size());
  outcome.test = pairedTest(byPatient(selection, changes), protocol, family);
  return outcome;
}

void addReader(const StudySelection& selection, const StudyProtocol& protocol, const std::string& arm,
               const std::string& reader, std::vector<OrganOutcome>& outcomes) {
  const std::size_t first = outcomes.size();
  for (const std::string& organ : selection.organs)
    outcomes.push_back(organOutcome(selection, protocol, arm, reader, organ));
  std::vector<PairedTest*> family;
  for (std::size_t i = first; i < outcomes.size(); ++i) family.push_back(&outcomes[i].test);
  adjustFamily(family);
  outcomes.push_back(organOutcome(selection, protocol, arm, reader, kAllOrgans));
}

std::size_t primaryLimit(const StudyAnalysis& analysis) {
  const auto found = std::ranges::find(analysis.idleLimitsS, analysis.primaryIdleLimitS);
  return found == analysis.idleLimitsS.end() ? 1 : static_cast<std::size_t>(found - analysis.idleLimitsS.begin());
}

}  // namespace

void adjustFamily(std::span<PairedTest* const> family) {
  std::vector<std::optional<double>> p;
  for (const PairedTest* test : family) p.push_back(test->p);
  const auto adjusted = holmAdjusted(p);
  for (std::size_t i = 0; i < family.size(); ++i) family[i]->holmP = adjusted[i];
}

double CaseChange::change() const { return rounded(after - before); }

std::vector<CaseChange> caseChanges(const StudyResults& results, const std::string& arm, const std::string& reader,
                                    const std::string& organ) {
  return changesOf(selectRows(results), arm, reader, organ);
}

StudyFindings analyse(const StudyResults& results) {
  StudyFindings findings;
  const StudySelection selection = selectRows(results);
  findings.flow = studyFlow(results);
  findings.primaryLimit = primaryLimit(results.protocol.analysis);
  for (const std::string& arm : selection.arms) {
    auto readers = selection.readersOf(arm);
    if (readers.size() > 1) readers.emplace_back(kAllReaders);
    for (const std::string& reader : readers) addReader(selection, results.protocol, arm, reader, findings.organs);
  }
  findings.starts = startOutcomes(selection);
  findings.reproduction = reproductionOutcomes(selection);
  findings.work = workOutcomes(selection);
  findings.times = timeOutcomes(selection);
  findings.comparisons = armComparisons(selection, results.protocol);
  findings.primary = primaryOutcomes(selection, results.protocol);
  findings.agreement = agreementOutcomes(selection, results.agreement);
  findings.repeats = repeatOutcomes(selection, findings.primaryLimit);
  findings.vigilance = vigilanceOutcomes(results);
  findings.courses = meanCourses(results);
  findings.ratings = ratingFindings(results);
  return findings;
}

const StartOutcome* StudyFindings::findStart(const std::string& arm, const std::string& organ) const {
  const auto found =
      std::ranges::find_if(starts, [&](const StartOutcome& each) { return each.arm == arm && each.organ == organ; });
  return found == starts.end() ? nullptr : &*found;
}

namespace {

template <typename Outcomes>
auto* findOutcome(Outcomes& outcomes, const std::string& arm, const std::string& reader, const std::string& organ) {
  const auto found = std::ranges::find_if(
      outcomes, [&](const auto& each) { return each.arm == arm && each.reader == reader && each.organ == organ; });
  return found == outcomes.end() ? nullptr : &*found;
}

}  // namespace

const OrganOutcome* StudyFindings::find(const std::string& arm, const std::string& reader,
                                        const std::string& organ) const {
  return findOutcome(organs, arm, reader, organ);
}

const TimeOutcome* StudyFindings::findTime(const std::string& arm, const std::string& reader,
                                           const std::string& organ) const {
  return findOutcome(times, arm, reader, organ);
}

const WorkOutcome* StudyFindings::findWork(const std::string& arm, const std::string& reader,
                                           const std::string& organ) const {
  return findOutcome(work, arm, reader, organ);
}

const MeanCourse* StudyFindings::findCourse(const std::string& arm, const std::string& reader,
                                            const std::string& organ) const {
  return findOutcome(courses, arm, reader, organ);
}

}  // namespace recontour
