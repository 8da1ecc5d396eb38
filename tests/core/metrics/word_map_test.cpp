// The metrics on a real label map, against values computed with numpy and scipy after WORD's script.
#include <ctime>
#include <iostream>

#include <gtest/gtest.h>

#include "core/io/label_file.h"
#include "core/metrics/boundary.h"
#include "core/metrics/compare.h"
#include "core/metrics/overlap.h"
#include "tests/core/metrics/label_maps.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

constexpr double kTolerance = 1e-12;

struct Golden {
  Label label;
  std::int64_t voxels;
  std::size_t boundary;
  double shiftDsc, shiftHd95, shiftHd100;
  std::size_t dilatedBoundary;
  double dilatedDsc, dilatedHd95;
};

const Golden kGolden[] = {
    {1, 376657, 53329, .93232038698338271, 3, 3.5797621800372439, 53563, .93152612626872167, 3},
    {6, 820, 575, .724390243902439, 3, 3.5797621800372439, 731, .69139966273187181, 3},
    {12, 3100, 2139, .47806451612903228, 3.3026275346778813, 3.5797621800372439, 2652, .6911928651059086, 3},
    {13, 18571, 5405, .82515750363469931, 3.1549444236636326, 3.5797621800372439, 5663, .86186332521174147, 3},
};

constexpr MetricSet kAll{.dsc = true, .hd95 = true, .hd100 = true};

std::size_t boundaryCount(const LabelMap& map, Label label) {
  LabelSet wanted{};
  wanted[label] = true;
  return boundaryVoxels(map, {{0, 0, 0}, map.size()}, wanted)[label].size();
}

TEST(WordMap, ShiftedMapHasThePublishedValues) {
  REQUIRE_REFERENCE_DATA();
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const LabelMap shifted = shiftedMap(image.labels, {2, 0, 1});
  for (const Golden& golden : kGolden) {
    SCOPED_TRACE("label " + std::to_string(golden.label));
    const std::vector<Label> organ = {golden.label};
    const OrganMetrics result = compare(image.labels, shifted, image.geometry.spacing, organ, {.metrics = kAll}).at(0);
    EXPECT_EQ(result.voxelsTruth, golden.voxels);
    EXPECT_EQ(boundaryCount(image.labels, golden.label), golden.boundary);
    EXPECT_NEAR(result.dsc.value(), golden.shiftDsc, kTolerance);
    EXPECT_NEAR(result.hd95.value(), golden.shiftHd95, kTolerance);
    EXPECT_NEAR(result.hd100.value(), golden.shiftHd100, kTolerance);
  }
}

TEST(WordMap, DilatedOrganHasThePublishedValues) {
  REQUIRE_REFERENCE_DATA();
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  for (const Golden& golden : kGolden) {
    SCOPED_TRACE("label " + std::to_string(golden.label));
    const LabelMap dilated = dilatedOrgan(image.labels, golden.label);
    const std::vector<Label> organ = {golden.label};
    const OrganMetrics result = compare(image.labels, dilated, image.geometry.spacing, organ, {.metrics = kAll}).at(0);
    EXPECT_EQ(boundaryCount(dilated, golden.label), golden.dilatedBoundary);
    EXPECT_NEAR(result.dsc.value(), golden.dilatedDsc, kTolerance);
    EXPECT_NEAR(result.hd95.value(), golden.dilatedHd95, kTolerance);
  }
}

TEST(WordMap, ShiftedMapHasTheSurfaceDscAndPathLengthOfTheReferenceImplementations) {
  REQUIRE_REFERENCE_DATA();
  struct Expected {
    Label label;
    double nsd[3];  // within 1, 2, 3 mm
    std::int64_t pathVoxels;
    double pathMm;
  };
  const Expected kExpected[] = {{1, {.5636237095, .7137724187, .9678890459}, 14124, 13792.96875},
                                {6, {.7936957804, .8717523089, .9729005246}, 200, 195.3125},
                                {12, {.5561178861, .7853985219, .9248627759}, 1058, 1033.203125},
                                {13, {.5943744445, .8102045550, .9662779756}, 2373, 2317.3828125}};
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const LabelMap shifted = shiftedMap(image.labels, {2, 0, 1});
  CompareOptions options{.metrics = {.nsd = true, .path = true}, .tolerances = {{.mm = 1}, {.mm = 2}, {.mm = 3}}};
  for (const Expected& expected : kExpected) {
    const std::vector<Label> organ = {expected.label};
    const OrganMetrics result = compare(image.labels, shifted, image.geometry.spacing, organ, options).at(0);
    for (std::size_t t = 0; t < 3; ++t)
      EXPECT_NEAR(result.nsd.at(t).value(), expected.nsd[t], 5e-11) << int(expected.label) << " " << t;
    ASSERT_TRUE(result.path);
    EXPECT_EQ(result.path->voxels, expected.pathVoxels);
    EXPECT_DOUBLE_EQ(result.path->mm, expected.pathMm);
  }
}

TEST(WordMap, WholeMapIsComparedInOneCall) {
  REQUIRE_REFERENCE_DATA();
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const LabelMap shifted = shiftedMap(image.labels, {2, 0, 1});
  std::vector<Label> organs;
  for (Label label = 1; label <= 16; ++label) organs.push_back(label);
  const std::clock_t start = std::clock();
  const std::vector<OrganMetrics> result = compare(image.labels, shifted, image.geometry.spacing, organs);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::cout << "16 organs of word_0014 against its shift: " << seconds << " s CPU (printed, not judged)\n";
  ASSERT_EQ(result.size(), 16u);
  for (const Golden& golden : kGolden)
    EXPECT_NEAR(result[golden.label - 1u].hd95.value(), golden.shiftHd95, kTolerance);
  for (const OrganMetrics& organ : result) EXPECT_EQ(organ.empty, Empty::None);
}

}  // namespace
}  // namespace recontour
