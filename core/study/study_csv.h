#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/safe_file.h"
#include "core/study/study_results.h"

namespace recontour {

/// The table long.csv line by line, because a store may hold millions of rows (docs/formats/study-long-csv.md).
class LongCsv {
 public:
  /// Column names; those of active time follow the protocol's idle limits ("active_30_s").
  static std::string header(const StudyAnalysis& analysis);
  /// Figures are empty where they are not known or a map lacks the organ: missing is not zero.
  static std::string line(const StudyRow& row);
};

/// long.csv as a file: rows go to disk in pieces, and the file is there once it is committed.
class LongCsvFile {
 public:
  LongCsvFile(const std::filesystem::path& file, const StudyAnalysis& analysis);
  void add(const StudyRow& row);
  void commit();

 private:
  void flush();
  SafeFile file_;
  std::string waiting_;
};

/// What a column of long.csv holds.
struct LongCsvColumn {
  std::string name;
  std::string type;     ///< "text", "integer", "number" or "boolean" (0 or 1)
  std::string unit;     ///< may be empty
  std::string meaning;  ///< one sentence
};

/// The columns in their order.
std::vector<LongCsvColumn> longCsvColumns(const StudyAnalysis& analysis);
/// column,type,unit,meaning: one line a column of long.csv.
std::string dataDictionaryCsv(const StudyAnalysis& analysis);

/// Whether the figures of a map against another mean something: it is there, and both maps have the organ.
bool isMeasured(const std::optional<StudyMetrics>& metrics);
/// Why the row lacks figures against the reference: what it says itself, or which map lacks the organ; empty when
/// nothing is missing.
std::string missingReasonOf(const StudyRow& row);

/// A script for R (lme4) that fits the mixed model of active time to long.csv; exp(beta of an arm) is a time ratio.
std::string rSnippet(const StudyProtocol& protocol);

}  // namespace recontour
