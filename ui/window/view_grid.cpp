#include "ui/window/view_grid.h"

#include <QSplitter>
#include <QVBoxLayout>
#include <tuple>

#include "core/image/auto_window.h"
#include "ui/views/probe_3d.h"

namespace recontour {
namespace {

constexpr int kGap = 2;
constexpr int kMarkAlpha = 102;     // 40 %
constexpr int kEqualShare = 10000;  // splitters scale sizes to what there is

QSplitter* splitter(Qt::Orientation orientation, const std::vector<QWidget*>& parts) {
  auto* made = new QSplitter(orientation);
  for (QWidget* part : parts) made->addWidget(part);
  made->setHandleWidth(kGap);
  made->setChildrenCollapsible(false);
  made->setSizes(QList<int>(static_cast<qsizetype>(parts.size()), kEqualShare));
  return made;
}

void follow(QSplitter* leader, QSplitter* follower) {
  QObject::connect(leader, &QSplitter::splitterMoved, follower, [=] { follower->setSizes(leader->sizes()); });
}

/// The slice as the view of its plane looks at it: a volume of one slice has the whole volume's orientation.
Slice<std::int16_t> asSeen(const FirstSlice& slice, Plane plane) {
  Geometry flat = slice.geometry;
  flat.size.z = 1;
  return extractSlice(Volume(flat.size, slice.pixels), AxisMap(flat), plane, 0);
}

}  // namespace

ViewGrid::ViewGrid(QWidget* parent) : QWidget(parent) {
  for (const Plane plane : kPlanes) {
    auto* slice = new SliceView(plane, this);
    slices_[static_cast<std::size_t>(plane)] = slice;
    connectSlice(*slice);
  }
  surfaces_ = new SurfaceView(this);
  connect(surfaces_, &SurfaceView::maximiseRequested, this, [this] { toggleMaximised(surfaces_); });
  activate(&view(Plane::Axial));
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  setArrangement(ViewArrangement::Four);
}

std::vector<QWidget*> ViewGrid::allViews() const {
  return {&view(Plane::Axial), &view(Plane::Sagittal), &view(Plane::Coronal), surfaces_};
}

QSplitter* ViewGrid::arrangedAlike() {
  QSplitter* top = splitter(Qt::Horizontal, {&view(Plane::Axial), &view(Plane::Sagittal)});
  QSplitter* bottom = splitter(Qt::Horizontal, {&view(Plane::Coronal), surfaces_});
  follow(top, bottom);
  follow(bottom, top);
  return splitter(Qt::Vertical, {top, bottom});
}

QSplitter* ViewGrid::arrangedLarge() {
  std::vector<QWidget*> others = allViews();
  std::erase(others, active_);
  QSplitter* both = splitter(Qt::Horizontal, {active_, splitter(Qt::Vertical, others)});
  both->setSizes({3 * kEqualShare, kEqualShare});
  return both;
}

void ViewGrid::setArrangement(ViewArrangement arrangement) {
  arrangement_ = arrangement;
  QWidget* const active = active_;
  for (QWidget* each : allViews()) each->setParent(this);
  delete root_;
  activate(active);  // views that lose their parent hand the keyboard on to others
  root_ = arrangement == ViewArrangement::Large ? arrangedLarge() : arrangedAlike();
  for (QWidget* each : allViews()) each->setVisible(arrangement != ViewArrangement::Single || each == active_);
  for (auto* half : root_->findChildren<QSplitter*>()) {
    half->setVisible(arrangement != ViewArrangement::Single || half->isAncestorOf(active_));
  }
  layout()->addWidget(root_);
  root_->show();
  active_->setFocus();
}

void ViewGrid::nextArrangement() {
  setArrangement(arrangement_ == ViewArrangement::Four    ? ViewArrangement::Large
                 : arrangement_ == ViewArrangement::Large ? ViewArrangement::Single
                                                          : ViewArrangement::Four);
}

void ViewGrid::toggleMaximised(QWidget* view) {
  activate(view);
  if (arrangement_ == ViewArrangement::Single) return setArrangement(beforeMaximised_);
  beforeMaximised_ = arrangement_;
  setArrangement(ViewArrangement::Single);
}

void ViewGrid::setOptions(const SliceOptions& options) {
  forEachSlice([&](SliceView& slice) { slice.setOptions(options); });
}

void ViewGrid::connectSlice(SliceView& slice) {
  connect(&slice, &SliceView::crosshairMoved, this, [this, &slice](const Point3& world) {
    forEachSlice([&](SliceView& other) {
      if (&other != &slice) other.setCrosshair(world);
    });
  });
  connect(&slice, &SliceView::windowLevelDragged, this, &ViewGrid::setWindowLevel);
  connect(&slice, &SliceView::maximiseRequested, this, [this, &slice] { toggleMaximised(&slice); });
  connect(&slice, &SliceView::activated, this, [this, &slice] { activate(&slice); });
  connect(&slice, &SliceView::hovered, this, &ViewGrid::hovered);
  connect(&slice, &SliceView::sliceChanged, this, &ViewGrid::sliceChanged);
  connect(&slice, &SliceView::pointerPressed, this, &ViewGrid::strokePressed);
  connect(&slice, &SliceView::organPicked, this, &ViewGrid::organPicked);
  connect(&slice, &SliceView::pointerMoved, this, &ViewGrid::strokeMoved);
  connect(&slice, &SliceView::pointerReleased, this, &ViewGrid::strokeReleased);
  connect(&slice, &SliceView::pointerCancelled, this, &ViewGrid::strokeCancelled);
  connect(&slice, &SliceView::brushSizeStep, this, &ViewGrid::brushSizeStep);
}

void ViewGrid::activate(QWidget* view) {
  active_ = view;
  forEachSlice([&](SliceView& slice) { slice.setActive(&slice == view); });
}

void ViewGrid::clear(const QString& message, ViewMessage kind) {
  forEachSlice([](SliceView& slice) {
    slice.clear();
    slice.setMessage({});
  });
  view(Plane::Axial).setMessage(message, kind);
  surfaces_->clear();
}

void ViewGrid::showFirstSlice(const FirstSlice& slice) {
  const AxisMap axisMap(slice.geometry);
  for (const Plane plane : kPlanes) {
    if (axisMap.axes(plane).sliceAxis != 2) continue;
    const Index3 inSlice{slice.geometry.size.x / 2, slice.geometry.size.y / 2, slice.z};
    view(plane).setFirstSlice(asSeen(slice, plane), axisMap, axisMap.sliceAt(plane, slice.geometry.toWorld(inSlice)));
  }
}

void ViewGrid::showCase(const Case& opened, const AxisMap& axisMap) {
  forEachSlice([&](SliceView& slice) {
    slice.setMessage({});
    slice.setVolume(opened.volume, axisMap);
    slice.setSynthetic(opened.synthetic);
  });
  setCrosshair(crosshair());
  surfaces_->setBones(opened.volume, opened.geometry);
}

void ViewGrid::setLabels(const LabelMap& labels, const std::optional<Box>& changed) {
  forEachSlice([&](SliceView& slice) { slice.setLabels(labels, changed); });
}

void ViewGrid::setPalettes(const LabelPalette& slices, const LabelPalette& surfaces) {
  forEachSlice([&](SliceView& slice) { slice.setPalette(slices); });
  surfaces_->setPalette(surfaces);
}

void ViewGrid::setWindowLevel(const WindowLevel& window) {
  forEachSlice([&](SliceView& slice) { slice.setWindowLevel(window); });
}

void ViewGrid::setTool(ViewTool tool, double radiusMm, bool ball) {
  forEachSlice([&](SliceView& slice) { slice.setActiveTool(tool, radiusMm, ball); });
}

void ViewGrid::setReference(const std::optional<LabelMap>& reference, bool coloured) {
  forEachSlice([&](SliceView& slice) { slice.setReference(reference, coloured); });
}

void ViewGrid::setNote(const QString& text) { view(Plane::Axial).setMessage(text, ViewMessage::Busy); }

void ViewGrid::setOrganMarks(const Box& box, const AxisMap& axisMap, const QColor& colour) {
  forEachSlice([&](SliceView& slice) {
    if (box.empty()) return slice.setSliceMarks({});
    const PlaneAxes& axes = axisMap.axes(slice.plane());
    int first = box.lower[axes.sliceAxis], last = box.upper[axes.sliceAxis] - 1;
    const int highest = axisMap.slices(slice.plane()) - 1;
    if (axes.sliceFlipped) std::tie(first, last) = std::pair(highest - last, highest - first);
    slice.setSliceMarks({{first, last, QColor(colour.red(), colour.green(), colour.blue(), kMarkAlpha)}});
  });
}

void ViewGrid::setCrosshair(const Point3& world) {
  forEachSlice([&](SliceView& slice) { slice.setCrosshair(world); });
}

void ViewGrid::fit() {
  forEachSlice([](SliceView& slice) { slice.fit(); });
  surfaces_->resetCamera();
}

void ViewGrid::centreOnCrosshair() {
  forEachSlice([](SliceView& slice) { slice.centreOnCrosshair(); });
}

void ViewGrid::cancelStroke() {
  forEachSlice([](SliceView& slice) { slice.cancelStroke(); });
}

SliceView& ViewGrid::activeSlice() const {
  auto* slice = qobject_cast<SliceView*>(active_);
  return slice != nullptr ? *slice : view(Plane::Axial);
}

void ViewGrid::stepSlice(int steps) { activeSlice().setSlice(activeSlice().sliceNumber() + steps); }

void ViewGrid::windowFromPicture() {
  if (const auto window = windowOf(activeSlice().picture().grey())) setWindowLevel(*window);
}

void ViewGrid::startSurfaces() {
  auto* probe = new Probe3d({}, this);
  connect(probe, &Probe3d::finished, this, [this, probe](bool works, const QString& reason) {
    if (works) {
      surfaces_->start();
    } else {
      surfaces_->setUnavailable(reason);
    }
    probe->deleteLater();
  });
  probe->start();
}

}  // namespace recontour
