// Starts, reproduction of WORD's rule, work and planted errors.
#include "core/study/study_summaries.h"

#include <algorithm>

#include "core/statistics/proportion.h"

namespace recontour {
namespace {

/// Any reader's row of a case: they all start from one map.
std::map<std::string, const StudyRow*> firstRows(const StudySelection& selection, const std::string& arm,
                                                 const std::string& organ) {
  std::map<std::string, const StudyRow*> rows;
  for (const std::string& reader : selection.readers) {
    for (const StudyRow* row : selection.rows(selection.counted, arm, reader, organ)) rows.emplace(row->caseId, row);
  }
  return rows;
}

/// Values by WORD's rule.
struct ByRule {
  CaseValues dsc, hd95Mm;
  int absent = 0;

  void add(const std::string& caseId, const std::optional<StudyMetrics>& metrics) {
    if (!metrics) return;
    const bool there = metrics->empty == "none";
    absent += !there;
    if (!there || metrics->dsc) dsc[caseId] = there ? *metrics->dsc : 0;
    if (!there || metrics->hd95Mm) hd95Mm[caseId] = there ? *metrics->hd95Mm : 50;
  }
  ReproductionOutcome outcome(const std::string& arm, const std::string& reader, const std::string& organ) const {
    return {arm, reader, organ, static_cast<int>(dsc.size()), absent, described(dsc), described(hd95Mm)};
  }
};

WorkOutcome workOf(const StudySelection& selection, const std::string& arm, const std::string& reader,
                   const std::string& organ) {
  WorkOutcome outcome;
  outcome.arm = arm, outcome.reader = reader, outcome.organ = organ;
  std::vector<double> voxels, drawn;
  const auto readers = reader == kAllReaders ? selection.readersOf(arm) : std::vector{reader};
  for (const std::string& each : readers) {
    for (const StudyRow* row : selection.rows(selection.counted, arm, each, organ)) {
      ++outcome.readings;
      outcome.edited += row->edited;
      outcome.unseen += !row->seen;
      outcome.strokes += row->strokes;
      outcome.undos += row->undos;
      if (!row->edited) continue;
      voxels.push_back(static_cast<double>(row->voxelsAdded + row->voxelsRemoved));
      if (row->work && row->work->aplMm) drawn.push_back(*row->work->aplMm);
    }
  }
  outcome.voxelsChanged = describe(voxels);
  outcome.drawnMm = describe(drawn);
  return outcome;
}

}  // namespace

std::vector<StartOutcome> startOutcomes(const StudySelection& selection) {
  std::vector<StartOutcome> outcomes;
  for (const std::string& arm : selection.arms) {
    std::map<std::string, std::vector<double>> organsOfCase;
    StartOutcome all{arm, kAllOrgans};
    for (const std::string& organ : selection.organs) {
      CaseValues values;
      const auto rows = firstRows(selection, arm, organ);
      for (const auto& [name, row] : rows) {
        const auto dsc = dscBefore(*row);
        if (dsc) values[name] = *dsc, organsOfCase[name].push_back(*dsc);
      }
      const int cases = static_cast<int>(rows.size()), missing = cases - static_cast<int>(values.size());
      outcomes.push_back({arm, organ, cases, missing, described(values)});
      all.cases = std::max(all.cases, cases);
      all.missing += missing;
    }
    CaseValues means;
    for (const auto& [name, values] : organsOfCase) means[name] = meanOf(values);
    all.dsc = described(means);
    outcomes.push_back(all);
  }
  return outcomes;
}

std::vector<ReproductionOutcome> reproductionOutcomes(const StudySelection& selection) {
  std::vector<ReproductionOutcome> outcomes;
  for (const std::string& arm : selection.arms) {
    for (const std::string& organ : selection.organs) {
      ByRule starts;
      for (const auto& [name, row] : firstRows(selection, arm, organ)) starts.add(name, row->before);
      outcomes.push_back(starts.outcome(arm, kAllReaders, organ));
      for (const std::string& reader : selection.readersOf(arm)) {
        ByRule results;
        for (const StudyRow* row : selection.rows(selection.counted, arm, reader, organ))
          results.add(row->caseId, row->after);
        outcomes.push_back(results.outcome(arm, reader, organ));
      }
    }
  }
  return outcomes;
}

std::vector<WorkOutcome> workOutcomes(const StudySelection& selection) {
  std::vector<WorkOutcome> outcomes;
  for (const std::string& arm : selection.arms) {
    auto readers = selection.readersOf(arm);
    if (readers.size() > 1) readers.emplace_back(kAllReaders);
    for (const std::string& reader : readers) {
      for (const std::string& organ : selection.organs) outcomes.push_back(workOf(selection, arm, reader, organ));
    }
  }
  return outcomes;
}

std::vector<VigilanceOutcome> vigilanceOutcomes(const StudyResults& results) {
  std::vector<VigilanceOutcome> outcomes;
  VigilanceOutcome all;
  for (const StudyReader& reader : results.protocol.readers) {
    VigilanceOutcome outcome;
    outcome.reader = reader.id;
    for (const FoundError& error : results.foundErrors) {
      if (error.reader != reader.id) continue;
      ++outcome.planted;
      outcome.found += error.found();
    }
    if (outcome.planted == 0) continue;
    outcome.part = wilsonInterval(outcome.found, outcome.planted);
    all.planted += outcome.planted;
    all.found += outcome.found;
    outcomes.push_back(outcome);
  }
  all.part = all.planted > 0 ? wilsonInterval(all.found, all.planted) : std::nullopt;
  if (outcomes.size() > 1) outcomes.push_back(all);
  return outcomes;
}

}  // namespace recontour
