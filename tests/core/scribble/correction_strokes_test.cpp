#include "core/scribble/correction_strokes.h"

#include <gtest/gtest.h>

#include "core/strokes/scribble_raster.h"
#include "tests/core/strokes/stroke_fixture.h"

namespace recontour {
namespace {

void fill(LabelMap& map, Label label, int z, int x0, int x1, int y0, int y1) {
  for (int y = y0; y < y1; ++y) map.writeRow(y, z, x0, std::vector<Label>(static_cast<std::size_t>(x1 - x0), label));
}

std::vector<ScribbleStroke> strokesOf(const LabelMap& before, const LabelMap& after) {
  return correctionStrokes(before, after, strokeGeometry(), "R1", 5);
}

TEST(CorrectionStrokes, WhatWasAddedGivesAStrokeOfItsOrganInside) {
  LabelMap before(strokeGeometry().size);
  fill(before, 1, 2, 2, 8, 3, 8);
  LabelMap after = before;
  fill(after, 1, 2, 8, 16, 3, 8);  // 8 x 5 pixels more liver
  const auto strokes = strokesOf(before, after);
  ASSERT_EQ(strokes.size(), 1u);
  EXPECT_EQ(strokes[0].label, 1);
  EXPECT_EQ(strokes[0].id, 5u);
  EXPECT_EQ(strokes[0].slice, 2);
  EXPECT_EQ(strokes[0].origin, StrokeOrigin::Corrected);
  EXPECT_GE(lengthMm(strokes[0]), 2);
  const LabelMap raster = rasterOf(strokes, strokeGeometry());
  for (int x = 0; x < 20; ++x) {
    for (int y = 0; y < 20; ++y) {
      const bool inside = x >= 8 && x < 16 && y >= 3 && y < 8;
      EXPECT_TRUE(inside || raster.at({x, y, 2}) == 0) << x << ", " << y;
    }
  }
}

TEST(CorrectionStrokes, WhatWasTakenAwayIsBackgroundOrTheOrganThatIsThereNow) {
  LabelMap before(strokeGeometry().size);
  fill(before, 1, 1, 2, 8, 3, 8);
  fill(before, 1, 3, 2, 8, 3, 8);
  LabelMap after = before;
  fill(after, 0, 1, 2, 8, 3, 8);
  fill(after, 2, 3, 2, 8, 3, 8);
  const auto strokes = strokesOf(before, after);
  ASSERT_EQ(strokes.size(), 2u);
  EXPECT_EQ(strokes[0].label, 0);
  EXPECT_EQ(strokes[0].slice, 1);
  EXPECT_EQ(strokes[1].label, 2);
  EXPECT_EQ(strokes[1].slice, 3);
}

TEST(CorrectionStrokes, WhatStayedAndWhatIsTinyGiveNone) {
  LabelMap before(strokeGeometry().size);
  fill(before, 1, 2, 2, 8, 3, 8);
  LabelMap after = before;
  fill(after, 1, 2, 8, 10, 3, 7);  // 8 pixels
  EXPECT_TRUE(strokesOf(before, before).empty());
  EXPECT_TRUE(strokesOf(before, after).empty());
}

TEST(CorrectionStrokes, EachRegionHasItsOwn) {
  const LabelMap before(strokeGeometry().size);
  LabelMap after = before;
  fill(after, 1, 2, 1, 6, 1, 6);
  fill(after, 1, 2, 10, 16, 10, 16);
  fill(after, 1, 4, 1, 6, 1, 6);
  EXPECT_EQ(strokesOf(before, after).size(), 3u);
}

}  // namespace
}  // namespace recontour
