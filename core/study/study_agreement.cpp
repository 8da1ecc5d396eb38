// Agreement between readers, and of readers with themselves.
#include <algorithm>

#include "core/study/study_summaries.h"

namespace recontour {
namespace {

/// Mean over what each reader has, by case; empty readers do not count.
template <typename Map>
std::optional<double> meanOfMap(const Map& values) {
  if (values.empty()) return std::nullopt;
  std::vector<double> numbers;
  for (const auto& [key, value] : values) numbers.push_back(value);
  return meanOf(numbers);
}

/// ICC of the volume over cases for which every reader has one.
std::optional<IccForms> volumeIcc(const std::vector<const ReaderAgreement*>& cases) {
  std::size_t readers = 0;
  for (const ReaderAgreement* each : cases) readers = std::max(readers, each->volumeMl.size());
  std::vector<double> values;
  for (const ReaderAgreement* each : cases) {
    if (each->volumeMl.size() != readers) continue;
    for (const auto& [reader, volumeMl] : each->volumeMl) values.push_back(volumeMl);
  }
  if (readers < 2 || values.size() < 2 * readers) return std::nullopt;
  return intraclassCorrelations(
      {static_cast<int>(values.size() / readers), static_cast<int>(readers), std::span<const double>(values)});
}

AgreementOutcome agreementOutcome(const std::vector<const ReaderAgreement*>& cases) {
  AgreementOutcome outcome;
  outcome.arm = cases.front()->arm;
  outcome.organ = cases.front()->organ;
  outcome.commonStart = cases.front()->commonStart;
  CaseValues pairwise, generalised, majority, staple;
  const auto put = [](CaseValues& values, const std::string& name, std::optional<double> value) {
    if (value) values[name] = *value;
  };
  for (const ReaderAgreement* each : cases) {
    put(pairwise, each->caseId, meanOfMap(each->pairs));
    put(generalised, each->caseId, each->generalised);
    put(majority, each->caseId, meanOfMap(each->toMajority));
    put(staple, each->caseId, meanOfMap(each->toStaple));
  }
  outcome.pairwise = described(pairwise);
  outcome.generalised = described(generalised);
  outcome.toMajority = described(majority);
  outcome.toStaple = described(staple);
  outcome.volume = volumeIcc(cases);
  return outcome;
}

const StudyRow* firstReading(const StudySelection& selection, const StudyRow& again) {
  for (const StudyRow* row : selection.rows(selection.counted, again.arm, again.reader, again.organ)) {
    if (row->caseId == again.caseId) return row;
  }
  return nullptr;
}

struct RepeatValues {
  std::vector<double> dsc, volumeMl, firstS, secondS;

  void add(const StudyRow& first, const StudyRow& second, std::size_t limit) {
    if (dscAfter(first) && dscAfter(second)) dsc.push_back(rounded(*dscAfter(second) - *dscAfter(first)));
    if (first.after && second.after && first.after->volumeMl && second.after->volumeMl)
      volumeMl.push_back(rounded(*second.after->volumeMl - *first.after->volumeMl));
    if (first.interrupted || second.interrupted || first.activeS[limit] <= 0 || second.activeS[limit] <= 0) return;
    firstS.push_back(first.activeS[limit]);
    secondS.push_back(second.activeS[limit]);
  }
};

}  // namespace

std::vector<AgreementOutcome> agreementOutcomes(const StudySelection& selection,
                                                std::span<const ReaderAgreement> agreement) {
  std::vector<AgreementOutcome> outcomes;
  for (const std::string& arm : selection.arms) {
    for (const std::string& organ : selection.organs) {
      std::vector<const ReaderAgreement*> cases;
      for (const ReaderAgreement& each : agreement) {
        if (each.arm == arm && each.organ == organ && selection.patients.contains(each.caseId)) cases.push_back(&each);
      }
      if (!cases.empty()) outcomes.push_back(agreementOutcome(cases));
    }
  }
  return outcomes;
}

std::vector<RepeatOutcome> repeatOutcomes(const StudySelection& selection, std::size_t limit) {
  std::map<std::pair<std::string, std::string>, RepeatValues> values;  // by reader and organ
  for (const auto& [cell, rows] : selection.repeated) {
    for (const StudyRow* again : rows) {
      const StudyRow* first = firstReading(selection, *again);
      if (first != nullptr) values[{again->reader, again->organ}].add(*first, *again, limit);
    }
  }
  std::vector<RepeatOutcome> outcomes;
  for (const auto& [key, found] : values)
    outcomes.push_back(
        {key.first, key.second, describe(found.dsc), describe(found.volumeMl), timeRatio(found.secondS, found.firstS)});
  return outcomes;
}

}  // namespace recontour
