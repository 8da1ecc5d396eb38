#include "core/evaluate/evaluation.h"

#include <cstdio>

#include "core/image/axis_map.h"
#include "core/io/label_file.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

std::string describe(const Geometry& grid) {
  char text[160];
  std::snprintf(text, sizeof text, "%d x %d x %d voxels of %.4g x %.4g x %.4g mm from (%.6g, %.6g, %.6g)", grid.size.x,
                grid.size.y, grid.size.z, grid.spacing.x, grid.spacing.y, grid.spacing.z, grid.origin.x, grid.origin.y,
                grid.origin.z);
  return text;
}

/// Empty when the table has all of them.
std::string otherLabels(const LabelMap& map, const OrganTable& organs) {
  const auto counts = labelCounts(map);
  std::string others;
  for (int label = 1; label < 256; ++label) {
    if (counts[static_cast<std::size_t>(label)] == 0 || organs.find(static_cast<Label>(label))) continue;
    others += (others.empty() ? "" : ", ") + std::to_string(label);
  }
  return others;
}

/// Compares one case and adds its rows.
class CaseEvaluator {
 public:
  CaseEvaluator(const EvaluationRequest& request, Evaluation& result) : request_(request), result_(result) {
    for (const Organ& organ : request.organs.organs()) labels_.push_back(organ.label);
  }

  /// @param before  empty for none
  void add(const CasePair& pair, const fs::path& before) {
    truthFile_ = pair.truth;
    truth_ = read(pair.truth, request_.truthValues);
    warnAbout(pair.truth, truth_.labels);
    const auto after = compared(pair.prediction);
    const auto earlier = before.empty() ? std::vector<OrganMetrics>{} : compared(before);
    for (MetricRow& row : metricRows(pair.name, request_.organs, after, earlier))
      result_.rows.push_back(std::move(row));
  }

 private:
  LabelImage read(const fs::path& file, const std::optional<LabelValueTable>& table) const {
    const LabelValues values = request_.files->readLabels(file, {});
    return {values.geometry, labelsOf(file, values, table, request_.organs)};
  }

  void warnAbout(const fs::path& file, const LabelMap& map) {
    const std::string others = otherLabels(map, request_.organs);
    if (others.empty()) return;
    result_.warnings.push_back(file.string() + ": holds labels that the organ table '" + request_.organs.name() +
                               "' lacks, left out: " + others);
  }

  std::vector<OrganMetrics> compared(const fs::path& file) {
    const LabelImage image = read(file, request_.predictionValues);
    if (!sameGrid(truth_.geometry, image.geometry))
      throw Error(file,
                  "lies on another grid than " + truthFile_.string() + " (" + describe(image.geometry) + ", not " +
                      describe(truth_.geometry) + ")",
                  "resample it to that grid first: recontour-cli convert IN OUT --ct " + truthFile_.string());
    warnAbout(file, image.labels);
    CompareOptions options{.metrics = metricSetOf(request_.metrics), .profile = request_.profile};
    options.sliceAxis = AxisMap(truth_.geometry).axes(Plane::Axial).sliceAxis;
    options.threads = request_.threads;
    options.tolerances.clear();
    for (const NamedTolerance& named : request_.tolerances) options.tolerances.push_back(named.tolerance);
    return compare(truth_.labels, image.labels, truth_.geometry.spacing, labels_, options);
  }

  const EvaluationRequest& request_;
  Evaluation& result_;
  std::vector<Label> labels_;
  fs::path truthFile_;
  LabelImage truth_;
};

}  // namespace

Evaluation evaluate(const EvaluationRequest& request, ProgressSink& progress, std::stop_token stop) {
  const bool withBefore = !request.before.empty();
  const auto pairs = pairCases(request.truth, request.prediction, request.allPredictions);
  const auto before = withBefore ? pairCases(request.truth, request.before) : std::vector<CasePair>{};
  Evaluation result{metricColumns(request.metrics, request.tolerances, withBefore), {}, {}, {}, {}};
  CaseEvaluator evaluator(request, result);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    progress.progress("compare", static_cast<int>(i), static_cast<int>(pairs.size()), -1);
    try {
      evaluator.add(pairs[i], withBefore ? before[i].prediction : fs::path());
    } catch (const Error& error) {
      if (pairs.size() == 1) throw;
      result.errors.push_back(error);
    }
  }
  if (result.rows.empty()) throw Error(request.prediction, "no case could be compared", "see the messages above");
  result.summary = summarise(result.rows, result.columns, request.withEmpty);
  return result;
}

}  // namespace recontour
