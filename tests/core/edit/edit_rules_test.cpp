#include "core/edit/edit_rules.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/edit/hu_around.h"
#include "core/edit/stroke_inputs.h"
#include "tests/core/edit/empty_target.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2, kColon = 10;

/// 8 x 8 x 4 voxels of 1 x 1 x 2 mm; HU is ten times x.
class EditRulesTest : public testing::Test {
 protected:
  EditRulesTest() {
    std::vector<std::int16_t> voxels;
    for (int i = 0; i < 256; ++i) voxels.push_back(static_cast<std::int16_t>(10 * (i % 8)));
    volume = Volume({8, 8, 4}, std::move(voxels));
  }
  AxisMap axisMap() const { return AxisMap(target.geometry()); }
  /// Fills the whole grid with the organ as far as rules and locks let it. @return what was filled
  std::int64_t fillAll(const EditRules& rules, Label organ, const LabelSet& locked = {}) {
    WriteFilter filter = filterOf(rules, organ, axisMap(), volume);
    filter.locked = locked;
    EditTransaction edit(target, "fill", filter);
    for (int z = 0; z < 4; ++z) {
      for (int y = 0; y < 8; ++y) edit.paintRow(y, z, 0, 7, organ);
    }
    refusal = edit.refusal();
    edit.commit();
    return target.count(organ);
  }
  void paint(int y, Label organ) {
    for (int z = 0; z < 4; ++z) target.editableLabels().writeRow(y, z, 0, std::vector<Label>(8, organ));
  }
  EmptyTarget target{{8, 8, 4}, {1, 1, 2}};
  Volume volume;
  Refusal refusal = Refusal::None;
};

TEST_F(EditRulesTest, BackgroundOnlyLeavesOtherOrgansAlone) {
  paint(3, kSpleen);
  EXPECT_EQ(fillAll({.overwrite = EditRules::Overwrite::Background}, kLiver), 256 - 32);
  EXPECT_EQ(target.count(kSpleen), 32);
  EXPECT_EQ(refusal, Refusal::OtherOrgan);
}

TEST_F(EditRulesTest, ChosenOrgansMayBePaintedOver) {
  paint(3, kSpleen);
  paint(4, kColon);
  EditRules rules{.overwrite = EditRules::Overwrite::Chosen};
  rules.chosen.set(kColon);
  EXPECT_EQ(fillAll(rules, kLiver), 256 - 32);
  EXPECT_EQ(target.count(kColon), 0);
  EXPECT_EQ(target.count(kSpleen), 32);
}

TEST_F(EditRulesTest, InsideAnOrganOnlyThatOrganChanges) {
  paint(3, kSpleen);
  EXPECT_EQ(fillAll({.inside = kSpleen}, kLiver), 32);
}

TEST_F(EditRulesTest, AHuRangeAndSomeSlicesLimitTogether) {
  EditRules rules{.hu = HuRange{20, 40}, .slab = Slab{Plane::Axial, 1, 2}};
  EXPECT_EQ(fillAll(rules, kLiver), 3 * 8 * 2);  // x of 2..4, slices 1 and 2
  EXPECT_EQ(target.labelAt({2, 0, 1}), kLiver);
  EXPECT_EQ(target.labelAt({2, 0, 0}), 0);
  EXPECT_EQ(target.labelAt({5, 0, 1}), 0);
}

TEST_F(EditRulesTest, ASlabIsCountedAsThePictureCountsSlices) {
  Geometry feetFirst = target.geometry();
  feetFirst.direction = {1, 0, 0, 0, -1, 0, 0, 0, -1};  // array z runs to the feet
  const WriteFilter filter = filterOf({.slab = Slab{Plane::Axial, 0, 0}}, kLiver, AxisMap(feetFirst), {});
  EXPECT_EQ(filter.editable->lower.z, 3);
}

TEST_F(EditRulesTest, LocksWin) {
  paint(3, kSpleen);
  EXPECT_EQ(fillAll({}, kLiver, LabelSet().set(kSpleen)), 256 - 32);
  EXPECT_EQ(refusal, Refusal::Locked);
}

TEST_F(EditRulesTest, AreKeptAsJson) {
  EditRules rules{.overwrite = EditRules::Overwrite::Chosen, .chosen = {}, .inside = kLiver, .hu = HuRange{-10.5, 80}};
  rules.chosen.set(kColon).set(kSpleen);
  rules.slab = Slab{Plane::Coronal, 3, 9};
  EXPECT_EQ(editRulesFrom(toJson(rules)), rules);
  EXPECT_TRUE(toJson(EditRules()).empty());
  EXPECT_THROW(editRulesFrom(nlohmann::json{{"overwrite", "nothing"}}), Error);
}

TEST_F(EditRulesTest, ThresholdBrushPaintsItsHuAlone) {
  StrokeInputs stroke{{.label = kLiver, .radiusMm = 20}, {}, StrokeKind::ThresholdBrush, {30, 50}, {}};
  stroke.samples = {{.pointMm = {4, 4, 2}, .slice = 1}};
  EditTransaction edit(target, "stroke", strokeFilter(stroke, {}, false, axisMap(), volume));
  execute(strokeInputsFrom(toJson(stroke)), volume, edit);
  edit.commit();
  EXPECT_EQ(target.count(kLiver), 3 * 8);
}

TEST_F(EditRulesTest, HuAroundAPointHoldTwoStandardDeviations) {
  const auto range = huAround(volume, target.geometry(), {4, 4, 2}, 1.0);  // 30, 40, 40, 40, 50
  ASSERT_TRUE(range);
  const double deviation = std::sqrt(40.0);
  EXPECT_EQ(range->low, std::floor(40 - 2 * deviation));
  EXPECT_EQ(range->high, std::ceil(40 + 2 * deviation));
  EXPECT_FALSE(huAround(volume, target.geometry(), {400, 4, 2}, 1.0));
}

}  // namespace
}  // namespace recontour
