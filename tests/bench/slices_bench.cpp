// Scrolling three views of a CT with its labels: our compositor with QPainter beside vtkImageSliceMapper (MSAA off, no
// outline), same data, same display, same run. The axial pictures are compared first.
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>

#include <vtkCamera.h>
#include <vtkImageData.h>
#include <vtkImageProperty.h>
#include <vtkImageSlice.h>
#include <vtkImageSliceMapper.h>
#include <vtkLookupTable.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>

#include "core/io/label_file.h"
#include "tests/bench/peer.h"
#include "tests/data/reference_data.h"
#include "ui/views/slice_picture.h"

namespace recontour::bench {
namespace {

constexpr int kEdge = 512;  // pixels of each view
constexpr int kSteps = 60;
constexpr double kLeastRatioPainted = 5, kLeastRatioComposed = 20;
constexpr double kLongestStepMs = 12, kLongestStepSharpMs = 30;  // 95th percentile in a whole window
constexpr double kGreyTolerance = 2;                             // mean difference of the axial pictures, of 255

struct Scene {
  Geometry geometry;
  LabelMap labels;
  Volume volume;
};

/// A CT made from the label map, since WORD publishes labels alone: one HU an organ, with a ripple.
Scene makeScene() {
  LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const std::vector<Label> labels = image.labels.toDense();
  std::vector<std::int16_t> hu(labels.size());
  for (std::size_t i = 0; i < hu.size(); ++i) {
    hu[i] = static_cast<std::int16_t>(-60 + 12 * labels[i] + 40 * std::sin(static_cast<double>(i % 512) / 9));
  }
  return {image.geometry, image.labels, Volume(image.geometry.size, std::move(hu))};
}

/// The slice of a plane that step number `step` shows.
int sliceAt(const AxisMap& axisMap, Plane plane, int step) { return axisMap.slices(plane) / 2 + step % 40 - 20; }

class OurViews {
 public:
  /// @param size   of each view in logical pixels
  /// @param ratio  device pixels a logical pixel
  explicit OurViews(const Scene& scene, const QSize& size = {kEdge, kEdge}, double ratio = 1)
      : scene_(scene), axisMap_(scene.geometry), size_(size) {
    for (const Plane plane : kPlanes) {
      View& view = views_[static_cast<std::size_t>(plane)];
      view.transform.setPicture(QSizeF(axisMap_.columns(plane), axisMap_.rows(plane)),
                                QSizeF(axisMap_.columnSpacingMm(plane), axisMap_.rowSpacingMm(plane)));
      view.transform.setViewport(QRectF(QPointF(), size));
      view.picture.setFrame(view.transform, size, ratio);
      view.picture.setPalette(palette_);
      for (int i = 0; i < axisMap_.columns(plane); ++i) view.tables.columns.push_back(i);
      for (int i = 0; i < axisMap_.rows(plane); ++i) view.tables.rows.push_back(i);
      view.screen = QImage(size * ratio, QImage::Format_RGB32);
      view.screen.setDevicePixelRatio(ratio);
    }
  }
  void show(int step, bool withLabels = true) {
    for (const Plane plane : kPlanes) {
      View& view = views_[static_cast<std::size_t>(plane)];
      const int slice = sliceAt(axisMap_, plane, step);
      view.picture.readGrey(scene_.volume, axisMap_, plane, slice);
      if (withLabels) view.picture.readLabels(scene_.labels, axisMap_, plane, slice);
      QPainter painter(&view.screen);
      view.picture.paint(painter, QRect({0, 0}, size_));
    }
  }
  /// Extraction, grey and labels of all three at slice resolution, without scaling and painting.
  void composeAlone(int step) {
    for (const Plane plane : kPlanes) {
      View& view = views_[static_cast<std::size_t>(plane)];
      const int slice = sliceAt(axisMap_, plane, step);
      view.reader.read(scene_.volume, axisMap_, plane, slice, view.grey);
      extractSlice(scene_.labels, axisMap_, plane, slice, view.labels);
      view.pixels.resize(view.grey.pixels.size());
      composeGrey(view.grey, table_, view.pixels);
      composeLabels(view.labels, view.tables, palette_, {2, 0}, {0, 0, view.labels.columns, view.labels.rows},
                    view.pixels);
    }
  }
  const QImage& axial() const { return views_[0].screen; }

 private:
  struct View {
    ViewTransform transform;
    SlicePicture picture;
    QImage screen;
    SliceReader reader;
    Slice<std::int16_t> grey;
    Slice<Label> labels;
    PixelTables tables;  ///< a device pixel a slice pixel
    std::vector<std::uint32_t> pixels;
  };
  const Scene& scene_;
  AxisMap axisMap_;
  QSize size_;
  std::array<View, 3> views_;
  GreyTable table_{kAbdomenWindow};
  LabelPalette palette_ = organPalette(OrganTable::named("word"));
};

template <typename T>
void fill(vtkImageData* image, const Geometry& geometry, int type, const T* values) {
  const Size3& size = geometry.size;
  image->SetDimensions(size.x, size.y, size.z);
  image->SetSpacing(geometry.spacing.x, geometry.spacing.y, geometry.spacing.z);
  image->AllocateScalars(type, 1);
  std::copy_n(values, voxelCount(size), static_cast<T*>(image->GetScalarPointer()));
}

class VtkViews {
 public:
  explicit VtkViews(const Scene& scene) : axisMap_(scene.geometry) {
    const std::vector<Label> labels = scene.labels.toDense();
    fill(grey_, scene.geometry, VTK_SHORT, scene.volume.voxels().data());
    fill(labels_, scene.geometry, VTK_UNSIGNED_CHAR, labels.data());
    fillTable();
    window_->SetShowWindow(false);
    window_->SetOffScreenRendering(1);
    window_->SetMultiSamples(0);
    window_->SetSize(3 * kEdge, kEdge);
    for (const Plane plane : kPlanes) addView(plane);
  }
  void show(int step) {
    for (const Plane plane : kPlanes) {
      const View& view = views_[static_cast<std::size_t>(plane)];
      const PlaneAxes& axes = axisMap_.axes(plane);
      int slice = sliceAt(axisMap_, plane, step);
      if (axes.sliceFlipped) slice = axisMap_.slices(plane) - 1 - slice;
      view.grey->SetSliceNumber(slice);
      view.labels->SetSliceNumber(slice);
    }
    window_->Render();
    window_->GetRGBACharPixelData(0, 0, 0, 0, 0, pixel_);  // waits until it is drawn
  }
  void hideLabels() { views_[0].labelSlice->VisibilityOff(); }
  int axialGrey(int x, int y) {
    if (picture_->GetNumberOfTuples() == 0) window_->GetRGBACharPixelData(0, 0, kEdge - 1, kEdge - 1, 0, picture_);
    return picture_->GetComponent((kEdge - 1 - y) * kEdge + x, 0);
  }

 private:
  struct View {
    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkImageSliceMapper> grey, labels;
    vtkNew<vtkImageSlice> greySlice, labelSlice;
  };
  void fillTable() {
    const LabelPalette palette = organPalette(OrganTable::named("word"));
    table_->SetNumberOfTableValues(256);
    table_->SetTableRange(0, 255);
    for (int i = 0; i < 256; ++i) {
      const auto& style = palette[static_cast<std::size_t>(i)];
      table_->SetTableValue(i, style.colour[0] / 255.0, style.colour[1] / 255.0, style.colour[2] / 255.0,
                            i == 0 ? 0 : 0.35);
    }
  }
  void addView(Plane plane) {
    View& view = views_[static_cast<std::size_t>(plane)];
    const int axis = axisMap_.axes(plane).sliceAxis;
    view.grey->SetInputData(grey_);
    view.labels->SetInputData(labels_);
    for (auto* mapper : {view.grey.Get(), view.labels.Get()}) mapper->SetOrientation(axis);
    view.greySlice->SetMapper(view.grey);
    view.greySlice->GetProperty()->SetColorWindow(kAbdomenWindow.widthHu);
    view.greySlice->GetProperty()->SetColorLevel(kAbdomenWindow.levelHu);
    view.labelSlice->SetMapper(view.labels);
    view.labelSlice->GetProperty()->SetLookupTable(table_);
    view.labelSlice->GetProperty()->UseLookupTableScalarRangeOn();
    view.labelSlice->GetProperty()->SetInterpolationTypeToNearest();
    view.renderer->AddViewProp(view.greySlice);
    view.renderer->AddViewProp(view.labelSlice);
    const double left = static_cast<double>(plane) / 3;
    view.renderer->SetViewport(left, 0, left + 1.0 / 3, 1);
    window_->AddRenderer(view.renderer);
    look(view, plane);
  }
  /// As our view of the plane looks: the picture's height or width fills the viewport.
  void look(View& view, Plane plane) {
    const Geometry& g = axisMap_.geometry();
    std::array<double, 3> centre{};
    for (int axis = 0; axis < 3; ++axis) centre[std::size_t(axis)] = (g.size[axis] - 1) * g.spacing[axis] / 2;
    vtkCamera* camera = view.renderer->GetActiveCamera();
    camera->ParallelProjectionOn();
    camera->SetFocalPoint(centre.data());
    const std::array<double, 3> away = plane == Plane::Axial     ? std::array<double, 3>{0, 0, -1}
                                       : plane == Plane::Coronal ? std::array<double, 3>{0, -1, 0}
                                                                 : std::array<double, 3>{1, 0, 0};
    const std::array<double, 3> up =
        plane == Plane::Axial ? std::array<double, 3>{0, -1, 0} : std::array<double, 3>{0, 0, 1};
    camera->SetPosition(centre[0] + 2000 * away[0], centre[1] + 2000 * away[1], centre[2] + 2000 * away[2]);
    camera->SetViewUp(up.data());
    const double width = axisMap_.columns(plane) * axisMap_.columnSpacingMm(plane);
    const double height = axisMap_.rows(plane) * axisMap_.rowSpacingMm(plane);
    camera->SetParallelScale(std::max(width, height) / 2);
    camera->SetClippingRange(1, 5000);
  }

  AxisMap axisMap_;
  vtkNew<vtkImageData> grey_, labels_;
  vtkNew<vtkLookupTable> table_;
  vtkNew<vtkRenderWindow> window_;
  std::array<View, 3> views_;
  vtkNew<vtkUnsignedCharArray> pixel_, picture_;
};

/// Milliseconds a step: median and 95th percentile of kSteps, the first few left out.
struct Times {
  double median, p95;
};

Times timesOf(const std::function<void(int)>& step) {
  std::vector<double> each;
  for (int i = -5; i < kSteps; ++i) {
    const auto start = std::chrono::steady_clock::now();
    step(i + 5);
    const auto spent = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    if (i >= 0) each.push_back(spent);
  }
  std::ranges::sort(each);
  return {each[each.size() / 2], each[each.size() * 95 / 100]};
}

/// Mean difference of the two axial pictures without labels, inside a border of 8 pixels.
double greyDifference(OurViews& ours, VtkViews& peer) {
  ours.show(0, false);
  peer.hideLabels();
  peer.show(0);
  double sum = 0, count = 0;
  for (int y = 8; y < kEdge - 8; ++y) {
    for (int x = 8; x < kEdge - 8; ++x, ++count)
      sum += std::abs(qGray(ours.axial().pixel(x, y)) - peer.axialGrey(x, y));
  }
  return sum / count;
}

bool report(const char* what, const Times& ours, const Times& peer, double least) {
  const double ratio = peer.median / ours.median;
  std::printf("%s: ours %.2f ms (p95 %.2f), vtkImageSliceMapper %.2f ms (p95 %.2f): %.1fx, at least %.0fx\n", what,
              ours.median, ours.p95, peer.median, peer.p95, ratio, least);
  return ratio >= least;
}

/// A step in a window as people have it: the size that four views alike leave to each.
bool reportWindow(const Scene& scene, const char* what, double ratio, double longestMs) {
  constexpr QSize kViewOf1920x1080{653, 507};
  OurViews views(scene, kViewOf1920x1080, ratio);
  const Times times = timesOf([&](int step) { views.show(step); });
  std::printf("%s: median %.2f ms, p95 %.2f ms, at most %.0f ms\n", what, times.median, times.p95, longestMs);
  return times.p95 <= longestMs;
}

int run(int argc, char** argv) {
  if (!haveReferenceData()) return std::puts("RECONTOUR_DATA is not set"), kNotAvailable;
  const QGuiApplication application(argc, argv);
  const Scene scene = makeScene();
  OurViews ours(scene);
  {
    VtkViews peer(scene);
    const double difference = greyDifference(ours, peer);
    std::printf("axial pictures differ by %.2f of 255 on the mean, at most %.0f\n", difference, kGreyTolerance);
    if (!(difference <= kGreyTolerance)) return 1;
  }
  VtkViews peer(scene);
  const Times vtk = timesOf([&](int step) { peer.show(step); });
  bool good =
      report("three views composed and painted", timesOf([&](int step) { ours.show(step); }), vtk, kLeastRatioPainted);
  good =
      report("three views composed", timesOf([&](int step) { ours.composeAlone(step); }), vtk, kLeastRatioComposed) &&
      good;
  good = reportWindow(scene, "window of 1920x1080 at scale 1, painted", 1, kLongestStepMs) && good;
  good = reportWindow(scene, "window of 3840x2160 at scale 2, painted", 2, kLongestStepSharpMs) && good;
  return good ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main(int argc, char** argv) { return recontour::bench::run(argc, argv); }
