#include "core/workbench/organ_figures.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/core/metrics/label_maps.h"
#include "tests/data/target_table.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

FiguresRequest requestOn(const Size3& size) {
  FiguresRequest request;
  request.organs = OrganTable::named("word");
  request.checked.geometry.size = size;
  request.checked.geometry.spacing = {10, 10, 10};  // 1 mL a voxel
  request.checked.midlineMm = 10.0 * size.x / 2;
  request.before = request.now = LabelMap(size);
  return request;
}

TEST(OrganFigures, TellVolumeBeforeAndNowAndWhatWasAddedAndRemoved) {
  FiguresRequest request = requestOn({8, 4, 4});
  request.before = mapWithBox({8, 4, 4}, {{0, 1, 1}, {4, 2, 2}}, kLiver);  // x 0..3
  request.now = mapWithBox({8, 4, 4}, {{1, 1, 1}, {7, 2, 2}}, kLiver);     // x 1..6
  const OrganFigures liver = computeOrganFigures(request)[0];
  EXPECT_EQ(liver.organ, kLiver);
  EXPECT_DOUBLE_EQ(liver.volumeBeforeMl, 4);
  EXPECT_DOUBLE_EQ(liver.volumeMl, 6);
  EXPECT_EQ(liver.voxelsAdded, 3);
  EXPECT_EQ(liver.voxelsRemoved, 1);
  EXPECT_DOUBLE_EQ(liver.pathAddedMm, 30);               // x 4, 5, 6
  EXPECT_DOUBLE_EQ(liver.surfaceShiftMm.value(), 6.25);  // (0 0 0 10 20 30) / 6 and (10 0 0 0) / 4
  EXPECT_FALSE(computeOrganFigures(request)[1].surfaceShiftMm) << "no spleen";
  EXPECT_FALSE(liver.dscAfter);
  request.reference = request.now.organs();
  EXPECT_DOUBLE_EQ(computeOrganFigures(request)[0].dscBefore.value(), 2.0 * 3 / 10);
  EXPECT_DOUBLE_EQ(computeOrganFigures(request)[0].dscAfter.value(), 1);
  EXPECT_FALSE(computeOrganFigures(request)[1].dscAfter) << "neither map has a spleen";
}

TEST(OrganFigures, ALabelGivenToAnotherOrganIsRemovedHereAndAddedThere) {
  FiguresRequest request = requestOn({4, 4, 4});
  request.before = mapWithBox({4, 4, 4}, {{0, 0, 0}, {2, 1, 1}}, kLiver);
  request.now = mapWithBox({4, 4, 4}, {{0, 0, 0}, {2, 1, 1}}, kSpleen);
  const auto figures = computeOrganFigures(request);
  EXPECT_EQ(figures[0].voxelsRemoved, 2);
  EXPECT_EQ(figures[1].voxelsAdded, 2);
}

TEST(OrganFigures, AStructureThatLiesOverAnOrganHasItsOwn) {
  FiguresRequest request = requestOn({8, 4, 4});
  request.organs = tableWithTarget();
  request.before.setOverlapping(std::bitset<256>().set(kTarget));
  request.now = request.before;
  request.now.layer(LabelLayers::kOrgans) = mapWithBox({8, 4, 4}, {{0, 1, 1}, {4, 2, 2}}, kLiver);
  request.now.layer(kTarget) = mapWithBox({8, 4, 4}, {{1, 1, 1}, {7, 2, 2}}, kTarget);
  const auto figures = computeOrganFigures(request);
  EXPECT_DOUBLE_EQ(figures.front().volumeMl, 4);
  EXPECT_EQ(figures.back().organ, kTarget);
  EXPECT_DOUBLE_EQ(figures.back().volumeMl, 6);
  EXPECT_EQ(figures.back().voxelsAdded, 6);
  EXPECT_EQ(figures.back().box, (Box{{1, 1, 1}, {7, 2, 2}}));
}

/// A ball of `label` at a random place, as a stroke leaves it.
void paintBall(LabelMap& map, Label label, std::mt19937& random) {
  const auto upTo = [&](int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); };
  const Size3 size = map.size();
  const int radius = 1 + upTo(6);
  const Index3 centre{upTo(size.x), upTo(size.y), upTo(size.z)};
  const Box box = intersect(grow(Box{centre, {centre.x + 1, centre.y + 1, centre.z + 1}}, radius), {{}, size});
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      std::vector<Label> row(static_cast<std::size_t>(box.size().x));
      map.readRow(y, z, box.lower.x, box.upper.x, row.data());
      for (int x = box.lower.x; x < box.upper.x; ++x) {
        const int dx = x - centre.x, dy = y - centre.y, dz = z - centre.z;
        if (dx * dx + dy * dy + dz * dz <= radius * radius) row[static_cast<std::size_t>(x - box.lower.x)] = label;
      }
      map.writeRow(y, z, box.lower.x, row);
    }
  }
}

TEST(RunningFigures, EqualThoseCountedAnewAfterEachOfManyStrokes) {
  const Size3 size{75, 70, 40};
  std::mt19937 random(7);
  FiguresRequest request = requestOn(size);
  request.organs = tableWithTarget();
  request.now.setOverlapping(std::bitset<256>().set(kTarget));
  request.before = request.now;
  RunningFigures running;
  for (int stroke = 0; stroke < 150; ++stroke) {
    const auto label = static_cast<Label>(random() % 17);  // 0 erases
    const Label layer = stroke % 5 == 4 ? kTarget : LabelLayers::kOrgans;
    paintBall(request.now.layer(layer), layer == kTarget && label != 0 ? kTarget : label, random);
    if (stroke % 40 == 30) request.before = request.now;  // a start was taken
    if (stroke == 60) request.reference = request.now.organs();
    if (stroke % 3 == 2) continue;  // a job that was overtaken by the next
    ASSERT_EQ(running.update(request), computeOrganFigures(request)) << "stroke " << stroke;
  }
  request.now = request.before;  // all undone at once
  EXPECT_EQ(running.update(request), computeOrganFigures(request));
  bool anyConcern = false;
  for (const OrganFigures& figures : running.update(request)) anyConcern |= !figures.concerns.empty();
  EXPECT_TRUE(anyConcern) << "the strokes leave islands, so that there is something to be equal";
}

}  // namespace
}  // namespace recontour
