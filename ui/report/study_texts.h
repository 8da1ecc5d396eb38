#pragma once
#include <QString>
#include <map>
#include <string>

#include "core/statistics/descriptive.h"
#include "core/statistics/interval.h"
#include "core/study/study_analysis.h"
#include "core/study/study_results.h"

namespace recontour {

/// The study that a report is made of, with what its parts ask for again and again.
class StudyContext {
 public:
  StudyContext(const StudyResults& results, const StudyFindings& findings);
  const StudyResults& results;  ///< must outlive it
  const StudyFindings& findings;

  QString mark() const;  ///< "SIMULATED READERS", or nothing
  QString organ(const std::string& key) const;
  QString arm(const std::string& id) const;     ///< "A (revises the model's contours)"
  QString reader(const std::string& id) const;  ///< kAllReaders: "mean of 3 readers"
  QString start(const std::string& arm) const;  ///< the model behind the starts of an arm
  std::size_t place(const std::string& reader) const;
  std::vector<std::string> readersOf(const std::string& arm) const;  ///< with outcomes; without kAllReaders
  std::vector<std::string> arms() const;                             ///< with outcomes
  std::vector<std::string> organs() const;                           ///< with outcomes; without kAllOrgans
  bool manyReaders(const std::string& arm) const;                    ///< too many for a bar each

 private:
  std::map<std::string, QString> organNames_;
};

// Numbers as a report prints them; a dash for what is not known.
QString decimalText(std::optional<double> value, int decimals);
QString signedText(std::optional<double> value, int decimals);               ///< with + or a minus sign
QString meanSdText(const std::optional<Description>& values, int decimals);  ///< "0.965 +- 0.007", with the real sign
QString medianText(const std::optional<Description>& values, int decimals);  ///< "12.0 (8.5 to 20.1)", quartiles
QString intervalText(const std::optional<Interval>& interval, int decimals, bool withSigns = false);
/// The interval of a mean change; a dash where nothing changed.
QString meanChangeText(const PairedTest& test, int decimals);
QString pText(std::optional<double> p);                                             ///< "0.020", "< 0.001"
QString partText(int count, int of, const std::optional<Interval>& interval = {});  ///< "17 of 20 (64 to 95 %)"
QString dateText(std::int64_t wallMs);                                              ///< "2026-11-24 13:05 UTC"
QString dayText(std::int64_t wallMs);
QString text(const std::string& utf8);
QString reportProgram();  ///< that writes this report: "Recontour 0.1.0"

}  // namespace recontour
