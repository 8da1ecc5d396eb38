#include "ui/panels/theme.h"

#include <QApplication>
#include <QFont>
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace recontour {
namespace {

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

/// WCAG 2.1 contrast ratio.
double contrast(const QColor& a, const QColor& b) {
  const double lighter = std::max(luminance(a), luminance(b)), darker = std::min(luminance(a), luminance(b));
  return (lighter + 0.05) / (darker + 0.05);
}

TEST(Theme, EveryTextReachesContrastOf4Point5OnItsGround) {
  EXPECT_NEAR(contrast(Qt::white, Qt::black), 21, 0.01);
  for (const Theme& one : {kDark, kLight}) {
    for (const QColor& ground : {one.window, one.panel}) {
      for (const QColor& text : {one.text, one.dim, one.accent, one.warning, one.error, one.good}) {
        EXPECT_GE(contrast(text, ground), 4.5) << text.name().toStdString() << " on " << ground.name().toStdString();
      }
    }
    EXPECT_GE(contrast(one.text, one.selected), 4.5);
    EXPECT_GE(contrast(one.dim, one.selected), 4.5);
    EXPECT_GE(contrast(one.warning, one.selected), 4.5);
    EXPECT_GE(contrast(one.onAccent, one.accent), 4.5);
  }
}

TEST(Theme, StyleSheetHasNoColourNameLeft) {
  applyTheme(*qApp);
  EXPECT_FALSE(qApp->styleSheet().isEmpty());
  EXPECT_FALSE(qApp->styleSheet().contains(QLatin1Char('@')));
  EXPECT_EQ(qApp->font().pixelSize(), kFontPx);
}

TEST(Theme, IconsAreDrawnInTheColourAskedFor) {
  for (const char* name : {"app", "browse", "brush", "close", "demo", "dicom", "eraser", "eye", "eye-off", "lock",
                           "lock-open", "open", "pause", "play", "redo", "undo"}) {
    const QImage image = icon(QString::fromLatin1(name), Qt::red).pixmap(40, 40).toImage();
    int drawn = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) drawn += image.pixelColor(x, y) == QColor(Qt::red) ? 1 : 0;
    }
    EXPECT_GT(drawn, 40) << name;
  }
}

TEST(Theme, TimesAndScoresAreShort) {
  EXPECT_EQ(minutesText(0), "0:00");
  EXPECT_EQ(minutesText(75.9), "1:15");
  EXPECT_EQ(minutesText(3600), "60:00");
  EXPECT_EQ(scoreText(0.934), ".93");
  EXPECT_EQ(scoreText(0), ".00");
  EXPECT_EQ(scoreText(1), "1.0");
  EXPECT_EQ(scoreText(0.999), "1.0");
}

}  // namespace
}  // namespace recontour
