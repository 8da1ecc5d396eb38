#include "ui/report/box_plot.h"

#include <QImage>
#include <QPainter>
#include <cmath>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "tests/data/temporary_folder.h"
#include "ui/report/evaluation_figures.h"
#include "ui/report/figure_file.h"
#include "ui/report/value_axis.h"

namespace recontour {
namespace {

TEST(BoxFigures, AreTukeys) {
  // Quartiles of 1..9 by linear interpolation: 3, 5, 7; the box is 4 high, so whiskers reach from -3 to 13.
  const BoxFigures box = boxFigures({9, 1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_EQ(box.lowerQuartile, 3);
  EXPECT_EQ(box.median, 5);
  EXPECT_EQ(box.upperQuartile, 7);
  EXPECT_EQ(box.lowerWhisker, 1);
  EXPECT_EQ(box.upperWhisker, 9);
  EXPECT_TRUE(box.outliers.empty());
}

TEST(BoxFigures, ValuesBeyondTheWhiskersAreOutliers) {
  const BoxFigures box = boxFigures({-20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30});
  EXPECT_EQ(box.outliers, (std::vector<double>{-20, 30}));
  EXPECT_EQ(box.lowerWhisker, 1);
  EXPECT_EQ(box.upperWhisker, 9);
}

TEST(BoxFigures, OneValueIsABoxOfNoHeight) {
  const BoxFigures box = boxFigures({4});
  EXPECT_EQ(box.lowerWhisker, 4);
  EXPECT_EQ(box.upperWhisker, 4);
  EXPECT_EQ(box.median, 4);
}

std::vector<std::string> ticksOf(const ValueAxis& axis) {
  std::vector<std::string> texts;
  for (const auto& tick : axis.ticks()) texts.push_back(tick.text.toStdString());
  return texts;
}

TEST(ValueAxis, TicksAreRoundNumbersAroundTheValues) {
  const std::vector<double> values = {0.62, 0.97};
  const ValueAxis axis = ValueAxis::around(values, false, {}, 1.0);
  EXPECT_EQ(ticksOf(axis), (std::vector<std::string>{"0.6", "0.7", "0.8", "0.9", "1"}));
  EXPECT_DOUBLE_EQ(axis.part(0.8), 0.5);
}

TEST(ValueAxis, ALogarithmicOneRunsOverPowersOfTen) {
  const std::vector<double> values = {3, 0, 1400};
  const ValueAxis axis = ValueAxis::around(values, true, {}, {});
  EXPECT_EQ(ticksOf(axis), (std::vector<std::string>{"1", "10", "100", "1000", "10000"}));
  EXPECT_DOUBLE_EQ(axis.part(100), 0.5);
}

/// Two organs with one method; the second lies lower.
BoxPlot plot() {
  BoxPlot plot;
  plot.axis = "DSC";
  plot.series = {{"A", Qt::red}};
  plot.categories = {{"Liver", QColor(255, 0, 0), {{0.8, 0.9, 1.0}}},
                     {"Adrenals", QColor(0, 0, 255), {{0.5, 0.6, 0.7}}}};
  plot.largest = 1;
  return plot;
}

QImage painted(const BoxPlot& plot) {
  QImage image(400, 300, QImage::Format_RGB32);
  QPainter painter(&image);
  paintBoxPlot(painter, QRectF(0, 0, 400, 300), plot);
  return image;
}

/// Mean row of the pixels of a colour; none when there are none.
double meanRow(const QImage& image, QRgb colour) {
  double sum = 0, count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixel(x, y) == colour) sum += y, ++count;
    }
  }
  return sum / count;
}

TEST(BoxPlot, ABoxWithLowerValuesIsDrawnLowerInItsOwnColour) {
  const QImage image = painted(plot());
  EXPECT_LT(meanRow(image, 0xffff0000), meanRow(image, 0xff0000ff));
}

TEST(BoxPlot, OrgansWithoutValuesLeaveARoomEmpty) {
  BoxPlot empty = plot();
  empty.categories[1].values = {{}};
  EXPECT_TRUE(std::isnan(meanRow(painted(empty), 0xff0000ff)));
}

TEST(FigureFile, IsSvgOrPngByItsEnding) {
  const TemporaryFolder folder;
  writeFigure(folder / "a.svg", plot());
  writeFigure(folder / "a.png", plot());
  EXPECT_NE(readWholeFile(folder / "a.svg").find("<svg"), std::string::npos);
  EXPECT_NE(readWholeFile(folder / "a.svg").find("Adrenals"), std::string::npos);
  const QImage image(QString::fromStdString((folder / "a.png").string()));
  EXPECT_EQ(image.size(), QSize(3000, 1500));
  EXPECT_THROW(writeFigure(folder / "a.jpg", plot()), Error);
  EXPECT_THROW(writeFigure(folder / "none/a.svg", plot()), Error);
}

TEST(EvaluationFigures, LeaveOutOrgansThatNoCaseHas) {
  const OrganTable organs = OrganTable::named("word");
  Evaluation evaluation;
  const std::vector<std::string> metrics = {"dsc"};
  evaluation.columns = metricColumns(metrics, {}, false);
  OrganMetrics found, missing;
  found.empty = Empty::None;
  found.dsc = 0.9;
  missing.empty = Empty::Truth;
  missing.dsc = 0;
  evaluation.rows = {{"a", "liver", found, {}}, {"a", "spleen", missing, {}}};
  const std::vector<MethodResult> methods = {{"A", evaluation}};
  const BoxPlot made = metricPlot(methods, organs, evaluation.columns[0]);
  ASSERT_EQ(made.categories.size(), 1U);
  EXPECT_EQ(made.categories[0].name, "Liver");
  EXPECT_EQ(made.categories[0].values, (std::vector<std::vector<double>>{{0.9}}));
  EXPECT_EQ(metricPlot(methods, organs, evaluation.columns[0], true).categories.size(), 2U);
}

}  // namespace
}  // namespace recontour
