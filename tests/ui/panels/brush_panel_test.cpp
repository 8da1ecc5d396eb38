#include "ui/panels/brush_panel.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>

#include <gtest/gtest.h>

namespace recontour {
namespace {

TEST(BrushPanel, ShowsTheDiameterOfTheRadiusItIsGiven) {
  BrushPanel panel;
  QSignalSpy changed(&panel, &BrushPanel::brushChanged);
  panel.setBrush({.radiusMm = 4.75, .ball = true});
  EXPECT_EQ(panel.sizeText(), "9.5 mm");
  EXPECT_TRUE(panel.ballButton().isChecked());
  EXPECT_EQ(changed.size(), 0);
}

TEST(BrushPanel, EndsOfTheSliderAreTheSmallestAndLargestBrush) {
  BrushPanel panel;
  BrushSettings last;
  QObject::connect(&panel, &BrushPanel::brushChanged, [&](const BrushSettings& brush) { last = brush; });
  panel.slider().setValue(panel.slider().minimum());
  EXPECT_EQ(last.radiusMm, kSmallestRadiusMm);
  panel.slider().setValue(panel.slider().maximum());
  EXPECT_EQ(last.radiusMm, kLargestRadiusMm);
  EXPECT_EQ(panel.sizeText(), "120 mm");
}

TEST(BrushPanel, ShapeIsToldOnce) {
  BrushPanel panel;
  std::vector<bool> shapes;
  QObject::connect(&panel, &BrushPanel::brushChanged,
                   [&](const BrushSettings& brush) { shapes.push_back(brush.ball); });
  panel.ballButton().click();
  EXPECT_EQ(shapes, std::vector<bool>{true});
}

TEST(BrushSteps, GrowAndShrinkAboutFifteenPercentInQuartersOfAMillimetre) {
  EXPECT_EQ(steppedRadius(6, 1), 7);
  EXPECT_EQ(steppedRadius(6, -1), 5.25);
  EXPECT_EQ(steppedRadius(0.5, 1), 0.75);
  EXPECT_EQ(steppedRadius(6, 2), 8);
}

TEST(BrushSteps, StopAtTheLimits) {
  EXPECT_EQ(steppedRadius(kSmallestRadiusMm, -5), kSmallestRadiusMm);
  EXPECT_EQ(steppedRadius(kLargestRadiusMm, 5), kLargestRadiusMm);
}

}  // namespace
}  // namespace recontour
