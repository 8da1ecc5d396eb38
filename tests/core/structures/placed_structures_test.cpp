#include "core/structures/placed_structures.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/structures/flattened.h"

namespace recontour {
namespace {

Geometry grid() { return {{10, 10, 2}, {1, 1, 1}, {}, {1, 0, 0, 0, 1, 0, 0, 0, 1}}; }

Roi square(int number, const std::string& name, double from, double to) {
  Roi roi;
  roi.number = number;
  roi.name = name;
  roi.contours = {{{{from, from, 0}, {to, from, 0}, {to, to, 0}, {from, to, 0}}}};
  return roi;
}

std::size_t count(const LabelLayers& layers, Label label) { return labelCounts(layers.of(label))[label]; }

const OrganTable& word() {
  static const OrganTable kWord = OrganTable::named("word");
  return kWord;
}

TEST(PlacedStructures, OrgansThatTouchShareTheOrgansLayer) {
  StructureSet set;
  set.rois = {square(1, "Liver", -0.5, 4.5), square(2, "Spleen", 4.5, 8.5)};
  const PlacedStructures placed = placeStructures(set, {"liver", "spleen"}, grid(), word());
  EXPECT_TRUE(placed.labels.overlapping().empty());
  EXPECT_EQ(count(placed.labels, 1), 25U);
  EXPECT_EQ(count(placed.labels, 2), 16U);
  EXPECT_EQ(placed.organs.hash(), word().hash());
}

TEST(PlacedStructures, AnOrganThatOverlapsGetsALayerAndNothingIsLost) {
  StructureSet set;
  set.rois = {square(1, "Liver", -0.5, 4.5), square(2, "Spleen", 2.5, 6.5)};
  const PlacedStructures placed = placeStructures(set, {"liver", "spleen"}, grid(), word());
  EXPECT_EQ(count(placed.labels, 1), 25U);
  EXPECT_EQ(count(placed.labels, 2), 16U);
  EXPECT_TRUE(placed.organs.find(Label{2})->overlaps);
  EXPECT_FALSE(placed.organs.find(Label{1})->overlaps);
}

TEST(PlacedStructures, AnRoiWithoutContoursInAnotherFrameIsNoReasonToRefuseTheOthers) {
  StructureSet set;
  set.frameOfReferenceUid = "1.2";
  Roi empty;
  empty.number = 2;
  empty.name = "GTV MR";
  empty.frameOfReferenceUid = "1.3";
  set.rois = {square(1, "Liver", -0.5, 4.5), empty};
  requireFrameOfReference("set.dcm", set, "1.2");
  EXPECT_EQ(count(placeStructures(set, {"liver", std::nullopt}, grid(), word()).labels, 1), 25U);
}

TEST(PlacedStructures, AStructureOfItsOwnKeepsTheCodesOfItsFile) {
  StructureSet set;
  set.rois = {square(1, "Aorta", -0.5, 4.5)};
  set.rois[0].snomed = "15825003";
  set.rois[0].snomedMeaning = "Aorta";
  const Organ aorta = placeStructures(set, {std::nullopt}, grid(), word()).organs.organs().back();
  EXPECT_EQ(aorta.snomed, "15825003");
  EXPECT_EQ(aorta.snomedMeaning, "Aorta");
}

TEST(PlacedStructures, ASetOfAnotherSeriesIsToldAndOneThatNamesNoneIsNot) {
  StructureSet set;
  EXPECT_EQ(otherSeriesNote("set.dcm", set, "1.2.6"), std::nullopt);
  set.referencedSeries = {"1.2.5", "1.2.6"};
  EXPECT_EQ(otherSeriesNote("set.dcm", set, "1.2.6"), std::nullopt);
  EXPECT_EQ(otherSeriesNote("set.dcm", set, ""), std::nullopt) << "the CT is not DICOM";
  EXPECT_TRUE(otherSeriesNote("set.dcm", set, "1.2.7").has_value());
}

TEST(PlacedStructures, WhatIsNoOrganIsAStructureOfItsOwnBehindTheTable) {
  StructureSet set;
  set.rois = {square(1, "PTV 60", -0.5, 4.5), square(5, "PTV 60", 1.5, 3.5)};
  set.rois[0].colour = {1, 2, 3};
  const PlacedStructures placed = placeStructures(set, {std::nullopt, std::nullopt}, grid(), word());
  ASSERT_EQ(placed.organs.organs().size(), 18U);
  const Organ& first = placed.organs.organs()[16];
  EXPECT_EQ(first.label, 17);
  EXPECT_EQ(first.name, "PTV 60");
  EXPECT_EQ(first.key, "roi_ptv_60");
  EXPECT_EQ(first.colour, (std::array<std::uint8_t, 3>{1, 2, 3}));
  EXPECT_EQ(placed.organs.organs()[17].key, "roi_ptv_60_2");
  EXPECT_TRUE(placed.organs.reads(word().hash()));
  EXPECT_EQ(count(placed.labels, 17), 25U);
  EXPECT_EQ(count(placed.labels, 18), 4U);
}

TEST(PlacedStructures, AnOrganThatIsDrawnKeepsItsLayerAndTheLossIsTold) {
  StructureSet set;
  set.rois = {square(1, "Liver", -0.5, 4.5), square(2, "Spleen", 2.5, 6.5)};
  const PlacedStructures placed = placeStructures(set, {"liver", "spleen"}, grid(), word(), std::bitset<256>().set(2));
  EXPECT_EQ(count(placed.labels, 2), 12U);
  ASSERT_EQ(placed.notes.size(), 1U);
  EXPECT_NE(placed.notes[0].find("Spleen lacks the 0.00 mL"), std::string::npos) << placed.notes[0];
}

TEST(PlacedStructures, MoreStructuresThanLabelsAreRefused) {
  StructureSet set;
  for (int i = 0; i < 240; ++i) set.rois.push_back(square(i, "S" + std::to_string(i), 0.5, 2.5));
  const std::vector<std::optional<std::string>> own(240);
  EXPECT_THROW(placeStructures(set, own, grid(), word()), Error);
}

TEST(Flattened, EachPairsLossIsCountedAndTheChosenOneWins) {
  StructureSet set;
  set.rois = {square(1, "Liver", -0.5, 4.5), square(2, "Spleen", 2.5, 6.5)};
  const PlacedStructures placed = placeStructures(set, {"liver", "spleen"}, grid(), word());
  const auto voxels = [&](OverlapWinner winner, Label label) {
    return labelCounts(flattened(placed.labels, {1, 2}, winner, 1000).map)[label];
  };
  EXPECT_EQ(voxels(OverlapWinner::First, 1), 25);
  EXPECT_EQ(voxels(OverlapWinner::First, 2), 12);
  EXPECT_EQ(voxels(OverlapWinner::Last, 1), 21);
  EXPECT_EQ(voxels(OverlapWinner::Smallest, 2), 16);
  const auto losses = flattened(placed.labels, {1, 2}, OverlapWinner::First, 1000).losses;
  ASSERT_EQ(losses.size(), 1U);
  EXPECT_EQ(losses[0].kept, 1);
  EXPECT_EQ(losses[0].lost, 2);
  EXPECT_DOUBLE_EQ(losses[0].lostMl, 4);
}

TEST(PlacedStructures, AnRoiOfAnotherFrameOfReferenceIsNotShown) {
  StructureSet set;
  set.frameOfReferenceUid = "1.2";
  set.rois = {square(1, "Liver", -0.5, 4.5), square(2, "GTV MR", 2.5, 6.5)};
  set.rois[1].frameOfReferenceUid = "1.3";
  EXPECT_EQ(requireFrameOfReference("set.dcm", set, "1.2"), std::nullopt);
  const PlacedStructures placed = placeStructures(set, {"liver", std::nullopt}, grid(), word());
  ASSERT_EQ(placed.rois.size(), 1U);
  EXPECT_NE(placed.notes.at(0).find("GTV MR is not shown and stays as it is in the file"), std::string::npos);
  set.rois.erase(set.rois.begin());
  EXPECT_THROW(requireFrameOfReference("set.dcm", set, "1.2"), Error);
}

TEST(PlacedStructures, TwoRoisCannotBeOneOrgan) {
  StructureSet set;
  set.rois = {square(1, "Liver", -0.5, 4.5), square(2, "Hepar", 2.5, 6.5)};
  EXPECT_THROW(placeStructures(set, {"liver", "liver"}, grid(), word()), Error);
}

}  // namespace
}  // namespace recontour
