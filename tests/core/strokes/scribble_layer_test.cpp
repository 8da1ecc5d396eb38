#include "core/strokes/scribble_layer.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/strokes/stroke_fixture.h"

namespace recontour {
namespace {

std::vector<std::uint64_t> idsOf(const ScribbleLayer& layer) {
  std::vector<std::uint64_t> ids;
  for (const ScribbleStroke& stroke : layer.strokes()) ids.push_back(stroke.id);
  return ids;
}

TEST(ScribbleLayer, StrokesThatComeBackLieWhereTheyLayBefore) {
  ScribbleLayer layer;
  for (std::uint64_t id = 1; id <= 3; ++id) layer.apply({"draw", {}, {lineAlongX(id, 1, 2, 8)}}, id);
  layer.apply({"erase", {*layer.find(2)}, {}}, 4);
  EXPECT_EQ(idsOf(layer), (std::vector<std::uint64_t>{1, 3}));
  EXPECT_EQ(layer.undoEvent(), 4u);
  layer.undo();
  EXPECT_EQ(idsOf(layer), (std::vector<std::uint64_t>{1, 2, 3}));
  layer.redo();
  EXPECT_EQ(idsOf(layer), (std::vector<std::uint64_t>{1, 3}));
}

TEST(ScribbleLayer, RemembersWhatWasTakenAwayAndByWhichEvent) {
  ScribbleLayer layer;
  layer.apply({"draw", {}, {lineAlongX(1, 4, 2, 8)}}, 10);
  layer.apply({"erase", {*layer.find(1)}, {}}, 11);
  ASSERT_EQ(layer.erased().size(), 1u);
  EXPECT_EQ(layer.erased()[0].stroke.label, 4);
  EXPECT_EQ(layer.erased()[0].event, 11u);
  layer.undo();
  EXPECT_TRUE(layer.erased().empty());
}

TEST(ScribbleLayer, NumbersAreNeverUsedAgain) {
  ScribbleLayer layer;
  layer.apply({"draw", {}, {lineAlongX(layer.nextId(), 1, 2, 8)}}, 0);
  layer.undo();
  EXPECT_EQ(layer.nextId(), 2u);
}

TEST(ScribbleLayer, AStepThatDoesNotFitIsRefusedAndChangesNothing) {
  ScribbleLayer layer;
  layer.apply({"draw", {}, {lineAlongX(1, 1, 2, 8)}}, 0);
  EXPECT_THROW(layer.apply({"erase", {lineAlongX(7, 1, 2, 8)}, {}}, 1), Error);
  EXPECT_THROW(layer.apply({"draw", {}, {lineAlongX(2, 1, 0, 1), lineAlongX(1, 2, 2, 8)}}, 1), Error);
  EXPECT_EQ(idsOf(layer), std::vector<std::uint64_t>{1});
}

}  // namespace
}  // namespace recontour
