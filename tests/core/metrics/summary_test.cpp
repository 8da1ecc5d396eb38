#include "core/metrics/summary.h"

#include <cmath>

#include <gtest/gtest.h>

namespace recontour {
namespace {

MetricRow row(const std::string& caseName, Label label, double dsc, Empty empty = Empty::None) {
  OrganMetrics metrics{.label = label, .empty = empty};
  metrics.dsc = dsc;
  return {caseName, label == 1 ? "liver" : "spleen", metrics, std::nullopt};
}

std::vector<MetricSummary> dscSummary(const std::vector<MetricRow>& rows, bool withEmpty = false) {
  const std::vector<std::string> metrics = {"dsc"};
  return summarise(rows, metricColumns(metrics, {}, false), withEmpty);
}

// Liver .9 .8 .4, spleen .5 .7 .3: means .7 and .5, SDs sqrt(.07) and .2, case means .7 .75 .35.
const std::vector<MetricRow> kRows = {row("a", 1, .9), row("a", 2, .5), row("b", 1, .8),
                                      row("b", 2, .7), row("c", 1, .4), row("c", 2, .3)};

TEST(Summary, DescribesEachOrganOverCases) {
  const MetricSummary liver = dscSummary(kRows).at(0);
  EXPECT_EQ(liver.organ, "liver");
  EXPECT_EQ(liver.n, 3);
  EXPECT_DOUBLE_EQ(*liver.mean, 0.7);
  EXPECT_DOUBLE_EQ(*liver.sdCases, std::sqrt(0.07));
  EXPECT_DOUBLE_EQ(*liver.median, 0.8);
  EXPECT_FALSE(liver.sdPooled.has_value());
}

TEST(Summary, OfAllOrgansIsOverCaseMeansWithThePooledDeviationBeside) {
  const MetricSummary all = dscSummary(kRows).at(2);
  EXPECT_EQ(all.organ, "all");
  EXPECT_FALSE(all.label.has_value());
  EXPECT_EQ(all.n, 3);
  EXPECT_DOUBLE_EQ(*all.mean, 0.6);
  EXPECT_DOUBLE_EQ(*all.sdCases, std::sqrt((0.01 + 0.0225 + 0.0625) / 2));
  EXPECT_DOUBLE_EQ(*all.sdPooled, std::sqrt((0.07 + 0.04) / 2));
  EXPECT_DOUBLE_EQ(*all.median, 0.7);
}

TEST(Summary, LeavesEmptyOrgansOutAndCountsThem) {
  std::vector<MetricRow> rows = kRows;
  rows.push_back(row("d", 1, 0.0, Empty::Prediction));
  const std::vector<MetricSummary> without = dscSummary(rows), with = dscSummary(rows, true);
  EXPECT_EQ(without[0].n, 3);
  EXPECT_EQ(without[0].missing, 1);
  EXPECT_DOUBLE_EQ(*without[0].mean, 0.7);
  EXPECT_EQ(without[2].missing, 1);
  EXPECT_EQ(with[0].n, 4);
  EXPECT_EQ(with[0].missing, 0);
  EXPECT_DOUBLE_EQ(*with[0].mean, 0.525);
  EXPECT_DOUBLE_EQ(*with[0].median, 0.6);
}

TEST(Summary, OfOneCaseHasNoDeviation) {
  const std::vector<MetricRow> rows = {row("a", 1, 0.5)};
  EXPECT_EQ(summaryCsv(dscSummary(rows)),
            "organ,label,metric,n,missing,mean,sd_cases,sd_pooled,median\n"
            "liver,1,dsc,1,0,0.5,,,0.5\n"
            "all,,dsc,1,0,0.5,,,0.5\n");
}

TEST(Summary, OfNoValuesSaysOnlyHowManyAreMissing) {
  const std::vector<MetricRow> rows = {row("a", 1, 0.0, Empty::Both)};
  EXPECT_EQ(summaryCsv(dscSummary(rows)),
            "organ,label,metric,n,missing,mean,sd_cases,sd_pooled,median\n"
            "liver,1,dsc,0,1,,,,\n"
            "all,,dsc,0,1,,,,\n");
}

}  // namespace
}  // namespace recontour
