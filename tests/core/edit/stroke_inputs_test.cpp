#include "core/edit/stroke_inputs.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/edit/empty_target.h"

namespace recontour {
namespace {

StrokeInputs diagonalStroke() {
  StrokeInputs inputs;
  inputs.settings = {.label = 5, .radiusMm = 1.0 / 3, .ball = true, .erase = false};
  for (int i = 0; i < 4; ++i) {
    PointerSample sample;
    sample.pointMm = {0.1 + i * 2.7, 0.3 + i * 1.9, 4.0};
    sample.plane = Plane::Sagittal;
    sample.slice = 3;
    sample.timeMs = 16.5 * i;
    inputs.samples.push_back(sample);
  }
  return inputs;
}

TEST(StrokeInputs, JsonKeepsEveryNumberExactly) {
  const StrokeInputs written = diagonalStroke(), read = strokeInputsFrom(toJson(written));
  EXPECT_EQ(read.settings.label, 5);
  EXPECT_EQ(read.settings.radiusMm, 1.0 / 3);
  EXPECT_TRUE(read.settings.ball);
  EXPECT_FALSE(read.settings.erase);
  ASSERT_EQ(read.samples.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(read.samples[i].pointMm, written.samples[i].pointMm);
    EXPECT_EQ(read.samples[i].plane, Plane::Sagittal);
    EXPECT_EQ(read.samples[i].slice, 3);
    EXPECT_EQ(read.samples[i].timeMs, written.samples[i].timeMs);
  }
}

TEST(StrokeInputs, ExecutedAgainTheyGiveTheSameLabels) {
  EmptyTarget first({12, 12, 8}, {1, 1, 1}), second({12, 12, 8}, {1, 1, 1});
  StrokeInputs inputs = diagonalStroke();
  inputs.settings.radiusMm = 2.2;
  EditTransaction one(first, "brush", {}), two(second, "brush", {});
  const Box changed = execute(inputs, {}, one);
  EXPECT_EQ(execute(strokeInputsFrom(toJson(inputs)), {}, two), changed);
  EXPECT_EQ(first.editableLabels(), second.editableLabels());
  EXPECT_GT(first.count(5), 20);
}

TEST(StrokeInputs, PressureIsKeptWhereItSetsTheSize) {
  StrokeInputs inputs = diagonalStroke();
  for (PointerSample& sample : inputs.samples) sample.pressure = 0.25;
  EXPECT_EQ(strokeInputsFrom(toJson(inputs)).samples[1].pressure, 1);
  inputs.settings.pressureSize = true;
  const StrokeInputs read = strokeInputsFrom(toJson(inputs));
  EXPECT_TRUE(read.settings.pressureSize);
  EXPECT_EQ(read.samples[1].pressure, 0.25);
}

TEST(StrokeInputs, RefuseTextThatIsNoStroke) {
  EXPECT_THROW(strokeInputsFrom("{"), Error);
  EXPECT_THROW(strokeInputsFrom("{}"), Error);
  EXPECT_THROW(strokeInputsFrom(R"({"tool":"chisel"})"), Error);
  std::string text = toJson(diagonalStroke());
  text.replace(text.find("sagittal"), 8, "diagonal");
  EXPECT_THROW(strokeInputsFrom(text), Error);
}

}  // namespace
}  // namespace recontour
