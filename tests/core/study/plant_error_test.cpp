#include "core/study/plant_error.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/image/islands.h"
#include "tests/core/metrics/label_maps.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kLeft = 3, kRight = 4, kStomach = 5, kPancreas = 8;
constexpr Size3 kSize{80, 60, 40};

/// Voxels of 2 mm^3.
Geometry grid() {
  Geometry geometry;
  geometry.size = kSize;
  geometry.spacing = {1, 1, 2};
  return geometry;
}

void add(LabelMap& map, const Box& box, Label label) {
  map.write(box, {box.size(), std::vector<Label>(voxelCount(box.size()), label)});
}

/// A liver of 20 x 20 x 10 voxels (8 mL) in the middle, a kidney of 1 mL on each side, the left one at larger x; a
/// stomach and a pancreas that touch.
LabelMap patient() {
  LabelMap map(kSize);
  add(map, {{30, 20, 15}, {50, 40, 25}}, kLiver);
  add(map, {{5, 5, 5}, {15, 15, 10}}, kRight);
  add(map, {{65, 5, 5}, {75, 15, 10}}, kLeft);
  add(map, {{60, 50, 30}, {64, 54, 34}}, kStomach);
  add(map, {{64, 50, 30}, {68, 54, 34}}, kPancreas);
  return map;
}

PlantedMap plant(const PlantRequest& request, const LabelMap& map = patient(), const Geometry& geometry = grid()) {
  return plantError(map, geometry, OrganTable::named("word"), request);
}

std::vector<Island> islands(const LabelMap& map, Label organ) {
  return islandsOf(map.copy(boundingBox(map, organ)), organ);
}

/// Voxels of one label before that have another one after.
std::int64_t changes(const LabelMap& before, const LabelMap& after, Label from, Label to) {
  const auto a = before.toDense(), b = after.toDense();
  std::int64_t count = 0;
  for (std::size_t i = 0; i < a.size(); ++i) count += a[i] == from && b[i] == to;
  return count;
}

TEST(PlantError, TheMaskIsWhereLabelsChanged) {
  const LabelMap before = patient();
  for (const std::string& kind : plantedErrorNames()) {
    const PlantedMap planted = plant({kind, kLiver, kLeft, 1.0, 3, 7});
    const auto a = before.toDense(), b = planted.labels.toDense(), mask = planted.mask.toDense();
    std::int64_t changed = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(mask[i], a[i] == b[i] ? 0 : 7);
      changed += a[i] != b[i];
    }
    EXPECT_GT(changed, 0) << kind;
    EXPECT_EQ(planted.voxels, changed) << kind;
    EXPECT_DOUBLE_EQ(planted.ml, static_cast<double>(changed) * 0.002) << kind;
  }
}

TEST(PlantError, OneSeedGivesOneErrorAndOthersGiveOthers) {
  for (const std::string kind : {"missing_part", "spill", "extra_island"}) {
    EXPECT_EQ(plant({kind, kLiver, 0, 1.0, 1}).labels, plant({kind, kLiver, 0, 1.0, 1}).labels) << kind;
    int others = 0;  // a box has eight ends
    for (std::uint64_t seed = 2; seed <= 6; ++seed)
      others += !(plant({kind, kLiver, 0, 1.0, seed}).labels == plant({kind, kLiver, 0, 1.0, 1}).labels);
    EXPECT_GE(others, 3) << kind;
  }
}

TEST(PlantError, ASeedMeansTheSameOnEveryMachine) {
  EXPECT_EQ(labelMapHash(plant({"missing_part", kLiver, 0, 1.0, 1}).labels),
            "54ff2f12c4b2ff53cbf59374158e64649ac6acb2f1e36f2f509df19913215f64");
  EXPECT_EQ(labelMapHash(plant({"extra_island", kLiver, 0, 1.0, 1}).labels),
            "c04cedf066521ce0f7f959b6444b0f15dffb28575e1d863408d78f4c0d6ec00f");
}

TEST(PlantError, AMissingPartIsBackgroundAtOneEnd) {
  const PlantedMap planted = plant({"missing_part", kLiver, 0, 1.0, 1});
  EXPECT_EQ(planted.voxels, 500);  // 1 mL
  EXPECT_EQ(changes(patient(), planted.labels, kLiver, 0), 500);
  EXPECT_EQ(islands(planted.mask, 1).size(), 1U);
  EXPECT_LT(boundingBox(planted.mask, 1).size().x, 20);  // not a layer of all of it
}

TEST(PlantError, LeftAndRightChangePlaces) {
  const PlantedMap planted = plant({"swap", kLeft});
  EXPECT_EQ(planted.voxels, 1000);
  EXPECT_EQ(planted.labels.at({70, 10, 7}), kRight);
  EXPECT_EQ(planted.labels.at({10, 10, 7}), kLeft);
}

TEST(PlantError, SidesAreThoseOfThePatientNotOfTheArray) {
  Geometry mirrored = grid();  // larger x lies to the patient's right: the kidneys are swapped already
  mirrored.direction = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
  EXPECT_THROW(plant({"swap", kLeft}, patient(), mirrored), Error);
  EXPECT_THROW(plant({"swap", kRight}, patient(), mirrored), Error);
}

TEST(PlantError, AnOrganWithoutSidesIsSwappedWithItsNeighbour) {
  const PlantedMap planted = plant({"swap", kStomach});
  EXPECT_EQ(changes(patient(), planted.labels, kStomach, kPancreas), 64);
  EXPECT_EQ(changes(patient(), planted.labels, kPancreas, kStomach), 64);
  EXPECT_THROW(plant({"swap", kLiver}), Error);  // touches none
  EXPECT_THROW(plant({"swap", kLiver, 2}), Error);
}

TEST(PlantError, AShiftGoesByWholeVoxelsToTheNearestSize) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const PlantedMap planted = plant({"shift", kLiver, 0, 0.8, seed});
    EXPECT_EQ(planted.voxels, 400);  // one voxel along x or y: two sides of 20 x 10
    EXPECT_EQ(labelCounts(planted.labels)[kLiver], 4000);
  }
  EXPECT_EQ(plant({"shift", kLiver, 0, 0.01, 1}).voxels, 400);  // nothing less can be
}

TEST(PlantError, AShiftedOrganDoesNotCoverOthers) {
  LabelMap map(kSize);
  add(map, {{30, 20, 15}, {50, 40, 25}}, kLiver);
  for (const Box& wall : {Box{{29, 0, 0}, {30, 60, 40}}, Box{{50, 0, 0}, {51, 60, 40}}}) add(map, wall, kStomach);
  for (std::uint64_t seed = 1; seed <= 6; ++seed)
    EXPECT_EQ(changes(map, plant({"shift", kLiver, 0, 0.4, seed}, map).labels, kStomach, kLiver), 0);
}

TEST(PlantError, ASpillHangsOnToTheOrgan) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const PlantedMap planted = plant({"spill", kLiver, 0, 1.0, seed});
    EXPECT_EQ(changes(patient(), planted.labels, 0, kLiver), 500);
    EXPECT_EQ(planted.voxels, 500);
    EXPECT_EQ(islands(planted.labels, kLiver).size(), 1U);
  }
}

TEST(PlantError, AnIslandLiesApartFromTheOrgan) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const PlantedMap planted = plant({"extra_island", kLiver, 0, 0.5, seed});
    const auto parts = islands(planted.labels, kLiver);
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[1].voxels, 250);
    EXPECT_EQ(planted.voxels, 250);
  }
}

TEST(PlantError, AMissingOrganIsBackground) {
  const PlantedMap planted = plant({"organ_missing", kLiver});
  EXPECT_EQ(labelCounts(planted.labels)[kLiver], 0);
  EXPECT_DOUBLE_EQ(planted.ml, 8);
}

TEST(PlantError, WhatCannotBeIsRefused) {
  EXPECT_THROW(plant({"hole", kLiver}), Error);
  EXPECT_THROW(plant({"spill", 2}), Error);                      // no spleen here
  EXPECT_THROW(plant({"spill", 200}), Error);                    // no such organ
  EXPECT_THROW(plant({"spill", kLiver, 0, 0}), Error);           // of 0 mL
  EXPECT_THROW(plant({"missing_part", kLiver, 0, 4.1}), Error);  // more than half
  const LabelMap full = mapWithBox(kSize, {{0, 0, 0}, kSize}, kLiver);
  for (const std::string kind : {"spill", "extra_island", "shift"}) EXPECT_THROW(plant({kind, kLiver}, full), Error);
}

/// A line of four voxels.
LabelMap line(const std::vector<Label>& labels) { return LabelMap::fromDense({4, 1, 1}, labels); }

TEST(CorrectedVoxels, AreThoseOfTheErrorThatBecameWhatTheyWere) {
  const LabelMap mask = line({1, 1, 1, 2}), original = line({1, 1, 1, 5}), start = line({0, 0, 0, 0});
  const LabelMap last = line({1, 3, 0, 5});
  EXPECT_EQ(correctedVoxels({mask, original, start, last}, 1), 1);
  EXPECT_EQ(correctedVoxels({mask, original, start, last}, 2), 1);
  EXPECT_EQ(correctedVoxels({mask, original, start, last}, 3), 0);
}

TEST(CorrectedVoxels, MayAlsoBecomeWhatTheReferenceSays) {
  const LabelMap mask = line({1, 1, 1, 1}), original = line({1, 1, 1, 1}), start = line({0, 0, 0, 0});
  const LabelMap reference = line({3, 0, 1, 1}), last = line({3, 0, 1, 0});
  EXPECT_EQ(correctedVoxels({mask, original, start, last}, 1), 1);
  EXPECT_EQ(correctedVoxels({mask, original, start, last, &reference}, 1), 2);  // what was left alone is not corrected
  EXPECT_THROW(correctedVoxels({mask, original, start, LabelMap({5, 1, 1})}, 1), Error);
}

}  // namespace
}  // namespace recontour
