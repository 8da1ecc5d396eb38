#include "ui/views/view_transform.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

ViewTransform squareView() {
  ViewTransform transform;
  transform.setPicture({100, 20}, {1, 4});  // 100 x 80 mm
  transform.setViewport({0, 0, 500, 500});
  return transform;
}

TEST(ViewTransform, FitsTheLongerSideAndKeepsMillimetresSquare) {
  const ViewTransform transform = squareView();
  EXPECT_DOUBLE_EQ(transform.pixelsPerMm(), 5);
  EXPECT_EQ(transform.pictureRect(), QRectF(0, 50, 500, 400));
  const QPointF step = transform.toWidget({1, 1}) - transform.toWidget({0, 0});
  EXPECT_DOUBLE_EQ(step.x(), 5);   // 1 mm
  EXPECT_DOUBLE_EQ(step.y(), 20);  // 4 mm
}

TEST(ViewTransform, PictureAndWidgetPositionsRoundTripAtAnyZoom) {
  for (const double factor : {0.5, 1.0, 3.7, 20.0}) {
    ViewTransform transform = squareView();
    transform.zoomAbout({123, 321}, factor);
    transform.panBy({17, -31});
    const QPointF back = transform.toPicture(transform.toWidget({31.4, 15.9}));
    EXPECT_NEAR(back.x(), 31.4, 1e-9);
    EXPECT_NEAR(back.y(), 15.9, 1e-9);
  }
}

TEST(ViewTransform, ZoomKeepsThePointUnderThePointer) {
  ViewTransform transform = squareView();
  const QPointF before = transform.toPicture({200, 300});
  transform.zoomAbout({200, 300}, 4);
  EXPECT_NEAR(transform.toPicture({200, 300}).x(), before.x(), 1e-9);
  EXPECT_NEAR(transform.toPicture({200, 300}).y(), before.y(), 1e-9);
  EXPECT_DOUBLE_EQ(transform.pixelsPerMm(), 20);
}

TEST(ViewTransform, FitsIntoAPartOfTheWidget) {
  ViewTransform transform = squareView();
  transform.setViewport({0, 100, 500, 400});
  EXPECT_EQ(transform.pictureRect(), QRectF(0, 100, 500, 400));
}

TEST(ViewTransform, PictureCannotBeLost) {
  ViewTransform transform = squareView();
  transform.panBy({1e6, 1e6});
  EXPECT_TRUE(transform.pictureRect().intersects(QRectF(0, 0, 500, 500)));
  transform.fit();
  EXPECT_EQ(transform.pictureRect(), QRectF(0, 50, 500, 400));
}

}  // namespace
}  // namespace recontour
