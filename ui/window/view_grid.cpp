#include "ui/window/view_grid.h"

#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <tuple>

#include "core/image/auto_window.h"
#include "ui/views/probe_3d.h"
#include "ui/views/view_colours.h"

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

/// How many columns show `count` pictures largest; as many as possible where it does not matter.
std::size_t columnsOfLargest(std::size_t count, const QSizeF& picture, const QSizeF& room) {
  const auto scale = [&](std::size_t columns) {
    const std::size_t rows = (count + columns - 1) / columns;
    return std::min(room.width() / static_cast<double>(columns) / picture.width(),
                    room.height() / static_cast<double>(rows) / picture.height());
  };
  std::size_t best = count;
  for (std::size_t columns = count - 1; columns > 0; --columns) {
    if (scale(columns) > scale(best)) best = columns;
  }
  return best;
}

/// As black as a view without a picture.
QWidget* emptyCell() {
  auto* cell = new QWidget;
  QPalette black;
  black.setColor(QPalette::Window, kViewGround);
  cell->setPalette(black);
  cell->setAutoFillBackground(true);
  return cell;
}

/// First and last of each run of slices that are set.
std::vector<std::pair<int, int>> runsOf(const std::vector<bool>& slices) {
  std::vector<std::pair<int, int>> runs;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const int slice = static_cast<int>(i);
    if (!slices[i]) continue;
    if (!runs.empty() && runs.back().second == slice - 1) {
      runs.back().second = slice;
    } else {
      runs.emplace_back(slice, slice);
    }
  }
  return runs;
}

/// The outline of the slice through `world`.
PlaneFrame frameOf(const AxisMap& axisMap, Plane plane, const Point3& world) {
  const double slice = axisMap.sliceAt(plane, world);
  const double right = axisMap.columns(plane) - 0.5, below = axisMap.rows(plane) - 0.5;
  const QColor colour = planeColour(plane);
  return {{axisMap.worldAt(plane, -0.5, -0.5, slice), axisMap.worldAt(plane, right, -0.5, slice),
           axisMap.worldAt(plane, right, below, slice), axisMap.worldAt(plane, -0.5, below, slice)},
          {colour.redF(), colour.greenF(), colour.blueF()}};
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
  connect(surfaces_, &SurfaceView::pointPicked, this, &ViewGrid::setCrosshair);
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

/// The active view with its companions, in as many columns as give the largest pictures.
QSplitter* ViewGrid::arrangedBeside() {
  std::vector<QWidget*> all = {&activeSlice()};
  all.insert(all.end(), companions_.begin(), companions_.end());
  const Plane plane = activeSlice().plane();
  const QSizeF pictureMm(axisMap_.columns(plane) * axisMap_.columnSpacingMm(plane),
                         axisMap_.rows(plane) * axisMap_.rowSpacingMm(plane));
  const std::size_t columns = columnsOfLargest(all.size(), pictureMm, size());
  if (all.size() % columns != 0) all.push_back(surfaces_);
  while (all.size() % columns != 0) all.push_back(emptyCell());
  std::vector<QWidget*> rows;
  for (auto cell = all.begin(); cell != all.end(); cell += static_cast<std::ptrdiff_t>(columns))
    rows.push_back(splitter(Qt::Horizontal, {cell, cell + static_cast<std::ptrdiff_t>(columns)}));
  return splitter(Qt::Vertical, rows);
}

void ViewGrid::arrange(QSplitter* (ViewGrid::*arranged)()) {
  QWidget* const active = active_;
  for (QWidget* each : allViews()) each->setParent(this);
  for (SliceView* each : companions_) each->setParent(this);
  delete root_;
  activate(active);  // views that lose their parent hand the keyboard on to others
  root_ = (this->*arranged)();
  layout()->addWidget(root_);
  root_->show();
  for (QWidget* each : allViews()) each->setVisible(root_->isAncestorOf(each));
  for (SliceView* each : companions_) each->show();
}

void ViewGrid::setArrangement(ViewArrangement arrangement) {
  if (comparing()) {
    dropCompanions();
    Q_EMIT comparisonEnded();
  }
  arrangement_ = arrangement;
  arrange(arrangement == ViewArrangement::Large ? &ViewGrid::arrangedLarge : &ViewGrid::arrangedAlike);
  if (arrangement == ViewArrangement::Single) {
    for (QWidget* each : allViews()) each->setVisible(each == active_);
    for (auto* half : root_->findChildren<QSplitter*>()) half->setVisible(half->isAncestorOf(active_));
  }
  active_->setFocus();
}

void ViewGrid::addCompanion(const ShownMap& map) {
  const SliceView& main = activeSlice();
  auto* beside = new SliceView(main.plane(), this);
  connectSlice(*beside);
  beside->setVolume(volume_, axisMap_);
  beside->setWindowLevel(main.windowLevel());
  beside->setLabels(map.labels);
  beside->setScribbles(scribbles_);
  beside->setPalette(map.palette);
  beside->setCaption(map.caption, map.key);
  beside->setSynthetic(synthetic_);
  beside->setCrosshair(main.crosshair());
  companions_.push_back(beside);
}

void ViewGrid::dropCompanions() {
  for (SliceView* each : companions_) each->deleteLater();  // it may be in the middle of an event of its own
  for (SliceView* each : companions_) each->hide();
  companions_.clear();
  const ShownMap shown = instead_.value_or(ShownMap());
  activeSlice().setCaption(shown.caption, shown.key);
}

void ViewGrid::showBeside(const std::vector<ShownMap>& maps) {
  if (maps.empty()) return comparing() ? setArrangement(arrangement_) : void();
  activate(&activeSlice());
  const bool again = maps.size() == companions_.size() && companions_.front()->plane() == activeSlice().plane();
  if (again) {
    for (std::size_t i = 0; i < maps.size(); ++i) {
      companions_[i]->setLabels(maps[i].labels);
      companions_[i]->setPalette(maps[i].palette);
      companions_[i]->setCaption(maps[i].caption, maps[i].key);
    }
    return;
  }
  dropCompanions();
  for (const ShownMap& map : maps) addCompanion(map);
  activeSlice().setCaption(tr("Revision"));
  arrange(&ViewGrid::arrangedBeside);
  activeSlice().setFocus();
}

void ViewGrid::showInstead(const std::optional<ShownMap>& map) {
  instead_ = map;
  for (SliceView* slice : slices_) {
    slice->setCaption(map ? map->caption : QString(), map ? map->key : std::vector<CaptionKey>());
    slice->setPalette(map ? map->palette : palette_);
    slice->setLabels(map ? map->labels : labels_);
  }
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
    updatePlanes();
  });
  connect(&slice, &SliceView::lookMoved, this, [this, &slice] {
    forEachSlice([&](SliceView& other) {
      if (&other != &slice && other.plane() == slice.plane()) other.lookAs(slice);
    });
  });
  connect(&slice, &SliceView::windowLevelDragged, this, &ViewGrid::setWindowLevel);
  connect(&slice, &SliceView::maximiseRequested, this, [this, &slice] { toggleMaximised(&slice); });
  connect(&slice, &SliceView::activated, this, [this, &slice] {
    if (std::ranges::find(slices_, &slice) != slices_.end()) activate(&slice);  // companions go with their main view
  });
  connect(&slice, &SliceView::hovered, this, &ViewGrid::hovered);
  connect(&slice, &SliceView::sliceChanged, this, &ViewGrid::sliceChanged);
  connect(&slice, &SliceView::pointerPressed, this, &ViewGrid::strokePressed);
  connect(&slice, &SliceView::organPicked, this, &ViewGrid::organPicked);
  connect(&slice, &SliceView::menuAsked, this, &ViewGrid::menuAsked);
  connect(&slice, &SliceView::pointerMoved, this, &ViewGrid::strokeMoved);
  connect(&slice, &SliceView::pointerReleased, this, &ViewGrid::strokeReleased);
  connect(&slice, &SliceView::pointerCancelled, this, &ViewGrid::strokeCancelled);
  connect(&slice, &SliceView::measured, this, &ViewGrid::measured);
  connect(&slice, &SliceView::polygonClosed, this, &ViewGrid::polygonClosed);
  connect(&slice, &SliceView::brushSizeStep, this, &ViewGrid::brushSizeStep);
}

void ViewGrid::activate(QWidget* view) {
  active_ = view;
  forEachSlice([&](SliceView& slice) { slice.setActive(&slice == view); });
}

void ViewGrid::clear(const QString& message, ViewMessage kind) {
  if (comparing()) setArrangement(arrangement_);
  instead_.reset();
  labels_ = {};
  volume_ = {};
  forEachSlice([this](SliceView& slice) {
    slice.clear();
    slice.setMessage({});
    slice.setCaption({});
    slice.setPalette(palette_);
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
  volume_ = opened.volume;
  axisMap_ = axisMap;
  synthetic_ = opened.synthetic;
  setSecond({}, 0);  // it was another case's
  forEachSlice([&](SliceView& slice) {
    slice.setMessage({});
    slice.setVolume(opened.volume, axisMap);
    slice.setSynthetic(opened.synthetic);
  });
  setCrosshair(crosshair());
  surfaces_->setBones(opened.volume, opened.geometry);
}

void ViewGrid::setLabels(const LabelLayers& labels, const std::optional<Box>& changed) {
  labels_ = labels;
  if (instead_) return;
  for (SliceView* slice : slices_) slice->setLabels(labels, changed);
}

void ViewGrid::setScribbles(const LabelMap& raster, const std::optional<Box>& changed) {
  scribbles_ = raster;
  forEachSlice([&](SliceView& slice) { slice.setScribbles(raster, changed); });
}

void ViewGrid::setPalettes(const LabelPalette& slices, const LabelPalette& surfaces) {
  palette_ = slices;
  if (!instead_) {
    for (SliceView* slice : slices_) slice->setPalette(slices);
  }
  surfaces_->setPalette(surfaces);
}

void ViewGrid::setWindowLevel(const WindowLevel& window) {
  forEachSlice([&](SliceView& slice) { slice.setWindowLevel(window); });
}

void ViewGrid::setTool(ViewTool tool, double radiusMm, bool ball) {
  for (SliceView* slice : slices_) slice->setActiveTool(tool, radiusMm, ball);  // companions are for looking
}

void ViewGrid::setSecond(const Volume& volume, double part) {
  for (SliceView* slice : slices_) slice->setSecond(volume, part);
}

void ViewGrid::setReference(const std::optional<LabelMap>& reference, bool coloured) {
  for (SliceView* slice : slices_) slice->setReference(reference, coloured);
}

void ViewGrid::setNote(const QString& text) { view(Plane::Axial).setMessage(text, ViewMessage::Busy); }

void ViewGrid::setSliceMarks(const Box& organ, const QColor& colour, const SlicesByAxis& edited,
                             const AxisMap& axisMap) {
  const QColor faint(colour.red(), colour.green(), colour.blue(), kMarkAlpha);
  forEachSlice([&](SliceView& slice) {
    std::vector<SliceMark> marks;
    const PlaneAxes& axes = axisMap.axes(slice.plane());
    const int highest = axisMap.slices(slice.plane()) - 1;
    const auto mark = [&](int first, int last, const QColor& shade, SliceMark::Kind kind) {
      if (axes.sliceFlipped) std::tie(first, last) = std::pair(highest - last, highest - first);
      marks.push_back({first, last, shade, kind});
    };
    if (!organ.empty())
      mark(organ.lower[axes.sliceAxis], organ.upper[axes.sliceAxis] - 1, faint, SliceMark::Kind::Organ);
    for (const auto& [first, last] : runsOf(edited[static_cast<std::size_t>(axes.sliceAxis)]))
      mark(first, last, kViewAccent, SliceMark::Kind::Edit);
    slice.setSliceMarks(marks);
  });
}

void ViewGrid::setCrosshair(const Point3& world) {
  forEachSlice([&](SliceView& slice) { slice.setCrosshair(world); });
  updatePlanes();
}

void ViewGrid::showPlanes(bool shown) {
  planesShown_ = shown;
  updatePlanes();
}

void ViewGrid::updatePlanes() {
  std::vector<PlaneFrame> frames;
  for (const Plane plane : kPlanes) {
    if (planesShown_ && !volume_.empty()) frames.push_back(frameOf(axisMap_, plane, crosshair()));
  }
  surfaces_->setPlanes(frames);
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

bool ViewGrid::dropDraft() {
  bool dropped = false;
  forEachSlice([&](SliceView& slice) {
    dropped = dropped || slice.hasDraft();
    slice.dropDraft();
  });
  return dropped;
}

SliceView& ViewGrid::activeSlice() const {
  auto* slice = qobject_cast<SliceView*>(active_);
  return slice != nullptr ? *slice : view(Plane::Axial);
}

void ViewGrid::setLines(const std::vector<SliceLine>& lines) {
  forEachSlice([&lines](SliceView& slice) { slice.setLines(lines); });
}

void ViewGrid::stepSlice(int steps) { activeSlice().setSlice(activeSlice().sliceNumber() + steps); }

void ViewGrid::windowFromPicture() {
  if (const auto window = windowOf(activeSlice().picture().grey())) setWindowLevel(*window);
}

void ViewGrid::startSurfaces(const std::shared_ptr<CrashMarker>& marker) {
  auto* probe = new Probe3d({}, this);
  connect(probe, &Probe3d::finished, this, [this, probe, marker](bool works, const QString& reason) {
    if (works) {
      surfaces_->start(marker);
    } else {
      surfaces_->setUnavailable(reason);
    }
    probe->deleteLater();
  });
  probe->start();
}

}  // namespace recontour
