#include "core/metrics/organ_tally.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/metrics/overlap.h"
#include "tests/core/metrics/label_maps.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;

TEST(OrganTally, CountsAnOrganInEachMapAndInTwoOfThem) {
  OrganTally tally;
  const Size3 size{8, 1, 1};
  const LabelMap before = mapWithBox(size, {{0, 0, 0}, {4, 1, 1}}, kLiver);     // 0..3
  const LabelMap now = mapWithBox(size, {{1, 0, 0}, {6, 1, 1}}, kLiver);        // 1..5
  const LabelMap reference = mapWithBox(size, {{3, 0, 0}, {7, 1, 1}}, kLiver);  // 3..6
  tally.update({before, now, reference});
  const OrganCounts& liver = tally[kLiver];
  EXPECT_EQ(liver.before, 4);
  EXPECT_EQ(liver.now, 5);
  EXPECT_EQ(liver.reference, 4);
  EXPECT_EQ(liver.beforeAndNow, 3);
  EXPECT_EQ(liver.beforeAndReference, 1);
  EXPECT_EQ(liver.nowAndReference, 3);
}

TEST(OrganTally, NamesTheOrgansWhoseVoxelsChanged) {
  OrganTally tally;
  LabelMap map = mapWithBox({40, 4, 4}, {{0, 0, 0}, {35, 2, 2}}, kLiver);
  map.write({{0, 3, 3}, {1, 4, 4}}, {{1, 1, 1}, {7}});
  EXPECT_EQ(tally.update({map, map, {}}).now.count(), 2u);  // the first time: all that are there
  LabelMap now = map;
  now.write({{2, 0, 0}, {3, 1, 1}}, {{1, 1, 1}, {kSpleen}});  // in the brick of organ 7
  EXPECT_EQ(tally.update({map, now, {}}).now, std::bitset<256>().set(kLiver).set(kSpleen));
  EXPECT_TRUE(tally.update({map, now, {}}).now.none());
  EXPECT_TRUE(tally.update({map, now, map}).now.none());  // a reference changes no organ
  EXPECT_EQ(tally.update({now, now, map}).before, std::bitset<256>().set(kLiver).set(kSpleen)) << "another start";
}

TEST(OrganTally, FollowsManyEditsExactly) {
  const Size3 size{70, 35, 34};  // bricks cut at the border on every axis
  std::mt19937 random(4);
  OrganTally tally;
  LabelMap before = randomMap(size, 3, 1), now = before;
  std::optional<LabelMap> reference;
  for (int edit = 0; edit < 60; ++edit) {
    const Index3 at{static_cast<int>(random() % 64), static_cast<int>(random() % 30), static_cast<int>(random() % 30)};
    const Box box{at, {at.x + 5, at.y + 4, at.z + 3}};
    now.write(box, {box.size(), std::vector<Label>(60, static_cast<Label>(random() % 4))});
    if (edit == 20) before = now;
    if (edit % 20 == 10) reference = randomMap(size, 3, random());
    if (edit == 50) reference.reset();
    tally.update({before, now, reference});
    const LabelMap& truth = reference ? *reference : LabelMap(size);
    const OverlapCounts moved = countOverlap(before, now), was = countOverlap(truth, before),
                        is = countOverlap(truth, now);
    for (Label label = 1; label <= 3; ++label) {
      ASSERT_EQ(tally[label].before, moved[label].inA);
      ASSERT_EQ(tally[label].now, moved[label].inB);
      ASSERT_EQ(tally[label].beforeAndNow, moved[label].inBoth);
      ASSERT_EQ(tally[label].reference, is[label].inA);
      ASSERT_EQ(tally[label].beforeAndReference, was[label].inBoth);
      ASSERT_EQ(tally[label].nowAndReference, is[label].inBoth);
    }
  }
}

TEST(OrganTally, RefusesMapsOfAnotherSize) {
  OrganTally tally;
  EXPECT_THROW(tally.update({LabelMap({4, 4, 4}), LabelMap({4, 4, 5}), {}}), Error);
  tally.update({LabelMap({4, 4, 4}), LabelMap({4, 4, 4}), {}});
  EXPECT_THROW(tally.update({LabelMap({4, 4, 5}), LabelMap({4, 4, 5}), {}}), Error);
}

}  // namespace
}  // namespace recontour
