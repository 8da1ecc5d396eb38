#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include <gtest/gtest.h>
#include <vtkPolyData.h>

#include "tests/ui/views/test_events.h"
#include "ui/views/organ_mesh.h"
#include "ui/views/probe_3d.h"
#include "ui/views/surface_mesh.h"
#include "ui/views/surface_view.h"
#include "ui/views/surface_worker.h"

namespace recontour {
namespace {

constexpr Label kLiver = 1, kSpleen = 2;
constexpr int kWaitMs = 60'000;

void addBall(LabelMap& labels, const Geometry& geometry, const Point3& centreMm, double radiusMm, Label label) {
  for (int z = 0; z < geometry.size.z; ++z) {
    for (int y = 0; y < geometry.size.y; ++y) {
      std::vector<Label> row(static_cast<std::size_t>(geometry.size.x));
      labels.readRow(y, z, 0, geometry.size.x, row.data());
      for (int x = 0; x < geometry.size.x; ++x) {
        const bool inside = length(geometry.toWorld(Index3{x, y, z}) - centreMm) <= radiusMm;
        if (inside) row[static_cast<std::size_t>(x)] = label;
      }
      labels.writeRow(y, z, 0, row);
    }
  }
}

/// Stored as LAS: x runs to the patient's left, y to the front.
Geometry abdomen() {
  return {
      .size = {80, 60, 40}, .spacing = {4, 4, 6}, .origin = {-160, 120, 0}, .direction = {1, 0, 0, 0, -1, 0, 0, 0, 1}};
}

/// A red liver on the patient's right, a green spleen on the left and lower.
LabelMap twoOrgans() {
  LabelMap labels(abdomen().size);
  addBall(labels, abdomen(), {-70, 0, 160}, 50, kLiver);
  addBall(labels, abdomen(), {80, 20, 90}, 30, kSpleen);
  return labels;
}

LabelPalette twoColours() {
  LabelPalette palette{};
  palette[kLiver].colour = {255, 0, 0};
  palette[kSpleen].colour = {0, 255, 0};
  for (const Label organ : {kLiver, kSpleen}) palette[organ].fillAlpha = 255;
  return palette;
}

/// Mean position of the pixels of an organ's colour, and their number.
struct Spot {
  double x = 0, y = 0;
  int count = 0;
};
Spot spot(const QImage& image, Label label) {
  Spot spot;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor colour = image.pixelColor(x, y);
      const int own = label == kLiver ? colour.red() : colour.green(),
                other = label == kLiver ? colour.green() : colour.red();
      if (own < other + 60) continue;
      spot = {spot.x + x, spot.y + y, spot.count + 1};
    }
  }
  return {spot.x / std::max(1, spot.count) / image.width(), spot.y / std::max(1, spot.count) / image.height(),
          spot.count};
}

std::unique_ptr<SurfaceView> shownSurfaces() {
  auto view = std::make_unique<SurfaceView>();
  view->resize(300, 300);
  view->show();
  EXPECT_TRUE(QTest::qWaitForWindowExposed(view.get()));
  view->setPalette(twoColours());
  view->setLabels(twoOrgans(), abdomen());
  view->start();
  EXPECT_TRUE(view->waitUntilSettled(kWaitMs));
  return view;
}

void expectBall(vtkPolyData* surface, const Point3& centreMm, double radiusMm, double toleranceMm) {
  ASSERT_NE(surface, nullptr);
  ASSERT_GT(surface->GetNumberOfPoints(), 100);
  for (vtkIdType i = 0; i < surface->GetNumberOfPoints(); ++i) {
    const double* p = surface->GetPoint(i);
    ASSERT_NEAR(length(Point3{p[0], p[1], p[2]} - centreMm), radiusMm, toleranceMm);
  }
}

TEST(SurfaceMesh, LiesWhereTheOrganIsInThePatient) {
  Geometry geometry{.size = {50, 40, 30}, .spacing = {1.5, 2, 3}, .origin = {-30, 12, 7}};
  geometry.direction = {0.8, 0, 0.6, 0, -1, 0, 0.6, 0, -0.8};  // oblique, left-handed axes
  const Point3 centre = geometry.toWorld(Index3{22, 20, 15});
  LabelMap labels(geometry.size);
  addBall(labels, geometry, centre, 24, kLiver);
  expectBall(OrganMesh().update(labels, geometry, kLiver), centre, 24, 2.0);
  EXPECT_EQ(OrganMesh().update(labels, geometry, kSpleen), nullptr);
}

TEST(SurfaceMesh, OrganAtTheVolumesBorderIsClosed) {
  LabelMap labels({8, 8, 8});
  const Geometry geometry{.size = {8, 8, 8}, .origin = {}};
  addBall(labels, geometry, {3.5, 3.5, 3.5}, 100, kLiver);
  const auto surface = OrganMesh().update(labels, geometry, kLiver);
  ASSERT_NE(surface, nullptr);
  const vtkIdType points = surface->GetNumberOfPoints(), triangles = surface->GetNumberOfCells();
  EXPECT_EQ(triangles, 2 * points - 4) << "Euler's formula for a closed surface without holes";
}

TEST(SurfaceMesh, LargeFineOrganIsSampledCoarselyWithinAVoxel) {
  const Geometry geometry{.size = {150, 150, 120}, .spacing = {0.7, 0.7, 1.0}, .origin = {}};
  const Point3 centre{52, 52, 60};
  LabelMap labels(geometry.size);
  addBall(labels, geometry, centre, 50, kLiver);
  const auto surface = OrganMesh().update(labels, geometry, kLiver);
  expectBall(surface, centre, 50, 1.0);
  EXPECT_LT(surface->GetNumberOfPoints(), 30'000) << "a quarter of one vertex for each 0.49 square mm";
}

TEST(SurfaceMesh, BonesAreWhatIsBrighterThanSoftTissue) {
  const Geometry geometry{.size = {40, 40, 40}, .spacing = {2, 2, 2}, .origin = {}};
  std::vector<std::int16_t> voxels;
  for (int i = 0; i < 40 * 40 * 40; ++i) {
    const Index3 at{i % 40, i / 40 % 40, i / 1600};
    voxels.push_back(length(geometry.toWorld(at) - Point3{40, 40, 40}) <= 20 ? 700 : 40);
  }
  expectBall(boneSurface(Volume(geometry.size, voxels), geometry), {40, 40, 40}, 20, 3.5);
  EXPECT_EQ(boneSurface(Volume(geometry.size, std::vector<std::int16_t>(64000, 40)), geometry), nullptr);
}

TEST(SurfaceMesh, SpecksAreNoBones) {
  const Geometry geometry{.size = {40, 40, 40}, .spacing = {3, 3, 3}, .origin = {}};
  std::vector<std::int16_t> voxels(64000, 40);
  for (int z = 4; z < 40; z += 8)
    for (int y = 4; y < 40; y += 8)
      for (int x = 4; x < 40; x += 8) voxels[static_cast<std::size_t>((z * 40 + y) * 40 + x)] = 700;  // 125 of them
  EXPECT_EQ(boneSurface(Volume(geometry.size, voxels), geometry), nullptr);
}

TEST(SurfaceWorker, MeshesOnlyTheOrgansThatAnEditTouched) {
  SurfaceWorker worker;
  SurfaceRequest request;
  request.labels = LabelScene{twoOrgans(), abdomen()};
  const LabelMap before = request.labels->labels.organs();
  worker.apply(request);
  EXPECT_EQ(worker.organsToMesh(), 2U);
  while (worker.organsToMesh() > 0) worker.meshNext();
  LabelMap edited = before;
  const std::vector<Label> dab{kSpleen};
  edited.writeRow(24, 14, 70, dab);  // in a brick that the liver does not reach
  EXPECT_EQ(changedOrgans(before, edited), std::bitset<256>(1U << kSpleen));
  request.labels = LabelScene{edited, abdomen()};
  worker.apply(request);
  EXPECT_EQ(worker.organsToMesh(), 1U);
  worker.apply(request);
  EXPECT_EQ(worker.organsToMesh(), 1U) << "what is waiting stays";
}

TEST(SurfaceView, ShowsThePatientFromTheFrontWithTheLiverOnTheLeft) {
  const auto view = shownSurfaces();
  const SurfaceFrame& frame = view->frame();
  EXPECT_EQ(frame.surfaces, 2);
  const Spot liver = spot(frame.image, kLiver), spleen = spot(frame.image, kSpleen);
  EXPECT_GT(liver.count, 2000);
  EXPECT_GT(spleen.count, 500);
  EXPECT_LT(liver.x, 0.45);
  EXPECT_GT(spleen.x, 0.55);
  EXPECT_LT(liver.y, spleen.y) << "head is up";
  EXPECT_NEAR(frame.right.x, 1, 1e-9);
  EXPECT_NEAR(frame.up.z, 1, 1e-9);
}

TEST(SurfaceView, FollowsVisibilityAndEdits) {
  const auto view = shownSurfaces();
  LabelPalette palette = twoColours();
  palette[kLiver].visible = false;
  view->setPalette(palette);
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_EQ(view->frame().surfaces, 1);
  EXPECT_EQ(spot(view->frame().image, kLiver).count, 0);
  view->setPalette(twoColours());
  LabelMap labels = twoOrgans();
  addBall(labels, abdomen(), {80, 20, 90}, 35, 0);  // the spleen is erased
  view->setLabels(labels, abdomen());
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_EQ(view->frame().surfaces, 1);
  EXPECT_EQ(spot(view->frame().image, kSpleen).count, 0);
  EXPECT_GT(spot(view->frame().image, kLiver).count, 2000);
}

TEST(SurfaceView, FrontFollowsTheHandWhenRotated) {
  const auto view = shownSurfaces();
  press(*view, {100, 150});
  drag(*view, {250, 150});  // half the height: a quarter turn
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_NEAR(view->frame().right.y, -1, 1e-6) << "the front is at the picture's right";
  key(*view, Qt::Key_R);
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_NEAR(view->frame().right.x, 1, 1e-6);
}

TEST(SurfaceView, PanMovesThePictureWithTheHandAndZoomEnlarges) {
  const auto view = shownSurfaces();
  const Spot before = spot(view->frame().image, kLiver);
  press(*view, {100, 150}, Qt::MiddleButton);
  drag(*view, {130, 120}, Qt::MiddleButton);
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  const Spot panned = spot(view->frame().image, kLiver);
  EXPECT_NEAR(panned.x - before.x, 0.1, 0.02);
  EXPECT_NEAR(panned.y - before.y, -0.1, 0.02);
  wheel(*view, {150, 150}, -3);
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_LT(spot(view->frame().image, kLiver).count, 0.7 * panned.count);
}

TEST(SurfaceView, SaysWhyItIsOffAndIsSettledThen) {
  SurfaceView view;
  EXPECT_FALSE(view.isSettled()) << "still preparing";
  QSignalSpy settled(&view, &SurfaceView::settled);
  view.setLabels(twoOrgans(), abdomen());
  view.setUnavailable("no display");
  EXPECT_TRUE(view.isSettled());
  EXPECT_EQ(settled.size(), 1);
  EXPECT_FALSE(view.running());
  view.setPalette(twoColours());
  view.clear();
}

TEST(SurfaceView, ClearedSceneIsEmpty) {
  const auto view = shownSurfaces();
  view->clear();
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_EQ(view->frame().surfaces, 0);
}

TEST(SurfaceView, CanBeClosedWhileItMeshes) {
  for (int i = 0; i < 3; ++i) {
    SurfaceView view;
    view.start();
    view.setLabels(twoOrgans(), abdomen());
  }
}

/// Answer of this program started with --probe-3d.
std::pair<bool, QString> probe(const QProcessEnvironment& environment) {
  Probe3d probe;
  probe.setEnvironment(environment);
  QSignalSpy finished(&probe, &Probe3d::finished);
  probe.start();
  if (!finished.wait(kWaitMs)) return {false, "no answer"};
  return {finished[0][0].toBool(), finished[0][1].toString()};
}

TEST(Probe3d, WorksOnThisDisplay) {
  const auto [works, reason] = probe(QProcessEnvironment::systemEnvironment());
  EXPECT_TRUE(works);
  EXPECT_EQ(reason, "");
}

TEST(Probe3d, NamesTheMissingDisplay) {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.remove("DISPLAY");
  const auto [works, reason] = probe(environment);
  EXPECT_FALSE(works);
  EXPECT_TRUE(reason.contains("DISPLAY")) << reason.toStdString();
}

TEST(Probe3d, SurvivesADisplayThatDoesNotAnswer) {
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("DISPLAY", ":987");
  const auto [works, reason] = probe(environment);
  EXPECT_FALSE(works);
  EXPECT_TRUE(reason.contains("OpenGL")) << reason.toStdString();
}

TEST(Probe3d, SaysWhenTheProgramIsMissing) {
  Probe3d probe("/nonexistent/recontour");
  QSignalSpy finished(&probe, &Probe3d::finished);
  probe.start();
  ASSERT_TRUE(finished.size() == 1 || finished.wait(5000));
  EXPECT_FALSE(finished[0][0].toBool());
}

TEST(SurfaceView, AClickOnASurfaceTellsWhereItIs) {
  const auto view = shownSurfaces();
  QSignalSpy picked(view.get(), &SurfaceView::pointPicked);
  const Spot liver = spot(view->frame().image, kLiver);
  const QPointF at(liver.x * view->width(), liver.y * view->height());
  press(*view, at);
  release(*view, at);
  ASSERT_TRUE(picked.wait(kWaitMs));
  const auto world = picked[0][0].value<Point3>();
  EXPECT_NEAR(length(world - Point3{-70, 0, 160}), 50, 5) << "on the ball";
  EXPECT_LT(world.y, -30) << "on its front";
}

TEST(SurfaceView, AClickBesideTheOrgansAndADragTellNothing) {
  const auto view = shownSurfaces();
  QSignalSpy picked(view.get(), &SurfaceView::pointPicked);
  press(*view, {3, 3});
  release(*view, {3, 3});
  press(*view, {150, 150});
  drag(*view, {190, 150});
  release(*view, {190, 150});
  EXPECT_TRUE(view->waitUntilSettled(kWaitMs));
  QTest::qWait(300);
  EXPECT_EQ(picked.size(), 0);
}

TEST(SurfaceView, ATransparentOrganLetsTheGroundThrough) {
  const auto view = shownSurfaces();
  const Spot before = spot(view->frame().image, kLiver);
  LabelPalette palette = twoColours();
  palette[kLiver].fillAlpha = 26;
  view->setPalette(palette);
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  const QPoint middle(static_cast<int>(before.x * 300), static_cast<int>(before.y * 300));
  EXPECT_LT(view->frame().image.pixelColor(middle).red(), 90);
}

TEST(SurfaceView, FramesOfTheSlicesAreDrawnInTheirColours) {
  const auto view = shownSurfaces();
  const auto bluePixels = [&] {
    const QImage& image = view->frame().image;
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        const QColor pixel = image.pixelColor(x, y);
        count += pixel.blue() > 150 && pixel.red() < 90 && pixel.green() < 90;
      }
    }
    return count;
  };
  EXPECT_EQ(bluePixels(), 0);
  view->setPlanes({{{Point3{-100, -100, 100}, {100, -100, 100}, {100, 100, 100}, {-100, 100, 100}}, {0, 0, 1}}});
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  const int whole = bluePixels();
  EXPECT_GT(whole, 100);
  view->setPlanes({{{Point3{-900, -900, 100}, {900, -900, 100}, {900, 900, 100}, {-900, 900, 100}}, {0, 0, 1}}});
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_LT(bluePixels(), whole) << "where the slice goes on beyond the organs the frame is dashed";
  view->setPlanes({});
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_EQ(bluePixels(), 0);
}

TEST(SurfaceView, VolumeRenderingShowsBoneWhereItLies) {
  const auto view = shownSurfaces();
  LabelMap none(abdomen().size);
  view->setLabels(none, abdomen());
  std::vector<std::int16_t> hu(voxelCount(abdomen().size), -1000);
  for (int z = 0; z < 40; ++z) {
    for (int y = 20; y < 40; ++y) {
      for (int x = 10; x < 30; ++x) hu[static_cast<std::size_t>((z * 60 + y) * 80 + x)] = 1000;  // the patient's right
    }
  }
  view->setBones(Volume(abdomen().size, hu), abdomen());
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_FALSE(view->frame().volume);
  view->showVolume(true);
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_TRUE(view->frame().volume);
  const QImage& image = view->frame().image;
  const auto brightness = [&](int from, int to) {
    int sum = 0;
    for (int x = from; x < to; ++x) sum += qGray(image.pixel(x, 150));
    return sum / (to - from);
  };
  EXPECT_GT(brightness(60, 140), brightness(160, 240) + 60) << "the patient's right is at the picture's left";
}

TEST(SurfaceView, SurfacesMadeAnewAreTheSame) {
  const auto view = shownSurfaces();
  const QImage before = view->frame().image;
  view->rebuild();
  ASSERT_TRUE(view->waitUntilSettled(kWaitMs));
  EXPECT_EQ(view->frame().surfaces, 2);
  EXPECT_EQ(view->frame().image, before);
}

}  // namespace
}  // namespace recontour
