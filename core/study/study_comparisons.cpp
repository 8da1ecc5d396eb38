// Arms against each other, and the primary endpoint.
#include "core/study/study_comparisons.h"

#include <algorithm>
#include <cmath>

#include "core/study/study_summaries.h"

namespace recontour {
namespace {

using Readings = std::map<std::pair<std::string, std::string>, double>;  // by reader and case

/// Two arms whose readings can be paired.
struct ArmPair {
  std::string arm, other;
};

std::optional<ArmPair> comparedArms(const StudySelection& selection, const StudyProtocol& protocol) {
  std::vector<std::string> arms;
  for (const std::string& arm : selection.arms) {
    if (!protocol.findArm(arm)->checks) arms.push_back(arm);
  }
  return arms.size() < 2 ? std::nullopt : std::optional(ArmPair{arms[0], arms[1]});
}

Readings dscReadings(const StudySelection& selection, const std::string& arm, const std::string& organ) {
  Readings readings;
  for (const std::string& reader : selection.readersOf(arm)) {
    for (const auto& [name, value] : caseValues(selection, arm, reader, organ, dscAfter))
      readings[{reader, name}] = value;
  }
  return readings;
}

/// First arm - second, of the mean over the readers that have the case in both.
struct Differences {
  CaseValues byCase;
  int pairs = 0;
};

Differences differencesOf(const Readings& first, const Readings& second) {
  std::map<std::string, std::vector<double>> found;
  Differences made;
  for (const auto& [reading, value] : first) {
    const auto other = second.find(reading);
    if (other == second.end()) continue;
    found[reading.second].push_back(value - other->second);
    ++made.pairs;
  }
  for (const auto& [name, values] : found) made.byCase[name] = rounded(meanOf(values));
  return made;
}

Readings logarithms(const Readings& seconds) {
  Readings logs;
  for (const auto& [reading, value] : seconds) {
    if (value > 0) logs[reading] = std::log(value);
  }
  return logs;
}

/// The period in which a reader read a case in an arm; 0 when not at all.
int periodOf(const StudySelection& selection, const std::string& arm,
             const std::pair<std::string, std::string>& reading) {
  for (const std::string& organ : selection.organs) {
    for (const StudyRow* row : selection.rows(selection.counted, arm, reading.first, organ)) {
      if (row->caseId == reading.second) return row->period;
    }
  }
  return 0;
}

std::optional<Crossover> crossoverOf(const StudySelection& selection, const ArmPair& arms, const Readings& first,
                                     const Readings& second, double confidence) {
  std::vector<CrossoverPair> pairs;
  for (const auto& [reading, value] : first) {
    const auto other = second.find(reading);
    if (other == second.end()) continue;
    const bool ab = periodOf(selection, arms.arm, reading) < periodOf(selection, arms.other, reading);
    pairs.push_back(ab ? CrossoverPair{ArmOrder::AB, value, other->second}
                       : CrossoverPair{ArmOrder::BA, other->second, value});
  }
  return analyseCrossover(pairs, confidence);
}

/// Geometric means by patient, so that the paired test of logarithms has patients as units.
std::optional<TimeRatio> ratioOf(const StudySelection& selection, const CaseValues& logDifferences, double confidence) {
  std::vector<double> ratios;
  for (const double mean : byPatient(selection, logDifferences).means()) ratios.push_back(std::exp(mean));
  const std::vector<double> ones(ratios.size(), 1.0);
  return timeRatio(ratios, ones, confidence);
}

ArmComparison compared(const StudySelection& selection, const StudyProtocol& protocol, const ArmPair& arms,
                       const std::string& organ) {
  ArmComparison made;
  made.arm = arms.arm, made.other = arms.other, made.organ = organ;
  const Readings first = dscReadings(selection, arms.arm, organ), second = dscReadings(selection, arms.other, organ);
  const Differences differences = differencesOf(first, second);
  made.pairs = differences.pairs;
  const int family = organ == kAllOrgans ? 1 : static_cast<int>(selection.organs.size());
  made.dsc = pairedTest(byPatient(selection, differences.byCase), protocol, family);
  return made;
}

void addWholeReadings(const StudySelection& selection, const StudyProtocol& protocol, const ArmPair& arms,
                      std::size_t limit, ArmComparison& made) {
  const double confidence = 1 - protocol.analysis.alpha;
  const auto logsOf = [&](const std::string& arm) {
    return logarithms(readingTimes(selection, selection.timed, arm, limit));
  };
  const Readings first = logsOf(arms.arm), second = logsOf(arms.other);
  const Differences differences = differencesOf(first, second);
  made.timedPairs = differences.pairs;
  made.time = ratioOf(selection, differences.byCase, confidence);
  if (protocol.design.preset != "crossover") return;
  made.crossoverTime = crossoverOf(selection, arms, first, second, confidence);
  made.crossoverDsc = crossoverOf(selection, arms, dscReadings(selection, arms.arm, kAllOrgans),
                                  dscReadings(selection, arms.other, kAllOrgans), confidence);
}

std::size_t limitIndex(const StudyProtocol& protocol) {
  const auto& limits = protocol.analysis.idleLimitsS;
  const auto found = std::ranges::find(limits, protocol.analysis.primaryIdleLimitS);
  return found == limits.end() ? 1 : static_cast<std::size_t>(found - limits.begin());
}

/// New - reference, where more is better; by patient.
CaseValues primaryDifferences(const StudySelection& selection, const StudyProtocol& protocol,
                              const std::optional<ArmPair>& arms) {
  const bool time = protocol.analysis.primaryEndpoint == "active_s";
  if (arms && time) {
    const auto timesOf = [&](const std::string& arm) {
      return readingTimes(selection, selection.timed, arm, limitIndex(protocol));
    };
    return differencesOf(timesOf(arms->other), timesOf(arms->arm)).byCase;  // less time is better
  }
  if (arms)
    return differencesOf(dscReadings(selection, arms->arm, kAllOrgans), dscReadings(selection, arms->other, kAllOrgans))
        .byCase;
  if (time || selection.arms.empty()) return {};
  return caseValues(selection, selection.arms.front(), kAllReaders, kAllOrgans, [](const StudyRow& row) {
    const auto before = dscBefore(row), after = dscAfter(row);
    return before && after ? std::optional(rounded(*after - *before)) : std::nullopt;
  });
}

}  // namespace

std::vector<ArmComparison> armComparisons(const StudySelection& selection, const StudyProtocol& protocol) {
  std::vector<ArmComparison> made;
  const auto arms = comparedArms(selection, protocol);
  if (!arms) return made;
  for (const std::string& organ : selection.organs) made.push_back(compared(selection, protocol, *arms, organ));
  std::vector<PairedTest*> family;
  for (ArmComparison& each : made) family.push_back(&each.dsc);
  adjustFamily(family);
  made.push_back(compared(selection, protocol, *arms, kAllOrgans));
  addWholeReadings(selection, protocol, *arms, limitIndex(protocol), made.back());
  return made;
}

std::vector<PrimaryOutcome> primaryOutcomes(const StudySelection& selection, const StudyProtocol& protocol) {
  const auto arms = comparedArms(selection, protocol);
  const auto differences = byPatient(selection, primaryDifferences(selection, protocol, arms)).means();
  const StudyAnalysis& analysis = protocol.analysis;
  if (differences.size() < 2 || !(analysis.margin > 0)) return {};
  PrimaryOutcome outcome;
  const bool time = analysis.primaryEndpoint == "active_s";
  if (arms) {
    outcome.what = (time ? "active time, arm " : "DSC after, arm ") + arms->arm + " against arm " + arms->other;
  } else {
    outcome.what = "DSC after against before revision, arm " + selection.arms.front();
  }
  outcome.nonInferiority = nonInferiority(differences, analysis.margin, analysis.alpha / 2);
  outcome.equivalence = equivalence(differences, analysis.margin, analysis.alpha);
  return {outcome};
}

}  // namespace recontour
