#include "core/strokes/scribble_raster.h"

#include <gtest/gtest.h>

#include "tests/core/strokes/stroke_fixture.h"

namespace recontour {
namespace {

TEST(ScribbleRaster, ALineTakesTheVoxelsUnderItAndNoOther) {
  const LabelMap map = rasterOf({lineAlongX(1, 5, 3, 7)}, strokeGeometry());
  EXPECT_EQ(labelCounts(map)[5], 5);
  for (int x = 3; x <= 7; ++x) EXPECT_EQ(map.at({x, 10, 2}), 5);
}

TEST(ScribbleRaster, BackgroundIsAStrokeAndNotNothing) {
  const LabelMap map = rasterOf({lineAlongX(1, 0, 3, 7)}, strokeGeometry());
  EXPECT_EQ(labelCounts(map)[kBackgroundStroke], 5);
  const LabelMap written = withBackgroundSwapped(map);
  EXPECT_EQ(labelCounts(written)[0], 5);
  EXPECT_EQ(labelCounts(written)[255], 20 * 20 * 5 - 5);
  EXPECT_EQ(withBackgroundSwapped(written), map);
}

TEST(ScribbleRaster, AStrokeThatIsGivenUpLeavesWhatLayBelow) {
  ScribbleRaster raster(strokeGeometry());
  raster.paint(lineAlongX(1, 5, 3, 7));
  const LabelMap before = raster.labels();
  ScribbleStroke drawn = lineAlongX(2, 6, 5, 5);
  raster.press(drawn);
  drawn.points.push_back({{12, 10, 6}, 200});
  raster.drag(drawn);
  EXPECT_EQ(raster.labels().at({7, 10, 2}), 6);
  raster.give();
  EXPECT_EQ(raster.labels(), before);
}

TEST(ScribbleRaster, TakingAStrokeAwayUncoversTheOneBelow) {
  const ScribbleStroke below = lineAlongX(1, 5, 3, 9), above = lineAlongX(2, 6, 5, 12);
  ScribbleRaster raster(strokeGeometry());
  raster.paint(below);
  raster.paint(above);
  raster.update({"erase", {above}, {}}, {below});
  EXPECT_EQ(raster.labels(), rasterOf({below}, strokeGeometry()));
  raster.update({"undo", {}, {above}}, {below, above});
  EXPECT_EQ(raster.labels(), rasterOf({below, above}, strokeGeometry()));
}

TEST(ScribbleRaster, ALineOnASagittalSliceStaysOnIt) {
  ScribbleStroke stroke{.id = 1, .label = 3, .plane = Plane::Sagittal, .slice = 4, .radiusMm = 1.2};
  stroke.points = {{{4, 5, 3}, 0}, {{4, 5, 9}, 50}};
  const LabelMap map = rasterOf({stroke}, strokeGeometry());
  const Box box = boundingBox(map, 3);
  EXPECT_EQ(box.lower, (Index3{4, 4, 1}));
  EXPECT_EQ(box.upper, (Index3{5, 7, 4}));
}

}  // namespace
}  // namespace recontour
