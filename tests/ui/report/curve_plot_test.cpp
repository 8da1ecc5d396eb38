#include "ui/report/curve_plot.h"

#include <QImage>
#include <QPainter>
#include <cmath>

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr QRgb kLoss = 0xff0000ff, kScore = 0xff00ff00;
const QRectF kArea(0, 0, 480, 300);

CurvePlot plot() {
  CurvePlot plot;
  plot.colours = {Qt::black, Qt::white, QColor(40, 40, 40), QColor(kLoss), QColor(kScore)};
  plot.last = 100;
  plot.meanOf = 1;
  return plot;
}

QImage painted(const CurvePlot& plot) {
  QImage image(kArea.size().toSize(), QImage::Format_RGB32);
  QPainter painter(&image);
  paintCurvePlot(painter, kArea, plot);
  return image;
}

/// Means of the places of pixels of nearly a colour inside the frame, or the right half of it.
QPointF middleOf(const QImage& image, const CurvePlot& plot, QRgb colour, bool rightHalf = false) {
  QRect frame = curveFrame(kArea, plot).toRect();
  if (rightHalf) frame.setLeft(frame.center().x());
  QPointF sum;
  double count = 0;
  for (int y = frame.top(); y < frame.bottom(); ++y) {
    for (int x = frame.left(); x < frame.right(); ++x) {
      const QRgb at = image.pixel(x, y);
      const bool isIt = std::abs(qBlue(at) - qBlue(colour)) + std::abs(qGreen(at) - qGreen(colour)) < 60;
      if (!isIt) continue;
      sum += QPointF(x, y);
      ++count;
    }
  }
  return sum / count;
}

TEST(RunningMean, IsOfTheLastPointsOfWhichThereAreFewAtFirst) {
  const std::vector<QPointF> means = runningMean({{1, 4}, {2, 2}, {3, 0}, {4, 4}}, 2);
  EXPECT_EQ(means, (std::vector<QPointF>{{1, 4}, {2, 3}, {3, 1}, {4, 2}}));
}

TEST(CurvePlot, AFlatLossLiesAtItsHeightOfAnAxisFromZero) {
  CurvePlot flat = plot();
  for (int i = 1; i <= 100; ++i) flat.loss.emplace_back(i, i == 1 ? 2.0 : 1.0);  // the axis ends at 2
  const QRectF frame = curveFrame(kArea, flat);
  EXPECT_NEAR(middleOf(painted(flat), flat, kLoss, true).y(), frame.center().y(), 1.5);
}

TEST(CurvePlot, AScoreLiesAtItsIterationAndHeightFromZeroToOne) {
  CurvePlot one = plot();
  one.score = {{25, 0.75}};
  const QRectF frame = curveFrame(kArea, one);
  const QPointF at = middleOf(painted(one), one, kScore);
  EXPECT_NEAR(at.x(), frame.left() + 0.25 * frame.width(), 1);
  EXPECT_NEAR(at.y(), frame.top() + 0.25 * frame.height(), 1);
}

TEST(CurvePlot, ALogarithmicLossPutsATenthADecadeLower) {
  CurvePlot falls = plot();
  falls.logarithmic = true;
  falls.loss = {{1, 10.0}, {50, 1.0}, {100, 1.0}};  // decades from 1 to 10
  const QRectF frame = curveFrame(kArea, falls);
  const QImage image = painted(falls);
  const int bottom = static_cast<int>(frame.bottom()) - 1, right = static_cast<int>(frame.right()) - 20;
  bool atTheBottom = false;
  for (int y = bottom - 2; y <= bottom; ++y) atTheBottom = atTheBottom || qBlue(image.pixel(right, y)) > 150;
  EXPECT_TRUE(atTheBottom) << "1 is the lower end";
}

TEST(CurvePlot, NothingBreaksWithoutPointsOrWithSomeThatAreNoNumbers) {
  CurvePlot broken = plot();
  EXPECT_TRUE(std::isnan(middleOf(painted(broken), broken, kLoss).x()));
  broken.loss = {{1, std::nan("")}, {2, INFINITY}, {3, 1.0}, {4, 1.0}};
  painted(broken);
  broken.logarithmic = true;
  broken.loss = {{1, 0.0}, {2, -1.0}};
  painted(broken);
}

TEST(CurvePlot, AHundredThousandPointsKeepTheirPeaks) {
  CurvePlot many = plot();
  many.last = 100'000;
  for (int i = 1; i <= 100'000; ++i) many.loss.emplace_back(i, i == 50'001 ? 10.0 : 1.0);
  const QRectF frame = curveFrame(kArea, many);
  const QImage image = painted(many);
  const int middle = static_cast<int>(frame.center().x());
  int lit = 0;
  for (int x = middle - 2; x <= middle + 2; ++x)
    lit = std::max(lit, qBlue(image.pixel(x, static_cast<int>(frame.top() + 0.3 * frame.height()))));
  EXPECT_GT(lit, 60) << "one point in the middle is ten times as high";
}

}  // namespace
}  // namespace recontour
