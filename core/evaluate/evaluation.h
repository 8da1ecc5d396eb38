#pragma once
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress_sink.h"
#include "core/evaluate/case_pairs.h"
#include "core/image/label_values.h"
#include "core/image/organ_table.h"
#include "core/io/file_reader.h"
#include "core/metrics/metric_table.h"
#include "core/metrics/summary.h"

namespace recontour {

/// What to compare and how.
struct EvaluationRequest {
  std::filesystem::path truth, prediction, before;  ///< three files or three folders; `before` may be empty
  OrganTable organs;
  std::optional<LabelValueTable> truthValues = {},
                                 predictionValues = {};  ///< what values mean; without one they are labels
  std::vector<std::string> metrics = {"dsc", "hd95"};    ///< metricNames()
  std::vector<NamedTolerance> tolerances = {{"3mm", {}}};
  Profile profile = Profile::Word;
  bool withEmpty = false;      ///< in the summary
  bool allPredictions = true;  ///< false: the prediction's folder may lack cases
  int threads = 1;
  std::shared_ptr<FileReader> files = makeLocalReader();
};

struct Evaluation {
  std::vector<MetricColumn> columns;
  std::vector<MetricRow> rows;  ///< by case, then in the order of the organ table
  std::vector<MetricSummary> summary;
  std::vector<std::string> warnings;  ///< one line each, naming the file
  std::vector<Error> errors;          ///< of cases that were left out
};

/// Compares label maps case by case. A case that cannot be read is left out and told in `errors`.
/// Blocks; progress counts cases. @throws Error when nothing could be compared, as pairCases() does, and Cancelled
Evaluation evaluate(const EvaluationRequest& request, ProgressSink& progress, std::stop_token stop);

}  // namespace recontour
