#include "ui/window/training_picture.h"

#include <QImage>
#include <QPainter>

#include <gtest/gtest.h>

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;
const QRectF kArea(0, 0, 500, 260);

/// 20 x 10 pixels: liver at the picture's left half (the patient's right), spleen at the right; strokes of the liver,
/// of the background at the top.
TrainingView view() {
  TrainingView view;
  view.iteration = 50;
  view.caseName = "one";
  view.width = 20;
  view.height = 10;
  view.grey.assign(200, 100);
  view.predicted.assign(200, 0);
  view.truth.assign(200, 255);
  for (int y = 2; y < 8; ++y) {
    for (int x = 0; x < 20; ++x) view.predicted[static_cast<std::size_t>(20 * y + x)] = x < 10 ? kLiver : kSpleen;
  }
  for (int x = 0; x < 20; ++x) view.truth[static_cast<std::size_t>(x)] = 0;
  for (int x = 2; x < 8; ++x) view.truth[static_cast<std::size_t>(20 * 5 + x)] = kLiver;
  return view;
}

QImage painted(const TrainingView& view, double ratio = 1) {
  QImage image((kArea.size() * ratio).toSize(), QImage::Format_RGB32);
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::black);
  QPainter painter(&image);
  paintTrainingView(painter, kArea, view, OrganTable::named("word"), ratio);
  return image;
}

/// The colour at a part of a frame's width and height.
QColor at(const QImage& image, const QRectF& frame, double x, double y) {
  const QPointF place = frame.topLeft() + QPointF(x * frame.width(), y * frame.height());
  return image.pixelColor((place * image.devicePixelRatio()).toPoint());
}

/// Grey 100 with 40 % of an organ's colour over it.
QColor expected(Label organ) {
  const OrganTable organs = OrganTable::named("word");
  const auto& colour = organs.find(organ)->displayColour;
  const auto mix = [](int part) { return static_cast<int>(0.6 * 100 + 0.4 * part + 0.5); };
  return {mix(colour[0]), mix(colour[1]), mix(colour[2])};
}

void expectNear(const QColor& is, const QColor& should) {
  EXPECT_NEAR(is.red(), should.red(), 3) << is.name().toStdString();
  EXPECT_NEAR(is.green(), should.green(), 3) << is.name().toStdString();
  EXPECT_NEAR(is.blue(), should.blue(), 3) << is.name().toStdString();
}

TEST(TrainingPicture, ShowsOrgansAtFortyPercentWhereTheyLieWithThePatientsRightAtTheLeft) {
  for (const double ratio : {1.0, 2.0}) {
    const QImage image = painted(view(), ratio);
    const QRectF frame = trainingPictureFrames(kArea, view()).predicted;
    expectNear(at(image, frame, 0.25, 0.5), expected(kLiver));
    expectNear(at(image, frame, 0.75, 0.5), expected(kSpleen));
    expectNear(at(image, frame, 0.25, 0.9), QColor(100, 100, 100));
  }
}

TEST(TrainingPicture, ShowsStrokesBesideItAndLeavesGreyWhatIsNotKnown) {
  const QImage image = painted(view());
  const QRectF frame = trainingPictureFrames(kArea, view()).truth;
  EXPECT_EQ(at(image, frame, 0.75, 0.55), QColor(100, 100, 100)) << "no stroke";
  EXPECT_NE(at(image, frame, 0.25, 0.55), QColor(100, 100, 100)) << "a stroke of the liver";
  EXPECT_GT(at(image, frame, 0.25, 0.05).red(), 110) << "a stroke of the background is lighter";
}

TEST(TrainingPicture, AirAroundTheBodyIsLeftOut) {
  TrainingView wide = view();
  for (int y = 0; y < 10; ++y) std::fill_n(wide.grey.begin() + 20 * y, 10, std::uint8_t{0});  // air in the left half
  const TrainingView cropped = croppedToBody(wide);
  EXPECT_EQ(cropped.width, 13) << "the body, and 3 pixels of air";
  EXPECT_EQ(cropped.height, 10);
  EXPECT_EQ(cropped.predicted[13 * 5], kLiver);
  EXPECT_EQ(cropped.predicted[13 * 5 + 12], kSpleen);
  EXPECT_EQ(cropped.truth.size(), 130U);
}

TEST(TrainingPicture, WhatHasNoShapeIsNotDrawn) {
  TrainingView broken = view();
  broken.predicted.resize(10);
  const QImage image = painted(broken);
  EXPECT_EQ(image.pixelColor(100, 130), QColor(Qt::black));
}

TEST(TrainingPicture, FramesLieBesideEachOtherWithoutTouching) {
  const auto [predicted, truth] = trainingPictureFrames(kArea, view());
  EXPECT_FALSE(predicted.intersects(truth));
  EXPECT_TRUE(kArea.contains(predicted));
  EXPECT_TRUE(kArea.contains(truth));
  EXPECT_NEAR(predicted.width() / predicted.height(), 2, 1e-9);
  const auto high = trainingPictureFrames({0, 0, 300, 500}, view());
  EXPECT_GT(high.truth.top(), high.predicted.bottom()) << "one below the other where there is more height";
}

}  // namespace
}  // namespace recontour
