#include "core/image/resample.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace recontour {
namespace {

Geometry row(int voxels, double spacingMm, double originMm = 0) {
  Geometry grid;
  grid.size = {voxels, 1, 1};
  grid.spacing = {spacingMm, 1, 1};
  grid.origin = {originMm, 0, 0};
  return grid;
}

std::vector<Label> resampled(const std::vector<Label>& labels, const Geometry& from, const Geometry& to) {
  return resampleLabels(LabelMap::fromDense(from.size, labels), from, to).toDense();
}

TEST(ResampleLabels, EachVoxelTakesTheLabelThatItsCentreLiesIn) {
  // Voxels of 2 mm at 0, 2, 4 mm; asked at 0, 1.5, 3, 4.5 mm.
  EXPECT_EQ(resampled({1, 2, 3}, row(3, 2), row(4, 1.5)), (std::vector<Label>{1, 2, 3, 3}));
}

TEST(ResampleLabels, OutsideIsBackground) {
  EXPECT_EQ(resampled({1, 2}, row(2, 2), row(4, 2, -2)), (std::vector<Label>{0, 1, 2, 0}));
}

TEST(ResampleLabels, AMirroredGridShowsTheSamePlaces) {
  Geometry mirrored = row(3, 1, 2);
  mirrored.direction = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
  EXPECT_EQ(resampled({1, 2, 3}, row(3, 1), mirrored), (std::vector<Label>{3, 2, 1}));
}

TEST(ResamplingLoss, IsToldForEachLabel) {
  // Four voxels of 1 mm; of two voxels of 2 mm at 0.5 and 2.5 mm each takes the right one of its pair.
  const Geometry fine = row(4, 1), coarse = row(2, 2, 0.5);
  const LabelMap labels = LabelMap::fromDense(fine.size, std::vector<Label>{1, 2, 3, 3});
  const LabelMap there = resampleLabels(labels, fine, coarse);
  EXPECT_EQ(there.toDense(), (std::vector<Label>{2, 3}));
  const auto losses = resamplingLoss(labels, fine, there, coarse);
  ASSERT_EQ(losses.size(), 3U);
  EXPECT_EQ(losses[0].label, 1);
  EXPECT_DOUBLE_EQ(losses[0].afterMl, 0);
  EXPECT_DOUBLE_EQ(losses[0].dsc, 0);
  EXPECT_DOUBLE_EQ(losses[1].beforeMl, 0.001);
  EXPECT_DOUBLE_EQ(losses[1].afterMl, 0.002);
  EXPECT_DOUBLE_EQ(losses[1].dsc, 2.0 / 3);
  EXPECT_DOUBLE_EQ(losses[2].dsc, 1);
}

TEST(Resample, ACtIsInterpolatedBetweenItsVoxelsAndAirOutside) {
  const Geometry from{{3, 1, 1}, {2, 2, 2}, {}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const Geometry to{{6, 1, 1}, {1, 2, 2}, {-1, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  const Volume result = resampleVolume(Volume(from.size, {0, 100, 40}), from, to);
  const std::vector<std::int16_t> expected = {0, 0, 50, 100, 70, 40};
  EXPECT_TRUE(std::ranges::equal(result.voxels(), expected));
  const Geometry away{{1, 1, 1}, {1, 1, 1}, {5.1, 0, 0}, {1, 0, 0, 0, 1, 0, 0, 0, 1}};
  EXPECT_EQ(resampleVolume(Volume(from.size, {0, 100, 40}), from, away).at({0, 0, 0}), -1024);
}

}  // namespace
}  // namespace recontour
