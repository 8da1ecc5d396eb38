#include "ui/views/slice_view.h"

#include <algorithm>
#include <cmath>

#include "tests/ui/views/slice_view_fixture.h"

namespace recontour {
namespace {

double distance(const Point3& a, const Point3& b) { return length(a - b); }

LabelMap ball(const Geometry& geometry, const Point3& centreMm, double radiusMm, Label label) {
  std::vector<Label> labels;
  const Size3& size = geometry.size;
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; x < size.x; ++x) {
        labels.push_back(distance(geometry.toWorld(Index3{x, y, z}), centreMm) <= radiusMm ? label : Label{0});
      }
    }
  }
  return LabelMap::fromDense(size, labels);
}

TEST(SliceView, WorldAndWidgetPositionsRoundTripAtAnyZoom) {
  for (const Plane plane : kPlanes) {
    const auto view = shownView(plane);
    for (const int notches : {0, 3, 5, -9}) {
      wheel(*view, {100, 300}, notches, Qt::ControlModifier);
      const QPointF back = view->widgetFromWorld(view->worldFromWidget({123.4, 56.7}));
      EXPECT_NEAR(back.x(), 123.4, 1e-6);
      EXPECT_NEAR(back.y(), 56.7, 1e-6);
    }
  }
}

TEST(SliceView, MillimetresAreEquallyLongInBothDirections) {
  const Geometry flat{.size = {40, 40, 8}, .spacing = {1, 1, 5}, .origin = {}};
  const auto view = shownView(Plane::Coronal, airVolume(flat.size), flat);
  const QPointF origin = view->widgetFromWorld({10, 0, 10});
  EXPECT_NEAR(view->widgetFromWorld({20, 0, 10}).x() - origin.x(), 10 * view->pixelsPerMm(), 1e-9);
  EXPECT_NEAR(origin.y() - view->widgetFromWorld({10, 0, 20}).y(), 10 * view->pixelsPerMm(), 1e-9) << "head is up";
}

TEST(SliceView, TwinsStoredInOtherDirectionsLookTheSame) {
  const Geometry lps{.size = {20, 18, 10}, .spacing = {2, 2, 4}, .origin = {-20, -30, 50}};
  Geometry ras = lps;  // x and y run the other way, from the other corner
  ras.direction = {-1, 0, 0, 0, -1, 0, 0, 0, 1};
  ras.origin = lps.toWorld(Index3{19, 17, 0});
  const Volume volume = rampVolume(lps.size);
  std::vector<std::int16_t> turned;
  for (int z = 0; z < 10; ++z) {
    for (int y = 0; y < 18; ++y) {
      for (int x = 0; x < 20; ++x) turned.push_back(volume.at({19 - x, 17 - y, z}));
    }
  }
  for (const Plane plane : kPlanes) {
    const auto a = shownView(plane, volume, lps), b = shownView(plane, Volume(ras.size, turned), ras);
    const Point3 liver = lps.toWorld(Index3{4, 5, 6});
    const LabelMap inA = ball(lps, liver, 6, 1), inB = ball(ras, liver, 6, 1);
    a->setCrosshair(liver);
    b->setCrosshair(liver);
    a->setLabels(inA);
    b->setLabels(inB);
    EXPECT_NEAR(a->widgetFromWorld(liver).x(), b->widgetFromWorld(liver).x(), 1e-6);
    EXPECT_NEAR(a->widgetFromWorld(liver).y(), b->widgetFromWorld(liver).y(), 1e-6);
    EXPECT_EQ(a->grab().toImage(), b->grab().toImage()) << planeName(plane);
  }
}

TEST(SliceView, RightOfThePatientIsLeftOnTheAxialPicture) {
  const auto view = shownView(Plane::Axial);
  EXPECT_LT(view->widgetFromWorld({0, 20, 20}).x(),
            view->widgetFromWorld({30, 20, 20}).x());                                        // +x is the patient's left
  EXPECT_LT(view->widgetFromWorld({0, 0, 20}).y(), view->widgetFromWorld({0, 30, 20}).y());  // front up
}

TEST(SliceView, ChangedPartLooksLikeAFullRecomposition) {
  const Geometry geometry = cube();
  LabelMap labels = ball(geometry, {20, 20, 20}, 13, 1);
  for (const Plane plane : kPlanes) {
    const auto view = shownView(plane, rampVolume(geometry.size), geometry);
    view->setLabels(labels);
    wheel(*view, {150, 250}, 3, Qt::ControlModifier);
    view->grab();  // every layer is up to date now
    LabelMap edited = labels;
    const std::vector<Label> row{2, 2, 0, 2};
    for (int z = 3; z < 7; ++z) {
      for (int y = 8; y < 13; ++y) edited.writeRow(y, z, 9, row);
    }
    view->setLabels(edited, Box{{9, 8, 3}, {13, 13, 7}});
    const QImage partly = view->grab().toImage();
    view->setLabels(edited);
    EXPECT_EQ(partly, view->grab().toImage()) << planeName(plane);
    view->setLabels(labels);
    EXPECT_NE(partly, view->grab().toImage()) << "the edit is visible in the " << planeName(plane) << " view";
  }
}

TEST(SliceView, OnlyTheChangedPartIsPaintedAgain) {
  const auto view = shownView(Plane::Axial);
  view->setLabels(LabelMap(cube().size));
  view->repaint();
  QCoreApplication::processEvents();
  class Watch : public QObject {
   public:
    bool eventFilter(QObject*, QEvent* event) override {
      if (event->type() == QEvent::Paint) painted = static_cast<QPaintEvent*>(event)->region().boundingRect();
      return false;
    }
    QRect painted;
  } watch;
  view->installEventFilter(&watch);
  view->setLabels(LabelMap(cube().size), Box{{5, 5, 5}, {7, 6, 6}});
  QCoreApplication::processEvents();
  EXPECT_TRUE(watch.painted.contains(QRect(100, 124, 40, 20))) << "two voxels of 20 pixels";
  EXPECT_LT(watch.painted.width(), 60);
  EXPECT_LT(watch.painted.height(), 40);
  watch.painted = {};
  view->setLabels(LabelMap(cube().size), Box{{5, 5, 2}, {7, 6, 3}});
  QCoreApplication::processEvents();
  EXPECT_TRUE(watch.painted.isEmpty()) << "another slice";
}

/// First and last bright pixel of a line of pixels.
std::pair<int, int> brightEnds(const QImage& image, bool horizontal, int line) {
  int first = -1, last = -1;
  for (int i = 0; i < (horizontal ? image.width() : image.height()); ++i) {
    const QColor colour = image.pixelColor(horizontal ? i : line, horizontal ? line : i);
    if (std::min({colour.red(), colour.green(), colour.blue()}) < 150) continue;
    first = first < 0 ? i : first;
    last = i;
  }
  return {first, last};
}

TEST(SliceView, BrushIsACircleOfItsRadiusInMillimetres) {
  const Geometry flat{.size = {40, 40, 8}, .spacing = {1, 1, 5}, .origin = {}};
  const auto view = shownView(Plane::Coronal, airVolume(flat.size), flat);
  view->setOptions({.smooth = true, .crosshair = false, .annotations = false});
  view->setActiveTool(ViewTool::Brush, 8, false);
  hover(*view, {150, 150});
  const QImage image = view->grab().toImage();
  const double ratio = view->devicePixelRatioF();
  const double diameter = 2 * 8 * view->pixelsPerMm() * ratio;
  const auto [left, right] = brightEnds(image, true, static_cast<int>(150 * ratio));
  const auto [top, bottom] = brightEnds(image, false, static_cast<int>(150 * ratio));
  EXPECT_NEAR(right - left, diameter, 2.5);
  EXPECT_NEAR(bottom - top, diameter, 2.5);
}

TEST(SliceView, FirstSliceShowsBeforeTheVolumeAndStaysPut) {
  SliceView view(Plane::Axial);
  view.resize(400, 400);
  QSignalSpy painted(&view, &SliceView::firstPainted);
  view.setMessage("Reading scan");
  view.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
  EXPECT_EQ(painted.size(), 0);
  const AxisMap axisMap(cube());
  const Volume volume = rampVolume(cube().size);
  view.setFirstSlice(extractSlice(volume, axisMap, Plane::Axial, 7), axisMap, 7);
  view.repaint();
  EXPECT_EQ(painted.size(), 1);
  const QImage first = view.grab().toImage();
  wheel(view, {200, 200}, 1);
  EXPECT_EQ(view.sliceNumber(), 7) << "the other slices are not there yet";
  view.setVolume(volume, axisMap);
  EXPECT_EQ(view.sliceNumber(), 7);
  EXPECT_EQ(view.grab().toImage(), first);
  EXPECT_EQ(painted.size(), 1);
}

TEST(SliceView, ReferenceIsADashedWhiteLineOverTheLabels) {
  const auto view = shownView(Plane::Axial);
  const auto whitePixels = [&] {
    const QImage image = view->grab(QRect(60, 60, 140, 140)).toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y) == QColor(Qt::white);
    }
    return count;
  };
  EXPECT_EQ(whitePixels(), 0);
  view->setReference(ball(cube(), {14, 14, 20}, 6, 1));
  EXPECT_GT(whitePixels(), 50);
  view->setReference(std::nullopt);
  EXPECT_EQ(whitePixels(), 0);
}

TEST(SliceView, ClearedViewShowsNothingOfTheCase) {
  const auto view = shownView(Plane::Axial, rampVolume(cube().size), cube());
  view->setLabels(ball(cube(), {20, 20, 20}, 9, 1));
  view->clear();
  view->setMessage({});
  EXPECT_EQ(view->grab().toImage().pixelColor(200, 200), QColor(Qt::black));
  wheel(*view, {200, 200}, 1);
  press(*view, {200, 200});
  drag(*view, {210, 210});
  release(*view, {210, 210});
}

TEST(SliceView, LabelsOfAnotherGridAreNotShown) {
  const auto view = shownView(Plane::Axial);
  view->setLabels(LabelMap({3, 3, 3}));
  EXPECT_FALSE(view->picture().hasLabels());
  view->setLabels(LabelMap(cube().size));
  EXPECT_TRUE(view->picture().hasLabels());
}

}  // namespace
}  // namespace recontour
