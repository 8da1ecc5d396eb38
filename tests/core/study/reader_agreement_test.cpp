#include "core/study/reader_agreement.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

/// A line of voxels of 1000 mm^3 each, "1" for the liver.
LabelMap line(const std::string& voxels) {
  std::vector<Label> labels;
  for (const char c : voxels) labels.push_back(static_cast<Label>(c - '0'));
  return LabelMap::fromDense({static_cast<int>(voxels.size()), 1, 1}, labels);
}

Geometry lineGeometry(int voxels) {
  Geometry geometry;
  geometry.size = {voxels, 1, 1};
  geometry.spacing = {10, 10, 10};
  return geometry;
}

/// R1 has voxels 0..3, R2 0..2 and 9, R3 0, 1, 3, 4.
const std::vector<ReaderMap> kReaders = {
    {"R1", line("111100000022")}, {"R2", line("111000000100")}, {"R3", line("110110000000")}};

TEST(ReaderAgreement, PairsAreDscByReaders) {
  const ReaderAgreement found = readerAgreement(kLiver, kReaders, lineGeometry(12));
  ASSERT_EQ(found.pairs.size(), 3U);
  EXPECT_DOUBLE_EQ(found.pairs.at({"R1", "R2"}), 2.0 * 3 / 8);
  EXPECT_DOUBLE_EQ(found.pairs.at({"R1", "R3"}), 2.0 * 3 / 8);
  EXPECT_DOUBLE_EQ(found.pairs.at({"R2", "R3"}), 2.0 * 2 / 8);
}

TEST(ReaderAgreement, GeneralisedIsIntersectionByUnionOfAllReaders) {
  const ReaderAgreement found = readerAgreement(kLiver, kReaders, lineGeometry(12));
  EXPECT_DOUBLE_EQ(found.generalised.value(), 2.0 / 6);  // voxels 0, 1 of 0, 1, 2, 3, 4, 9
}

TEST(ReaderAgreement, MajorityIsMoreThanHalfOfTheReaders) {
  const LabelMap majority = majorityMap(kLiver, kReaders);
  EXPECT_EQ(majority, line("111100000000"));
  const ReaderAgreement found = readerAgreement(kLiver, kReaders, lineGeometry(12));
  EXPECT_DOUBLE_EQ(found.toMajority.at("R1"), 1);
  EXPECT_DOUBLE_EQ(found.toMajority.at("R2"), 0.75);
  EXPECT_DOUBLE_EQ(found.toMajority.at("R3"), 0.75);
  const std::vector<ReaderMap> two(kReaders.begin(), kReaders.begin() + 2);
  EXPECT_EQ(majorityMap(kLiver, two), line("111000000000"));  // one of two is no majority
}

TEST(ReaderAgreement, StapleRatesEachReader) {
  const ReaderAgreement found = readerAgreement(kLiver, kReaders, lineGeometry(12));
  EXPECT_DOUBLE_EQ(found.toStaple.at("R1"), 1);  // the consensus is R1's contour
  EXPECT_DOUBLE_EQ(found.toStaple.at("R2"), 0.75);
  EXPECT_NEAR(found.sensitivity.at("R2"), 0.75, 1e-6);
  EXPECT_NEAR(found.specificity.at("R2"), 7.0 / 8, 1e-6);  // the box has 12 voxels: 0..9 and a margin of 2
}

TEST(ReaderAgreement, VolumesAreInMillilitres) {
  const ReaderAgreement found = readerAgreement(kLiver, kReaders, lineGeometry(12));
  EXPECT_DOUBLE_EQ(found.volumeMl.at("R1"), 4);
}

TEST(ReaderAgreement, ReadersWithoutTheOrganCountWithAnEmptyContour) {
  const ReaderAgreement found = readerAgreement(kSpleen, kReaders, lineGeometry(12));
  ASSERT_EQ(found.pairs.size(), 2U);  // that of R2 and R3 is left out
  EXPECT_EQ(found.pairs.at({"R1", "R2"}), 0);
  EXPECT_EQ(found.generalised.value(), 0);
  EXPECT_EQ(found.volumeMl.at("R3"), 0);
}

TEST(ReaderAgreement, OfAnOrganThatNobodyHasNothingIsDefined) {
  const ReaderAgreement found = readerAgreement(3, kReaders, lineGeometry(12));
  EXPECT_TRUE(found.pairs.empty());
  EXPECT_FALSE(found.generalised.has_value());
  EXPECT_TRUE(found.toMajority.empty());
  EXPECT_TRUE(found.toStaple.empty());
  EXPECT_EQ(found.volumeMl.at("R1"), 0);
}

TEST(ReaderAgreement, MapsOfDifferentGridsOrOneReaderTwiceAreRefused) {
  EXPECT_THROW(readerAgreement(kLiver, {}, lineGeometry(2)), Error);
  const std::vector<ReaderMap> grids = {{"R1", line("10")}, {"R2", line("100")}};
  EXPECT_THROW(readerAgreement(kLiver, grids, lineGeometry(2)), Error);
  const std::vector<ReaderMap> twice = {{"R1", line("10")}, {"R1", line("11")}};
  EXPECT_THROW(readerAgreement(kLiver, twice, lineGeometry(2)), Error);
}

}  // namespace
}  // namespace recontour
