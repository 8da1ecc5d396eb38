// One patient in two files: a DICOM series whose rows run back to front and its NIfTI twin (LAS). A world point must be
// the same anatomy at the same place of every view, with the right letters beside it.
#include <cmath>

#include "core/io/open_case.h"
#include "tests/data/reference_data.h"
#include "tests/ui/window/window_fixture.h"

namespace recontour {
namespace {

constexpr Point3 kMarkMm{60, -20, 0};  // from the volume's centre: to the patient's left and front

struct Twin {
  explicit Twin(const std::string& file)
      : workbench(WorkbenchFixture::withFolder({}, folder.path()), OrganTable::named("word"), makeThreadCaseSource(),
                  std::make_shared<FakePredictor>()),
        window(shownWindow(workbench)) {
    window->openCase(referenceData(file));
    EXPECT_TRUE(waitFor([&] { return workbench.caseState() == CaseState::Open; }));
  }
  const Geometry& grid() const { return workbench.currentCase()->geometry; }
  Point3 centre() const {
    const Size3& size = grid().size;
    return grid().toWorld(Point3{(size.x - 1) / 2.0, (size.y - 1) / 2.0, (size.z - 1) / 2.0});
  }
  SliceView& view(Plane plane) const { return window->views().view(plane); }
  TemporaryFolder folder;
  Workbench workbench;
  std::unique_ptr<MainWindow> window;
};

/// Grey values of the picture on a lattice of 3 mm, 120 mm about a world point that lies on the slice.
std::vector<double> greyAround(SliceView& view, const Point3& world, const QSize& mirror = {1, 1}) {
  const QImage picture = view.grab().toImage();
  const QPointF middle = view.widgetFromWorld(world);
  std::vector<double> grey;
  for (int row = -20; row <= 20; ++row) {
    for (int column = -20; column <= 20; ++column) {
      const QPointF way(3.0 * column * mirror.width(), 3.0 * row * mirror.height());
      const QPoint at = (middle + way * view.pixelsPerMm()).toPoint();
      grey.push_back(picture.rect().contains(at) ? qGray(picture.pixel(at)) : 0);
    }
  }
  return grey;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double meanA = 0, meanB = 0, both = 0, squareA = 0, squareB = 0;
  const auto n = static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) meanA += a[i] / n, meanB += b[i] / n;
  for (std::size_t i = 0; i < a.size(); ++i) {
    both += (a[i] - meanA) * (b[i] - meanB);
    squareA += (a[i] - meanA) * (a[i] - meanA);
    squareB += (b[i] - meanB) * (b[i] - meanB);
  }
  return both / std::sqrt(squareA * squareB);
}

TEST(WindowOrientation, AWorldPointIsTheSameAnatomyInTheSeriesAndItsTwin) {
  REQUIRE_REFERENCE_DATA();
  Twin series("ct_lits0/ScalarVolume_0_dicom.zip"), twin("ct_lits0/lits0_ct_256x256x75.nii.gz");
  ASSERT_NE(orientationCode(series.grid()), orientationCode(twin.grid()));
  const Point3 mark = twin.centre() + kMarkMm;
  for (const Plane plane : kPlanes) {
    series.window->views().setCrosshair(mark);
    twin.window->views().setCrosshair(mark);
    const auto grey = greyAround(series.view(plane), mark);
    EXPECT_GT(correlation(grey, greyAround(twin.view(plane), mark)), 0.9) << planeName(plane);
    for (const QSize& mirror : {QSize(-1, 1), QSize(1, -1), QSize(-1, -1)}) {
      EXPECT_LT(correlation(grey, greyAround(twin.view(plane), mark, mirror)), 0.7) << planeName(plane);
    }
  }
}

TEST(WindowOrientation, DirectionsOfThePatientRunToTheirLetters) {
  REQUIRE_REFERENCE_DATA();
  struct Expected {
    Plane plane;
    Point3 direction;  // LPS
    QPointF way;       // on the screen, y down
  };
  const std::vector<Expected> expected = {{Plane::Axial, {1, 0, 0}, {1, 0}},    {Plane::Axial, {0, 1, 0}, {0, 1}},
                                          {Plane::Coronal, {1, 0, 0}, {1, 0}},  {Plane::Coronal, {0, 0, 1}, {0, -1}},
                                          {Plane::Sagittal, {0, 1, 0}, {1, 0}}, {Plane::Sagittal, {0, 0, 1}, {0, -1}}};
  for (const char* file : {"ct_lits0/ScalarVolume_0_dicom.zip", "ct_lits0/lits0_ct_256x256x75.nii.gz",
                           "ct_totalsegmentator/example_ct.nii.gz"}) {
    const Twin one(file);
    const Point3 centre = one.centre();
    for (const Expected& e : expected) {
      const SliceView& view = one.view(e.plane);
      const QPointF way = view.widgetFromWorld(centre + e.direction * 30) - view.widgetFromWorld(centre);
      EXPECT_NEAR(way.x(), e.way.x() * 30 * view.pixelsPerMm(), 0.01) << file << " " << planeName(e.plane);
      EXPECT_NEAR(way.y(), e.way.y() * 30 * view.pixelsPerMm(), 0.01) << file << " " << planeName(e.plane);
    }
    const AxisMap& axes = one.workbench.axisMap();
    EXPECT_EQ(axes.letters(Plane::Axial).left + axes.letters(Plane::Axial).top, "RA");
    EXPECT_EQ(axes.letters(Plane::Coronal).left + axes.letters(Plane::Coronal).top, "RH");
    EXPECT_EQ(axes.letters(Plane::Sagittal).left + axes.letters(Plane::Sagittal).top, "AH");
  }
}

TEST(WindowOrientation, ALabelPaintedInOneIsFoundAtTheSamePlaceInTheOther) {
  REQUIRE_REFERENCE_DATA();
  for (const Plane plane : kPlanes) {
    Twin series("ct_lits0/ScalarVolume_0_dicom.zip"), twin("ct_lits0/lits0_ct_256x256x75.nii.gz");
    const Point3 mark = twin.centre() + kMarkMm;
    for (const Twin* one : {&series, &twin}) {
      one->window->views().setCrosshair(mark);
      one->window->actions().brush->trigger();
      strokeThrough(one->view(plane), {mark});
      const Box box = boundingBox(one->workbench.labels(), 1);
      ASSERT_FALSE(box.empty());
      const Point3 middle{(box.lower.x + box.upper.x - 1) / 2.0, (box.lower.y + box.upper.y - 1) / 2.0,
                          (box.lower.z + box.upper.z - 1) / 2.0};
      const Point3 off = one->grid().toWorld(middle) - mark;
      for (int axis = 0; axis < 3; ++axis) EXPECT_LE(std::abs(off[axis]), 2.6) << planeName(plane);  // half a slice
    }
  }
}

}  // namespace
}  // namespace recontour
