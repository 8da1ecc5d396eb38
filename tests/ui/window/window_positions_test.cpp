// However a patient lies in the scanner, and however the volume is turned: what is left, front and head of the centre
// is seen right of it, above it, and left of it in the views where it must be, beside the right letters.
#include <cmath>
#include <numbers>

#include "tests/ui/window/window_fixture.h"

namespace recontour {
namespace {

using Matrix = std::array<double, 9>;
constexpr Point3 kMarkMm{24, -18, 30};  // from the centre: left, front, head

Matrix obliqueBy(double degrees) {
  const double c = std::cos(degrees * std::numbers::pi / 180), s = std::sin(degrees * std::numbers::pi / 180);
  return {c, 0, s, 0, 1, 0, -s, 0, c};
}

/// Air with one bright ball of 6 mm at the mark.
class BallSource final : public CaseSource {
 public:
  explicit BallSource(const Matrix& direction) {
    geometry_ = {{60, 60, 40}, {1.5, 1.5, 2.5}, {}, direction};
    const Point3 middle = geometry_.toWorld(Point3{29.5, 29.5, 19.5});
    geometry_.origin = Point3{5, 7, -300} - middle;  // the centre lies at 5, 7, -300
  }
  static Point3 centre() { return {5, 7, -300}; }
  static Point3 mark() { return centre() + kMarkMm; }
  void open(const std::filesystem::path& path, const std::string&, std::shared_ptr<Listener> listener) override {
    Case opened;
    opened.name = caseName(path);
    opened.source = path;
    opened.geometry = geometry_;
    std::vector<std::int16_t> voxels;
    for (int z = 0; z < 40; ++z) {
      for (int y = 0; y < 60; ++y) {
        for (int x = 0; x < 60; ++x)
          voxels.push_back(length(geometry_.toWorld(Index3{x, y, z}) - mark()) <= 6 ? 3000 : -1000);
      }
    }
    opened.volume = Volume(geometry_.size, std::move(voxels));
    opened.imageHash = imageHash(opened.geometry, opened.volume);
    listener->opened(std::move(opened));
  }
  void cancel() override {}

 private:
  Geometry geometry_;
};

struct Position {
  const char* name;
  Matrix direction;
};

class WindowPositions : public testing::TestWithParam<Position> {
 protected:
  WindowPositions()
      : workbench_(WorkbenchFixture::withFolder({}, folder_.path()), OrganTable::named("word"),
                   std::make_unique<BallSource>(GetParam().direction), std::make_shared<FakePredictor>()),
        window_(shownWindow(workbench_)) {
    window_->openCase("ball.nii");
    EXPECT_TRUE(waitFor([&] { return workbench_.caseState() == CaseState::Open; }));
    window_->views().setCrosshair(BallSource::mark());
    window_->actions().crosshair->setChecked(false);
    window_->actions().annotations->setChecked(false);
  }
  /// Centre of all that is bright, in widget pixels from the picture of the volume's centre.
  QPointF brightAround(Plane plane) {
    SliceView& view = window_->views().view(plane);
    const QImage image = view.grab().toImage();
    const double ratio = image.devicePixelRatio();
    const QRectF ball(view.widgetFromWorld(BallSource::mark()) - QPointF(30, 30), QSizeF(60, 60));
    QPointF sum;
    double count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) {
        const QPointF at(x / ratio, y / ratio);
        if (qGray(image.pixel(x, y)) < 200 || !ball.contains(at)) continue;
        sum += at;
        count += 1;
      }
    }
    EXPECT_GT(count, 20) << planeName(plane);
    return sum / std::max(1.0, count) - view.widgetFromWorld(BallSource::centre());
  }
  TemporaryFolder folder_;
  Workbench workbench_;
  std::unique_ptr<MainWindow> window_;
};

TEST_P(WindowPositions, LeftFrontAndHeadAreWhereTheyMustBeInEveryView) {
  const double tolerance =
      obliquityDegrees(workbench_.currentCase()->geometry) < 1 ? 2.5 : 16;  // mm; voxel planes lie askew
  const auto mm = [&](Plane plane) { return brightAround(plane) / window_->views().view(plane).pixelsPerMm(); };
  const QPointF axial = mm(Plane::Axial), coronal = mm(Plane::Coronal), sagittal = mm(Plane::Sagittal);
  EXPECT_NEAR(axial.x(), 24, tolerance) << "the patient's left is at the right";
  EXPECT_NEAR(axial.y(), -18, tolerance) << "front is up";
  EXPECT_NEAR(coronal.x(), 24, tolerance);
  EXPECT_NEAR(coronal.y(), -30, tolerance) << "head is up";
  EXPECT_NEAR(sagittal.x(), -18, tolerance) << "front is at the left";
  EXPECT_NEAR(sagittal.y(), -30, tolerance);
}

TEST_P(WindowPositions, LettersSayTheSame) {
  const AxisMap& map = workbench_.axisMap();
  const auto first = [](const std::string& letters) { return letters.substr(0, 1); };  // two where it is oblique
  const EdgeLetters axial = map.letters(Plane::Axial), coronal = map.letters(Plane::Coronal),
                    sagittal = map.letters(Plane::Sagittal);
  EXPECT_EQ(first(axial.left) + first(axial.right) + first(axial.top) + first(axial.bottom), "RLAP");
  EXPECT_EQ(first(coronal.left) + first(coronal.right) + first(coronal.top) + first(coronal.bottom), "RLHF");
  EXPECT_EQ(first(sagittal.left) + first(sagittal.right) + first(sagittal.top) + first(sagittal.bottom), "APHF");
}

INSTANTIATE_TEST_SUITE_P(
    Every, WindowPositions,
    testing::Values(Position{"HFS", {1, 0, 0, 0, 1, 0, 0, 0, 1}}, Position{"HFP", {-1, 0, 0, 0, -1, 0, 0, 0, 1}},
                    Position{"FFS", {-1, 0, 0, 0, 1, 0, 0, 0, -1}}, Position{"FFP", {1, 0, 0, 0, -1, 0, 0, 0, -1}},
                    Position{"HFDR", {0, -1, 0, 1, 0, 0, 0, 0, 1}}, Position{"HFDL", {0, 1, 0, -1, 0, 0, 0, 0, 1}},
                    Position{"FFDR", {0, 1, 0, 1, 0, 0, 0, 0, -1}}, Position{"FFDL", {0, -1, 0, -1, 0, 0, 0, 0, -1}},
                    Position{"Coronal", {1, 0, 0, 0, 0, 1, 0, -1, 0}},
                    Position{"Sagittal", {0, 0, 1, 1, 0, 0, 0, 1, 0}}, Position{"Oblique", obliqueBy(17)},
                    Position{"ObliqueBack", obliqueBy(-23)}),
    [](const auto& position) { return position.param.name; });

}  // namespace
}  // namespace recontour
