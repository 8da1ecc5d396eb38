#include "core/image/label_layers.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr Label kLiver = 1, kTarget = 20;
constexpr Size3 kSize{4, 2, 1};

LabelMap row(const std::vector<Label>& labels) {
  LabelMap map(kSize);
  map.writeRow(0, 0, 0, labels);
  return map;
}

std::bitset<256> theTarget() { return std::bitset<256>().set(kTarget); }

TEST(LabelLayers, AStructureThatOverlapsHasALayerOfItsOwn) {
  LabelLayers layers(row({kLiver, kLiver}));
  EXPECT_EQ(layers.layerOf(kTarget), LabelLayers::kOrgans) << "before it is told to";
  layers.setOverlapping(theTarget());
  EXPECT_EQ(layers.layerOf(kTarget), kTarget);
  EXPECT_EQ(layers.layerOf(kLiver), LabelLayers::kOrgans);
  EXPECT_EQ(layers.layerOf(0), LabelLayers::kOrgans);
  layers.layer(kTarget) = row({0, kTarget, kTarget});
  EXPECT_EQ(layers.of(kLiver).at({1, 0, 0}), kLiver);
  EXPECT_EQ(layers.of(kTarget).at({1, 0, 0}), kTarget);
  EXPECT_EQ(layers.numbers(), (std::vector<Label>{LabelLayers::kOrgans, kTarget}));
}

TEST(LabelLayers, OneMapIsDealtOutToTheLayers) {
  const LabelLayers layers = inLayers(row({kLiver, kTarget, kLiver, 0}), theTarget());
  EXPECT_EQ(layers.organs(), row({kLiver, 0, kLiver, 0}));
  EXPECT_EQ(layers.of(kTarget), row({0, kTarget, 0, 0}));
}

TEST(LabelLayers, ALayerWithoutAVoxelIsAsNone) {
  LabelLayers with(row({kLiver}));
  with.setOverlapping(theTarget());
  EXPECT_EQ(with, LabelLayers(row({kLiver})));
  EXPECT_EQ(LabelLayers(row({kLiver})), with);
  with.layer(kTarget) = row({kTarget});
  EXPECT_FALSE(with == LabelLayers(row({kLiver})));
  EXPECT_FALSE(LabelLayers(row({kLiver})) == with);
}

TEST(LabelLayers, ACopyIsASnapshotOfAllOfThem) {
  LabelLayers layers{LabelMap(kSize)};
  layers.setOverlapping(theTarget());
  const LabelLayers before = layers;
  layers.layer(kTarget).writeRow(0, 0, 0, std::vector<Label>{kTarget});
  EXPECT_EQ(before.of(kTarget), LabelMap(kSize));
  layers.setOverlapping({});
  EXPECT_EQ(layers, before);
}

}  // namespace
}  // namespace recontour
