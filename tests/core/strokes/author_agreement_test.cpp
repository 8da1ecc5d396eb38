#include "core/strokes/author_agreement.h"

#include <gtest/gtest.h>

#include "tests/core/strokes/stroke_fixture.h"

namespace recontour {
namespace {

// R1: liver from 2 to 9. R2: spleen from 6 to 9 below the same line, liver from 10 to 12 and from 2 to 4.
const std::vector<ScribbleStroke> kTwoReaders = {lineAlongX(1, 1, 2, 9, 2, "R1"), lineAlongX(2, 2, 6, 9, 2, "R2"),
                                                 lineAlongX(3, 1, 10, 12, 2, "R2"), lineAlongX(4, 1, 2, 4, 2, "R2")};

TEST(StrokeConflicts, NameWhoSaysWhatAndWhere) {
  const auto conflicts = strokeConflicts(kTwoReaders, strokeGeometry());
  ASSERT_EQ(conflicts.size(), 1u);
  EXPECT_EQ(conflicts[0].firstAuthor, "R1");
  EXPECT_EQ(conflicts[0].secondAuthor, "R2");
  EXPECT_EQ(conflicts[0].firstLabel, 1);
  EXPECT_EQ(conflicts[0].secondLabel, 2);
  EXPECT_EQ(conflicts[0].axialSlice, 2);
  EXPECT_EQ(conflicts[0].voxels, 4);
  EXPECT_NEAR(conflicts[0].centreMm.x, 7.5, 0.51);
}

TEST(StrokeConflicts, OneAuthorHasNoneWithHimself) {
  EXPECT_TRUE(strokeConflicts({lineAlongX(1, 1, 2, 9), lineAlongX(2, 2, 2, 9)}, strokeGeometry()).empty());
}

TEST(AgreedRaster, UnionTakesWhatAnybodyDrewAndLeavesConflictsOpen) {
  const LabelMap map = agreedRaster(kTwoReaders, strokeGeometry(), Agreement::Union);
  EXPECT_EQ(labelCounts(map)[1], 4 + 3);  // 2..5 and 10..12
  EXPECT_EQ(labelCounts(map)[2], 0);
  EXPECT_EQ(map.at({7, 10, 2}), 0);
}

TEST(AgreedRaster, IntersectionTakesWhatAllDrewAlike) {
  const LabelMap map = agreedRaster(kTwoReaders, strokeGeometry(), Agreement::Intersection);
  EXPECT_EQ(labelCounts(map)[1], 3);
  EXPECT_EQ(map.at({3, 10, 2}), 1);
  EXPECT_EQ(labelCounts(map)[2], 0);
}

TEST(AgreedRaster, WhatTwoDisputeAThirdDoesNotDecide) {
  auto three = kTwoReaders;
  three.push_back(lineAlongX(5, 1, 6, 9, 2, "R3"));
  EXPECT_EQ(agreedRaster(three, strokeGeometry(), Agreement::Union).at({7, 10, 2}), 0);
}

}  // namespace
}  // namespace recontour
