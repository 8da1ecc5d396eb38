#include "core/metrics/organ_checks.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr Label kOrgan = 3;

/// 40 x 10 x 10 voxels of 10 mm: 1 mL each. The patient's midline is at x = 195 mm, between voxels 19 and 20.
class OrganChecks : public testing::Test {
 protected:
  OrganChecks() {
    checked.geometry.size = {40, 10, 10};
    checked.geometry.spacing = {10, 10, 10};
    checked.midlineMm = 195;
    labels = LabelMap(checked.geometry.size);
    organ.label = kOrgan;
  }
  void paint(int x0, int count, int y, int z) {
    labels.writeRow(y, z, x0, std::vector<Label>(std::size_t(count), kOrgan));
  }
  std::vector<std::string> words() const {
    std::vector<std::string> found;
    for (const OrganConcern& concern : checkOrgan(labels, checked, organ)) found.push_back(concern.word);
    return found;
  }
  CheckedCase checked;
  LabelMap labels;
  Organ organ;
};
using Words = std::vector<std::string>;

TEST_F(OrganChecks, NothingToSayOfAnOrdinaryOrAnAbsentOrgan) {
  EXPECT_EQ(words(), Words{});
  paint(5, 4, 5, 5);
  EXPECT_EQ(words(), Words{});
}

TEST_F(OrganChecks, PartsBeyondThoseThatAnOrganHasAreIslands) {
  paint(5, 4, 5, 5);
  paint(20, 1, 5, 5);
  ASSERT_EQ(words(), Words{"islands"});
  const OrganConcern islands = checkOrgan(labels, checked, organ)[0];
  EXPECT_EQ(islands.reason, "1 island of 1.0 mL");
  EXPECT_EQ(islands.count, 1);
  EXPECT_EQ(islands.places, (std::vector<Point3>{{200, 50, 50}}));
  organ.parts = 2;
  EXPECT_EQ(words(), Words{});
}

TEST_F(OrganChecks, SpecksAreNoIslands) {
  checked.geometry.spacing = {5, 5, 5};  // 0.125 mL a voxel
  paint(5, 4, 5, 5);
  paint(20, 3, 5, 5);
  EXPECT_EQ(words(), Words{});
  paint(30, 1, 5, 5);
  EXPECT_EQ(words(), Words{"islands"});
}

TEST_F(OrganChecks, IslandsOfATwentiethOfTheOrganAreSerious) {
  paint(0, 20, 5, 5);
  paint(30, 1, 5, 5);  // 1 of 21
  EXPECT_FALSE(checkOrgan(labels, checked, organ).front().serious);
  paint(33, 1, 5, 5);  // 2 of 22
  EXPECT_TRUE(checkOrgan(labels, checked, organ).front().serious);
}

TEST_F(OrganChecks, AnOrganWithASideBelongsThere) {
  paint(25, 4, 5, 5);  // beyond the midline towards larger x: the patient's left
  organ.modifier = "7771000";
  EXPECT_EQ(words(), Words{});
  organ.modifier = "24028007";
  EXPECT_EQ(words(), Words{"side"});
  checked.midlineMm.reset();
  EXPECT_EQ(words(), Words{});
}

TEST_F(OrganChecks, SidesAreThoseOfThePatientNotOfTheArray) {
  checked.geometry.direction = {-1, 0, 0, 0, 1, 0, 0, 0, 1};  // x runs to the right
  checked.geometry.origin.x = 390;
  paint(25, 4, 5, 5);
  organ.modifier = "7771000";
  EXPECT_EQ(words(), Words{"side"});
}

TEST_F(OrganChecks, VolumesFarFromTheUsualAreTold) {
  organ.volumeRangeMl = {{6, 8}};
  paint(5, 3, 5, 5);
  EXPECT_EQ(words(), Words{});
  paint(5, 2, 5, 5);
  labels.writeRow(5, 5, 7, std::vector<Label>{0});
  EXPECT_EQ(words(), Words{"volume"});
  paint(5, 17, 5, 5);
  EXPECT_EQ(words(), Words{"volume"});
}

TEST_F(OrganChecks, TheScansEndsAreThoseAlongThePatient) {
  paint(0, 4, 0, 5);  // touches the picture's border, which is no end of the scan
  EXPECT_EQ(words(), Words{});
  paint(0, 4, 0, 9);
  ASSERT_EQ(words().back(), "scan edge");
  const OrganConcern edge = checkOrgan(labels, checked, organ).back();
  EXPECT_EQ(edge.reason, "reaches the scan's upper end");
  EXPECT_EQ(edge.places, (std::vector<Point3>{{10, 0, 90}}));
  checked.geometry.direction = {1, 0, 0, 0, -1, 0, 0, 0, -1};  // slices run towards the feet
  EXPECT_EQ(checkOrgan(labels, checked, organ).back().reason, "reaches the scan's lower end");
}

TEST_F(OrganChecks, TheMidlineIsThatOfTheBody) {
  std::vector<std::int16_t> hu(4000, -1000);
  for (std::size_t row = 0; row < 100; ++row) {
    for (std::size_t x = 10; x < 30; ++x) hu[row * 40 + x] = 50;
  }
  EXPECT_DOUBLE_EQ(*bodyMidlineMm(Volume(checked.geometry.size, hu), checked.geometry), 195);
  EXPECT_FALSE(bodyMidlineMm(Volume(checked.geometry.size, std::vector<std::int16_t>(4000, -1000)), checked.geometry));
}

}  // namespace
}  // namespace recontour
