#include "core/metrics/metric_table.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

MetricRow liverRow() {
  OrganMetrics liver{.label = 1, .voxelsTruth = 4, .voxelsPrediction = 2, .empty = Empty::None};
  liver.dsc = 2.0 / 3;
  liver.hd95 = 3.0;
  liver.volumeTruthMl = 0.5;
  liver.volumePredictionMl = 0.25;
  return {"word_0014", "liver", liver, std::nullopt};
}

TEST(MetricTable, HasSeventeenSignificantDigits) {
  const std::vector<std::string> metrics = {"dsc", "hd95", "volume"};
  const std::vector<MetricRow> rows = {liverRow()};
  EXPECT_EQ(metricTableCsv(rows, metricColumns(metrics, {}, false)),
            "case,organ,label,voxels_truth,voxels_prediction,empty,dsc,hd95,volume_truth_ml,volume_prediction_ml\n"
            "word_0014,liver,1,4,2,none,0.66666666666666663,3,0.5,0.25\n");
}

TEST(MetricTable, LeavesMissingValuesEmpty) {
  MetricRow row = liverRow();
  row.metrics.hd95.reset();
  const std::vector<std::string> metrics = {"hd95", "dsc"};
  const std::vector<MetricRow> rows = {row};
  EXPECT_EQ(metricTableCsv(rows, metricColumns(metrics, {}, false)),
            "case,organ,label,voxels_truth,voxels_prediction,empty,hd95,dsc\n"
            "word_0014,liver,1,4,2,none,,0.66666666666666663\n");
}

TEST(MetricTable, RepeatsEachMetricForTheMapBeforeRevision) {
  MetricRow row = liverRow();
  row.before = row.metrics;
  row.before->empty = Empty::Prediction;
  row.before->voxelsPrediction = 0;
  row.before->dsc = 0.0;
  const std::vector<std::string> metrics = {"dsc", "volume"};
  const std::vector<MetricRow> rows = {row};
  EXPECT_EQ(metricTableCsv(rows, metricColumns(metrics, {}, true)),
            "case,organ,label,voxels_truth,voxels_prediction,empty,before_voxels_prediction,before_empty,dsc,"
            "volume_truth_ml,volume_prediction_ml,before_dsc,before_volume_prediction_ml\n"
            "word_0014,liver,1,4,2,none,0,prediction,0.66666666666666663,0.5,0.25,0,0.25\n");
}

TEST(MetricTable, QuotesNamesWithCommasAndQuotes) {
  EXPECT_EQ(csvText("a,b"), "\"a,b\"");
  EXPECT_EQ(csvText("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csvText("plain name"), "plain name");
}

TEST(MetricTable, RefusesAnUnknownMetric) {
  const std::vector<std::string> metrics = {"dcs"};
  EXPECT_THROW(metricColumns(metrics, {}, false), Error);
}

}  // namespace
}  // namespace recontour
