#include "ui/panels/measure_panel.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

#include "ui/panels/history_panel.h"

namespace recontour {
namespace {

MeasureState revisedLiver() {
  MeasureState state;
  state.organ = "Liver";
  state.hasLabels = state.counted = state.hasStart = true;
  state.status.organ = 1;
  state.status.volumeBeforeMl = 1200;
  state.status.volumeMl = 1190.5;
  state.status.voxelsAdded = 20;
  state.status.voxelsRemoved = 115;
  state.status.dscBefore = 0.84;
  state.status.dscAfter = 0.93;
  return state;
}

TEST(MeasurePanel, TellsWhatTheRevisionDid) {
  MeasurePanel panel;
  panel.setState(revisedLiver());
  EXPECT_EQ(panel.text("volume"), "1190.5 mL");
  EXPECT_EQ(panel.text("volumeBefore"), "1200.0 mL");
  EXPECT_EQ(panel.text("change"), "-9.5 mL");
  EXPECT_EQ(panel.text("voxels"), "20 / 115");
}

TEST(MeasurePanel, WhatWasDrawnFromNothingHasNoBefore) {
  MeasurePanel panel;
  MeasureState state = revisedLiver();
  state.hasStart = false;
  panel.setState(state);
  EXPECT_EQ(panel.text("volumeBefore"), "");
  EXPECT_EQ(panel.text("voxels"), "20 / 115");
}

TEST(MeasurePanel, DscIsThereOnlyWhileTheReferenceIsShown) {
  MeasurePanel panel;
  MeasureState state = revisedLiver();
  state.hasReference = true;
  panel.setState(state);
  for (const char* row : {"before", "after", "dscChange"}) EXPECT_EQ(panel.text(row), "") << row;
  state.referenceShown = true;
  panel.setState(state);
  EXPECT_EQ(panel.text("before"), "0.840");
  EXPECT_EQ(panel.text("after"), "0.930");
  EXPECT_EQ(panel.text("dscChange"), "+0.090");
}

TEST(MeasurePanel, AnUntouchedOrganHasNoChangeAndAnUncountedOneSaysSo) {
  MeasurePanel panel;
  MeasureState state = revisedLiver();
  state.status.voxelsAdded = state.status.voxelsRemoved = 0;
  panel.setState(state);
  EXPECT_EQ(panel.text("change"), "");
  state.counted = false;
  panel.setState(state);
  EXPECT_EQ(panel.text("volume"), "counting...");
}

TEST(MeasurePanel, SaysWhatItWaitsFor) {
  MeasurePanel panel;
  EXPECT_TRUE(panel.emptyText().contains("Open a case"));
  MeasureState state = revisedLiver();
  panel.setState(state);
  EXPECT_EQ(panel.emptyText(), "");
  state.hasLabels = false;
  panel.setState(state);
  EXPECT_TRUE(panel.emptyText().startsWith("No contours yet"));
}

TEST(MeasurePanel, AChangeThatIsShownAsZeroHasNoSign) {
  MeasurePanel panel;
  MeasureState state = revisedLiver();
  state.status.volumeMl = state.status.volumeBeforeMl - 0.01;
  panel.setState(state);
  EXPECT_EQ(panel.text("change"), "0.0 mL");
}

TEST(HistoryPanel, SaysWhatItIsUntilACaseIsOpen) {
  HistoryPanel panel;
  EXPECT_TRUE(panel.emptyText().contains("Open a case"));
  panel.setCaseOpen(true);
  EXPECT_EQ(panel.emptyText(), "");
}

TEST(Section, ItsHeadingClosesAndOpensItByClickAndKey) {
  HistoryPanel panel;
  panel.setCaseOpen(true);
  panel.show();
  QSignalSpy changed(&panel, &Section::collapsedChanged);
  auto* heading = panel.findChild<QToolButton*>();
  ASSERT_NE(heading, nullptr);
  auto* list = panel.findChild<QWidget*>("history");
  ASSERT_TRUE(list->isVisible());
  QTest::mouseClick(heading, Qt::LeftButton);
  EXPECT_FALSE(list->isVisible());
  QTest::keyClick(heading, Qt::Key_Space);
  EXPECT_TRUE(list->isVisible());
  QTest::keyClick(heading, Qt::Key_Return);
  EXPECT_FALSE(list->isVisible());
  QTest::keyClick(heading, Qt::Key_Enter);
  EXPECT_TRUE(list->isVisible());
  EXPECT_EQ(changed.size(), 4);
}

}  // namespace
}  // namespace recontour
