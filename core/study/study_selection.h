#pragma once
// Private to the analysis: which rows count, and the values of cases taken from them.
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/study/study_outcomes.h"
#include "core/study/study_results.h"

namespace recontour {

/// Rows by arm, reader and organ.
using StudyCells = std::map<std::tuple<std::string, std::string, std::string>, std::vector<const StudyRow*>>;

/// The rows of one study by what they count for; the results must outlive it.
struct StudySelection {
  StudyCells counted;                              ///< of readings that count: no practice, planted, repeat, excluded
  StudyCells timed;                                ///< of these, not interrupted; with the rows of "review"
  StudyCells repeated;                             ///< second readings
  std::vector<std::string> arms, readers, organs;  ///< in the protocol's order, with counted rows only
  std::map<std::string, std::string> patients;     ///< by case
  const std::vector<const StudyRow*>& rows(const StudyCells& cells, const std::string& arm, const std::string& reader,
                                           const std::string& organ) const;
  /// Those of the arm, so that a reader without a reading in it does not make its cases incomplete.
  std::vector<std::string> readersOf(const std::string& arm) const;
};
StudySelection selectRows(const StudyResults& results);
StudyFlow studyFlow(const StudyResults& results);

using RowFigure = std::function<std::optional<double>(const StudyRow&)>;
using CaseValues = std::map<std::string, double>;

std::optional<double> dscBefore(const StudyRow& row);
std::optional<double> dscAfter(const StudyRow& row);
/// The figure of each case that has it. kAllOrgans: mean over the organs that have it; kAllReaders: mean over the
/// readers, of cases that all readers of the arm have.
CaseValues caseValues(const StudySelection& selection, const std::string& arm, const std::string& reader,
                      const std::string& organ, const RowFigure& figure);

/// Differences by case and the case numbers of each patient.
struct PatientGroups {
  std::vector<double> values;            ///< by case
  std::vector<std::vector<int>> groups;  ///< case numbers by patient
  std::vector<double> means() const;     ///< by patient, rounded to 1e-12 so that equal ones are ties
};
PatientGroups byPatient(const StudySelection& selection, const CaseValues& values);
/// All but Holm's p. @param family  organs that are tested together
PairedTest pairedTest(const PatientGroups& differences, const StudyProtocol& protocol, int family);
std::optional<Description> described(const CaseValues& values);
double rounded(double difference);  ///< to 1e-12

}  // namespace recontour
