#include <algorithm>
#include <mutex>
#include <random>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/edit/operation.h"
#include "core/image/islands.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2, kColon = 10;

/// 16 x 12 x 8 voxels of 1 x 1 x 3 mm.
class Operations : public testing::Test {
 protected:
  void fill(const Box& box, Label label) {
    for (int z = box.lower.z; z < box.upper.z; ++z) {
      for (int y = box.lower.y; y < box.upper.y; ++y)
        labels.writeRow(y, z, box.lower.x,
                        std::vector<Label>(static_cast<std::size_t>(box.upper.x - box.lower.x), label));
    }
  }
  OperationInput input() const { return {labels, start, grid, filter}; }
  /// Does it, by what the log would hold of it.
  void run(const Operation& operation, const EditRules& rules = {}) {
    const LoggedOperation logged = operationFrom(toJson(operation, rules));
    EXPECT_EQ(logged.operation, operation);
    EXPECT_EQ(logged.rules, rules);
    const OperationResult result = executed(logged.operation, input());
    labels = result.labels;
    refusal = result.refusal;
  }
  std::int64_t count(Label label) const { return labelCounts(labels)[label]; }
  Box boxOf(Label label) const { return boundingBox(labels, label); }
  Geometry grid{{16, 12, 8}, {1, 1, 3}, {}};
  LabelMap labels{{16, 12, 8}}, start{{16, 12, 8}};
  WriteFilter filter;
  Refusal refusal = Refusal::None;
};

TEST_F(Operations, MarginIsInMillimetresOnEveryAxis) {
  fill({{7, 5, 4}, {8, 6, 5}}, kLiver);
  run({.kind = OperationKind::Margin, .amount = 3});
  EXPECT_EQ(boxOf(kLiver), (Box{{4, 2, 3}, {11, 9, 6}}));  // 3 voxels aside, 1 slice up and down
  EXPECT_EQ(count(kLiver), 29 + 2) << "29 pixels lie within 3 of the middle";
}

TEST_F(Operations, MarginShrinksAndKeepsWhereTheScanEnds) {
  fill({{2, 2, 0}, {12, 10, 5}}, kLiver);
  run({.kind = OperationKind::Margin, .amount = -2});
  EXPECT_EQ(boxOf(kLiver), (Box{{4, 4, 0}, {10, 8, 5}})) << "no slice goes: the next one is 3 mm away";
  run({.kind = OperationKind::Margin, .amount = -3});
  EXPECT_EQ(boxOf(kLiver), (Box{{}, {}})) << "4 rows are gone with 3 from each side";
}

TEST_F(Operations, MarginStopsAtOtherOrgansByTheRules) {
  fill({{7, 5, 4}, {8, 6, 5}}, kLiver);
  fill({{8, 0, 0}, {16, 12, 8}}, kSpleen);
  EditRules background{.overwrite = EditRules::Overwrite::Background};
  filter = filterOf(background, kLiver, AxisMap(grid), {});
  run({.kind = OperationKind::Margin, .amount = 2}, background);
  EXPECT_EQ(boxOf(kLiver).upper.x, 8);
  EXPECT_EQ(refusal, Refusal::OtherOrgan);
}

TEST_F(Operations, SmoothRoundsOffASpikeAndKeepsTheRest) {
  fill({{3, 3, 2}, {10, 9, 6}}, kLiver);
  fill({{10, 5, 3}, {15, 6, 4}}, kLiver);  // one voxel thick
  run({.kind = OperationKind::Smooth, .amount = 1});
  EXPECT_EQ(labels.at({13, 5, 3}), 0);
  EXPECT_EQ(labels.at({6, 6, 3}), kLiver);
  EXPECT_EQ(boxOf(kLiver).lower, (Index3{3, 3, 2}));
}

TEST_F(Operations, SmoothAllLeavesNoGapBetweenOrgans) {
  fill({{2, 2, 0}, {8, 10, 8}}, kLiver);
  fill({{8, 2, 0}, {14, 10, 8}}, kSpleen);
  fill({{8, 5, 3}, {11, 6, 4}}, kLiver);  // a spike into the spleen
  run({.kind = OperationKind::SmoothAll, .amount = 1});
  EXPECT_EQ(labels.at({10, 5, 3}), kSpleen);
  for (int x = 3; x < 13; ++x) EXPECT_NE(labels.at({x, 5, 3}), 0) << x;
}

TEST_F(Operations, HolesAreFilledInThePlaneThatIsMeant) {
  fill({{3, 3, 2}, {10, 9, 3}}, kLiver);
  fill({{5, 5, 2}, {7, 7, 3}}, 0);
  run({.kind = OperationKind::FillHoles, .plane = Plane::Coronal});
  EXPECT_EQ(labels.at({5, 5, 2}), 0) << "on a coronal slice it is open above and below";
  run({.kind = OperationKind::FillHoles, .plane = Plane::Axial});
  EXPECT_EQ(count(kLiver), 7 * 6);
}

TEST_F(Operations, IslandsAreKeptByRankOrDroppedByVolume) {
  fill({{1, 1, 1}, {5, 5, 3}}, kLiver);    // 32 voxels, 0.096 mL
  fill({{7, 7, 1}, {9, 9, 3}}, kLiver);    // 8
  fill({{12, 1, 5}, {13, 2, 6}}, kLiver);  // 1
  const LabelMap before = labels;
  run({.kind = OperationKind::KeepLargest, .amount = 2});
  EXPECT_EQ(count(kLiver), 40);
  labels = before;
  run({.kind = OperationKind::DropSmall, .amount = 0.03});
  EXPECT_EQ(count(kLiver), 32);
}

TEST_F(Operations, ThePieceUnderThePointerBecomesTheOrgan) {
  fill({{1, 1, 1}, {5, 5, 3}}, kColon);
  fill({{7, 7, 1}, {9, 9, 3}}, kColon);
  run({.kind = OperationKind::TakePiece, .organ = kLiver, .atMm = {8, 8, 6}});
  EXPECT_EQ(count(kLiver), 8);
  EXPECT_EQ(count(kColon), 32);
  run({.kind = OperationKind::TakePiece, .organ = kLiver, .atMm = {15, 11, 0}});
  EXPECT_EQ(count(kLiver), 8) << "background is no piece";
}

TEST_F(Operations, ASliceIsCopiedToTheNextAsItIs) {
  fill({{3, 3, 2}, {6, 6, 3}}, kLiver);
  fill({{9, 9, 3}, {11, 11, 4}}, kLiver);
  run({.kind = OperationKind::CopySlice, .slice = 2, .step = 1});
  EXPECT_EQ(count(kLiver), 18);
  EXPECT_EQ(labels.at({9, 9, 3}), 0) << "what was there is replaced";
  run({.kind = OperationKind::CopySlice, .slice = 0, .step = -1});
  EXPECT_EQ(count(kLiver), 18) << "there is no slice beyond the scan";
}

TEST_F(Operations, SlicesAreClearedOneByOneOrFromOneOn) {
  fill({{3, 3, 1}, {6, 6, 7}}, kLiver);
  run({.kind = OperationKind::ClearSlice, .slice = 4});
  EXPECT_EQ(count(kLiver), 45);
  run({.kind = OperationKind::ClearFrom, .slice = 5, .step = 1});
  EXPECT_EQ(boxOf(kLiver).upper.z, 4);
  run({.kind = OperationKind::ClearFrom, .slice = 2, .step = -1});
  EXPECT_EQ(boxOf(kLiver), (Box{{3, 3, 3}, {6, 6, 4}}));
}

TEST_F(Operations, RevertBringsTheStartBackForTheOrganOrASlice) {
  fill({{3, 3, 1}, {6, 6, 4}}, kLiver);
  start = labels;
  fill({{3, 3, 1}, {6, 6, 4}}, 0);
  fill({{8, 8, 2}, {10, 10, 3}}, kLiver);
  fill({{4, 4, 2}, {5, 5, 3}}, kSpleen);
  LabelMap edited = labels;
  run({.kind = OperationKind::RevertSlice, .slice = 2});
  EXPECT_EQ(count(kLiver), 9);
  EXPECT_EQ(count(kSpleen), 0);
  labels = edited;
  filter.locked.set(kSpleen);
  run({.kind = OperationKind::RevertOrgan});
  EXPECT_EQ(count(kLiver), 26);
  EXPECT_EQ(count(kSpleen), 1) << "locks win";
  EXPECT_EQ(refusal, Refusal::Locked);
}

TEST_F(Operations, OrgansAreSwappedAndMerged) {
  fill({{1, 1, 1}, {3, 3, 2}}, kLiver);
  fill({{5, 5, 1}, {6, 6, 2}}, kSpleen);
  run({.kind = OperationKind::Swap, .organ = kLiver, .other = kSpleen});
  EXPECT_EQ(count(kLiver), 1);
  EXPECT_EQ(count(kSpleen), 4);
  run({.kind = OperationKind::Merge, .organ = kLiver, .other = kSpleen});
  EXPECT_EQ(count(kLiver), 5);
  EXPECT_EQ(count(kSpleen), 0);
}

TEST_F(Operations, BetweenTwoSquaresLiesTheSquareHalfway) {
  fill({{2, 2, 1}, {10, 10, 2}}, kLiver);
  fill({{4, 4, 3}, {8, 8, 4}}, kLiver);
  run({.kind = OperationKind::FillBetweenSlices});
  EXPECT_EQ(boundingBox(labels, kLiver), (Box{{2, 2, 1}, {10, 10, 4}}));
  EXPECT_EQ(labels.at({3, 6, 2}), kLiver);
  EXPECT_EQ(labels.at({2, 6, 2}), 0);
  EXPECT_EQ(labels.at({8, 6, 2}), kLiver);
  EXPECT_EQ(labels.at({9, 6, 2}), 0);
}

TEST_F(Operations, PartsThatMovedAreFollowedAndThoseFarApartAreNot) {
  fill({{1, 1, 0}, {4, 4, 1}}, kLiver);
  fill({{5, 1, 4}, {8, 4, 5}}, kLiver);      // the same square, four voxels on
  fill({{14, 10, 4}, {15, 11, 5}}, kLiver);  // far from everything
  run({.kind = OperationKind::FillBetweenSlices});
  EXPECT_EQ(labels.at({4, 2, 2}), kLiver) << "halfway";
  EXPECT_EQ(labels.at({3, 1, 2}), kLiver);
  EXPECT_EQ(labels.at({1, 2, 2}), 0);
  EXPECT_EQ(labels.at({14, 10, 2}), 0);
}

TEST_F(Operations, FillBetweenSlicesWorksInEveryPlane) {
  fill({{2, 3, 1}, {3, 7, 5}}, kLiver);
  fill({{6, 3, 1}, {7, 7, 5}}, kLiver);
  run({.kind = OperationKind::FillBetweenSlices, .plane = Plane::Sagittal});
  EXPECT_EQ(count(kLiver), 5 * 4 * 4);
}

TEST_F(Operations, OfAnAbsentOrganChangeNothing) {
  fill({{1, 1, 1}, {3, 3, 2}}, kSpleen);
  const LabelMap before = labels;
  for (int kind = 0; kind <= static_cast<int>(OperationKind::RevertSlice); ++kind) {
    if (static_cast<OperationKind>(kind) == OperationKind::SmoothAll) continue;
    run({.kind = static_cast<OperationKind>(kind), .organ = kLiver, .amount = 1, .atMm = {15, 11, 20}});
    EXPECT_EQ(labels, before) << operationName(static_cast<OperationKind>(kind));
  }
}

/// One gate: whatever the operation, locked organs, read-only and the area hold.
TEST_F(Operations, LocksAreaAndReadOnlyHoldForEveryOperation) {
  std::mt19937 random(7);
  std::vector<Label> dense(voxelCount(grid.size));
  const Label kinds[] = {0, kLiver, kSpleen, kColon};
  for (Label& label : dense) label = kinds[random() % 4];
  const LabelMap mixed = LabelMap::fromDense(grid.size, dense);
  std::shuffle(dense.begin(), dense.end(), random);
  start = LabelMap::fromDense(grid.size, dense);
  const Box area{{0, 0, 3}, {16, 12, 5}};
  for (int kind = 0; kind <= static_cast<int>(OperationKind::Merge); ++kind) {
    const Operation operation{.kind = static_cast<OperationKind>(kind),
                              .organ = kLiver,
                              .other = kSpleen,
                              .amount = 2,
                              .slice = 3,
                              .step = 1,
                              .atMm = {8, 6, 9}};
    labels = mixed;
    filter = {};
    filter.locked.set(kColon);
    run(operation);
    for (const Index3 at : {Index3{3, 4, 1}, {8, 8, 4}, {12, 2, 3}, {1, 1, 4}, {5, 9, 6}})
      EXPECT_EQ(labels.at(at) == kColon, mixed.at(at) == kColon) << operationName(operation.kind);
    EXPECT_EQ(count(kColon), labelCounts(mixed)[kColon]) << operationName(operation.kind);
    labels = mixed;
    filter = {};
    filter.editable = area;
    run(operation);
    for (int z : {0, 1, 2, 5, 6, 7}) {
      const Box slice{{0, 0, z}, {16, 12, z + 1}};
      EXPECT_EQ(labels.copy(slice).labels, mixed.copy(slice).labels) << operationName(operation.kind) << " " << z;
    }
    labels = mixed;
    filter = {};
    filter.readOnly = true;
    run(operation);
    EXPECT_EQ(labels, mixed) << operationName(operation.kind);
  }
}

TEST_F(Operations, UnknownOnesAreRefusedByName) {
  std::string text = toJson(Operation{.kind = OperationKind::Margin}, {});
  text.replace(text.find("margin"), 6, "melting");
  EXPECT_THROW(operationFrom(text), Error);
  EXPECT_THROW(operationFrom("{}"), Error);
}

TEST_F(Operations, MedianTakesASpikeAndKeepsStraightBorders) {
  fill({{3, 3, 2}, {10, 9, 6}}, kLiver);
  fill({{10, 5, 3}, {15, 6, 4}}, kLiver);           // one voxel thick
  labels.writeRow(6, 4, 6, std::vector<Label>{0});  // a hole of one voxel
  run({.kind = OperationKind::Median, .amount = 1});
  EXPECT_EQ(labels.at({13, 5, 3}), 0);
  EXPECT_EQ(labels.at({6, 6, 4}), kLiver);
  EXPECT_EQ(labels.at({3, 6, 3}), kLiver);
  EXPECT_EQ(labels.at({2, 6, 3}), 0);
}

TEST_F(Operations, APieceOnASliceAloneCanBeTaken) {
  fill({{2, 2, 1}, {6, 6, 5}}, kColon);
  fill({{9, 2, 2}, {12, 6, 3}}, kColon);
  run({.kind = OperationKind::TakeSlicePiece,
       .plane = Plane::Axial,
       .slice = 2,
       .atMm = grid.toWorld(Index3{3, 3, 2})});
  EXPECT_EQ(boxOf(kLiver), (Box{{2, 2, 2}, {6, 6, 3}}));
  EXPECT_EQ(count(kColon), 4 * 4 * 3 + 3 * 4);
}

TEST_F(Operations, APieceIsFoundFromItsSurfaceToo) {
  fill({{2, 2, 1}, {6, 6, 5}}, kColon);
  run({.kind = OperationKind::TakePiece, .atMm = grid.toWorld(Point3{6.2, 4, 3})});
  EXPECT_EQ(count(kLiver), 4 * 4 * 4);
}

TEST_F(Operations, SlicesGoBackToTheStartFromOneToAnother) {
  fill({{2, 2, 0}, {6, 6, 8}}, kLiver);
  start = labels;
  fill({{2, 2, 0}, {6, 6, 8}}, 0);
  run({.kind = OperationKind::RevertSlices, .amount = 3, .plane = Plane::Axial, .slice = 4});
  EXPECT_EQ(boxOf(kLiver), (Box{{2, 2, 2}, {6, 6, 5}})) << "slices 3 to 5, counted from 1";
}

TEST_F(Operations, AnOrganKeepsAwayFromAnotherInMillimetres) {
  fill({{2, 2, 2}, {10, 6, 6}}, kLiver);
  fill({{10, 2, 2}, {12, 6, 6}}, kSpleen);
  run({.kind = OperationKind::KeepAway, .other = kSpleen, .amount = 2});
  EXPECT_EQ(boxOf(kLiver), (Box{{2, 2, 2}, {8, 6, 6}}));
  EXPECT_EQ(count(kSpleen), 2 * 4 * 4);
}

TEST_F(Operations, AnOrganKeepsWhatIsNearAnother) {
  fill({{2, 2, 2}, {10, 6, 6}}, kLiver);
  fill({{10, 2, 2}, {12, 6, 6}}, kSpleen);
  run({.kind = OperationKind::KeepNear, .other = kSpleen, .amount = 2});
  EXPECT_EQ(boxOf(kLiver), (Box{{8, 2, 2}, {10, 6, 6}}));
  run({.kind = OperationKind::KeepNear, .other = kColon, .amount = 2});
  EXPECT_EQ(count(kLiver), 0) << "nothing is near what is not there";
}

TEST_F(Operations, TellHowFarTheyAre) {
  fill({{2, 2, 0}, {8, 10, 8}}, kLiver);
  fill({{8, 2, 0}, {14, 10, 8}}, kSpleen);
  OperationInput asked = input();
  std::vector<double> told;
  std::mutex mutex;
  asked.progress.report = [&](double part) {
    const std::lock_guard lock(mutex);
    told.push_back(part);
  };
  executed({.kind = OperationKind::SmoothAll, .amount = 2}, asked);
  EXPECT_EQ(told, (std::vector<double>{0, 0.5}));
  told.clear();
  executed({.kind = OperationKind::Median, .amount = 2}, asked);
  ASSERT_FALSE(told.empty());
  EXPECT_LE(*std::ranges::max_element(told), 1);
}

TEST_F(Operations, OneThatIsStoppedChangesNothing) {
  fill({{2, 2, 0}, {8, 10, 8}}, kLiver);
  fill({{8, 5, 3}, {11, 6, 4}}, kLiver);
  OperationInput asked = input();
  std::stop_source stop;
  stop.request_stop();
  asked.progress.stop = stop.get_token();
  const OperationResult result = executed({.kind = OperationKind::SmoothAll, .amount = 2}, asked);
  EXPECT_TRUE(result.stopped);
  EXPECT_EQ(result.labels, labels);
}

}  // namespace
}  // namespace recontour
