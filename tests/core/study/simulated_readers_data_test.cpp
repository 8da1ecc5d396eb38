// Figure 3 out of real label maps: the means and SDs are taken from the maps, not from the targets.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "core/io/label_file.h"
#include "core/metrics/compare.h"
#include "core/study/simulated_readers.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

using Column = std::vector<double>;
using DscTable = std::array<std::array<Column, SimulatedStudy::kColumns>, 16>;
using Clock = std::chrono::steady_clock;

void addCase(const LabelMap& truth, const SimulatedStudy& study, int caseNumber, DscTable& table) {
  std::vector<Label> organs;
  for (const auto& organ : study.organs) organs.push_back(organ.label);
  const CompareOptions dscOnly{.metrics = {.dsc = true, .hd95 = false}};
  for (int column = 0; column < SimulatedStudy::kColumns; ++column) {
    const auto found = compare(truth, simulatedMap(truth, study, column, caseNumber), {1, 1, 1}, organs, dscOnly);
    for (std::size_t organ = 0; organ < found.size(); ++organ)
      table[organ][static_cast<std::size_t>(column)].push_back(found[organ].dsc.value());
  }
}

double meanOf(const Column& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double sdOf(const Column& values) {
  double sum = 0;
  for (const double value : values) sum += std::pow(value - meanOf(values), 2);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

TEST(SimulatedReadersData, TwentyMapsGiveAllMeansAndSdsOfFigure3) {
  REQUIRE_REFERENCE_DATA();
  const auto files = wordMaps();
  ASSERT_EQ(files.size(), 20U);
  const SimulatedStudy study = simulateFigure3(20, 2022);
  DscTable table;
  for (int i = 0; i < 20; ++i) addCase(readLabelFile(files[static_cast<std::size_t>(i)]).labels, study, i, table);
  double worstMean = 0, worstSd = 0;
  for (std::size_t organ = 0; organ < table.size(); ++organ) {
    const Figure3Organ& printed = figure3Targets()[organ];
    for (int column = 0; column < SimulatedStudy::kColumns; ++column) {
      const Column& values = table[organ][static_cast<std::size_t>(column)];
      worstMean = std::max(worstMean, std::abs(meanOf(values) - printed.mean(column)));
      worstSd = std::max(worstSd, std::abs(sdOf(values) - printed.sd(column)));
    }
  }
  std::printf("64 means within %.6f, SDs within %.6f\n", worstMean, worstSd);
  EXPECT_LT(worstMean, 0.01);
  EXPECT_LT(worstSd, 0.02);
}

TEST(SimulatedReadersData, AMapOfFullSizeIsRevised) {
  REQUIRE_REFERENCE_DATA();
  const LabelMap truth = readLabelFile(wordMaps()[0]).labels;
  const SimulatedStudy study = simulateFigure3(20, 2022);
  const auto start = Clock::now();
  const LabelMap map = simulatedMap(truth, study, 0, 0);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::printf("%d x %d x %d voxels: %.2f s\n", map.size().x, map.size().y, map.size().z, seconds);
  EXPECT_EQ(map.size(), truth.size());
  EXPECT_NE(labelCounts(map), labelCounts(truth)) << "the reader revised something";
}

}  // namespace
}  // namespace recontour
