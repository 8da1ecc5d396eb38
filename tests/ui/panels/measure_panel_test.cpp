#include "ui/panels/measure_panel.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <vector>

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

constexpr QRgb kPictureGrey = qRgb(128, 128, 128);

int pixelsOf(const QImage& image, QRgb colour) {
  int found = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) found += image.pixel(x, y) == colour ? 1 : 0;
  }
  return found;
}

/// A picture that is counted until nothing holds it any more.
QImage countedPicture(int& alive) {
  auto* pixels = new std::vector<quint32>(std::size_t(kThumbnailPx) * kThumbnailPx, kPictureGrey);
  struct Owner {
    std::vector<quint32>* pixels;
    int& alive;
  };
  const auto letGo = [](void* held) {
    auto* owner = static_cast<Owner*>(held);
    --owner->alive;
    delete owner->pixels;
    delete owner;
  };
  ++alive;
  return QImage(reinterpret_cast<uchar*>(pixels->data()), kThumbnailPx, kThumbnailPx, QImage::Format_RGB32, letGo,
                new Owner{pixels, alive});
}

TEST(HistoryPanel, HoldsNoPictureOfACaseThatWasClosed) {
  HistoryPanel panel;
  int alive = 0;
  panel.setThumbnails([&alive](int, const StepSummary&) { return countedPicture(alive); });
  panel.setCaseOpen(true);
  panel.setSteps(std::vector<StepSummary>(3), 3);
  panel.resize(200, 400);
  panel.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&panel));
  ASSERT_TRUE(QTest::qWaitFor([&] { return alive == 3; }));
  EXPECT_GE(pixelsOf(panel.grab().toImage(), kPictureGrey), 3 * kThumbnailPx * kThumbnailPx);
  panel.setSteps({}, 0);
  panel.setCaseOpen(false);
  EXPECT_EQ(alive, 0);
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
