#include "ui/views/slice_view.h"

#include <QPaintEvent>
#include <QPainter>
#include <algorithm>

#include "ui/views/view_colours.h"

namespace recontour {

namespace {
constexpr double kSliderGap = 4;
constexpr double kSmallBrush = 10, kTickGap = 3, kTick = 5;  // pixels
constexpr double kHeadingStrip = 24;  // above a fitted picture: a liver dome must not lie beneath words
constexpr double kFootStrip = 24;     // below it: nor a femoral head beneath the scale bar

/// Four lines towards a point from outside, so that a small circle is found: it is the pointer.
void paintTicks(QPainter& painter, const QPointF& at, double from) {
  for (const QPointF& way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
    painter.drawLine(at + way * from, at + way * (from + kTick));
}

}  // namespace

SliceView::SliceView(Plane plane, QWidget* parent) : QWidget(parent), plane_(plane) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setMouseTracking(true);
  setTabletTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(160, 120);
  setAccessibleName(tr("%1 view").arg(QString::fromLatin1(planeName(plane))));
}

void SliceView::clear() {
  cancelStroke();
  gesture_.cancel();
  hasGrid_ = painted_ = false;
  volume_ = {};
  labels_ = {};
  scribbles_ = {};
  reference_.reset();
  marks_.clear();
  picture_.clear();
  slice_ = 0;
  update();
}

void SliceView::setGrid(const AxisMap& axisMap) {
  if (hasGrid_ && axisMap.geometry() == axisMap_.geometry()) return;
  clear();
  axisMap_ = axisMap;
  hasGrid_ = true;
  const Size3& size = axisMap.geometry().size;
  crosshair_ = axisMap.geometry().toWorld(Index3{size.x / 2, size.y / 2, size.z / 2});
  slice_ = axisMap.sliceAt(plane_, crosshair_);
  transform_.setPicture(QSizeF(axisMap.columns(plane_), axisMap.rows(plane_)),
                        QSizeF(axisMap.columnSpacingMm(plane_), axisMap.rowSpacingMm(plane_)));
  transformChanged();
}

void SliceView::setVolume(const Volume& volume, const AxisMap& axisMap) {
  setGrid(axisMap);
  volume_ = volume;
  readSlice();
}

void SliceView::setSecond(const Volume& volume, double part) {
  second_ = volume;
  secondPart_ = part;
  readSlice();
}

void SliceView::setFirstSlice(const Slice<std::int16_t>& grey, const AxisMap& axisMap, int slice) {
  setGrid(axisMap);
  const Point3 picture = axisMap_.pictureAt(plane_, crosshair_);
  crosshair_ = axisMap_.worldAt(plane_, picture.x, picture.y, slice);
  showSlice(slice);
  picture_.setGrey(grey);
  update();
}

void SliceView::setLabels(const LabelLayers& labels, const std::optional<Box>& changed) {
  const bool partly =
      changed && picture_.hasLabels() && labels.size() == labels_.size() && labels.structures() == labels_.structures();
  labels_ = labels;
  if (partly) {
    update(picture_.refreshLabels(labels_, axisMap_, plane_, slice_, *changed));
  } else {
    readSlice();
  }
}

void SliceView::setScribbles(const LabelMap& raster, const std::optional<Box>& changed) {
  const bool partly = changed && picture_.hasScribbles() && raster.size() == scribbles_.size();
  scribbles_ = raster;
  if (partly) return update(picture_.refreshScribbles(scribbles_, axisMap_, plane_, slice_, *changed));
  readSlice();
}

void SliceView::setReference(const std::optional<LabelMap>& reference, bool coloured) {
  reference_ = reference;
  referenceColoured_ = coloured;
  readSlice();
}

void SliceView::setPalette(const LabelPalette& palette) {
  picture_.setPalette(palette);
  update();
}

void SliceView::setWindowLevel(const WindowLevel& window) {
  if (window == window_) return;
  window_ = window;
  picture_.setWindowLevel(window);
  update();
}

void SliceView::setCrosshair(const Point3& world) {
  if (!hasGrid_) return;
  crosshair_ = world;
  const int slice = axisMap_.sliceAt(plane_, world);
  update();
  if (slice == slice_) return;
  showSlice(slice);
  Q_EMIT sliceChanged(plane_, slice_);
}

void SliceView::setSlice(int slice) {
  slice = std::clamp(slice, 0, std::max(0, sliceCount() - 1));
  if (slice == slice_ || gesture_.kind() == DragKind::Stroke || volume_.empty()) return;
  const Point3 picture = axisMap_.pictureAt(plane_, crosshair_);
  moveCrosshair(axisMap_.worldAt(plane_, picture.x, picture.y, slice));
}

void SliceView::moveCrosshair(const Point3& world) {
  setCrosshair(world);
  Q_EMIT crosshairMoved(world);
}

void SliceView::setActiveTool(ViewTool tool, double radiusMm, bool ball) {
  if (tool != tool_) {
    draft_.clear();
    measurement_.reset();
  }
  tool_ = tool;
  radiusMm_ = radiusMm;
  ball_ = ball;
  updateToolPointer();
  update();
}

void SliceView::setActive(bool active) {
  active_ = active;
  update();
}

void SliceView::setOptions(const SliceOptions& options) {
  options_ = options;
  picture_.setSmooth(options.smooth);
  update();
}

void SliceView::setSynthetic(bool synthetic) {
  synthetic_ = synthetic;
  update();
}

void SliceView::setMessage(const QString& text, ViewMessage kind) {
  message_ = text;
  messageKind_ = kind;
  update();
}

void SliceView::setSliceMarks(const std::vector<SliceMark>& marks) {
  marks_ = marks;
  update(sliderRect().toAlignedRect().adjusted(-4, -4, 4, 4));
}

void SliceView::setCaption(const QString& caption, const std::vector<CaptionKey>& key) {
  caption_ = caption;
  captionKey_ = key;
  update();
}

void SliceView::fit() {
  transform_.fit();
  lookChanged();
}

void SliceView::lookAs(const SliceView& other) {
  transform_.lookAs(other.transform_);
  transformChanged();
}

void SliceView::lookChanged() {
  transformChanged();
  Q_EMIT lookMoved();
}

void SliceView::centreOnCrosshair() {
  transform_.panBy(fittedRect().center() - widgetFromWorld(crosshair_));
  lookChanged();
}

void SliceView::transformChanged() {
  transform_.setViewport(fittedRect());
  picture_.setFrame(transform_, size(), devicePixelRatioF());
  update();
}

void SliceView::showSlice(int slice) {
  slice_ = slice;
  draft_.clear();  // it belonged to the other slice
  measurement_.reset();
  readSlice();
}

void SliceView::readSlice() {
  const auto onGrid = [&](const auto& map) {
    return hasGrid_ && !map.empty() && map.size() == axisMap_.geometry().size;
  };
  if (!volume_.empty()) picture_.readGrey(volume_, axisMap_, plane_, slice_);
  const bool hasSecond = !volume_.empty() && second_.size() == volume_.size();
  picture_.readSecond(hasSecond ? second_ : Volume(), secondPart_, axisMap_, plane_, slice_);
  if (onGrid(labels_)) {
    picture_.readLabels(labels_, axisMap_, plane_, slice_);
  } else {
    picture_.dropLabels();
  }
  picture_.readScribbles(onGrid(scribbles_) ? scribbles_ : LabelMap(), axisMap_, plane_, slice_);
  const bool hasReference = reference_ && onGrid(*reference_);
  picture_.setReference(
      hasReference ? std::optional(extractSlice(*reference_, axisMap_, plane_, slice_)) : std::nullopt,
      referenceColoured_);
  update();
}

QPointF SliceView::widgetFromWorld(const Point3& world) const {
  const Point3 picture = axisMap_.pictureAt(plane_, world);
  return transform_.toWidget({picture.x, picture.y});
}

Point3 SliceView::worldFromWidget(const QPointF& widget) const {
  const QPointF picture = transform_.toPicture(widget);
  return axisMap_.worldAt(plane_, picture.x(), picture.y(), slice_);
}

SliceOverlay SliceView::overlay() const {
  SliceOverlay overlay;
  overlay.plane = plane_;
  overlay.window = window_;
  overlay.active = active_;
  overlay.message = message_;
  overlay.caption = caption_;
  overlay.captionKey = captionKey_;
  overlay.annotations = options_.annotations;
  overlay.messageKind = messageKind_;
  if (!hasPicture()) return overlay;
  overlay.slice = slice_;
  overlay.slices = sliceCount();
  const Point3 centre =
      axisMap_.worldAt(plane_, (axisMap_.columns(plane_) - 1) / 2.0, (axisMap_.rows(plane_) - 1) / 2.0, slice_);
  overlay.positionMm = plane_ == Plane::Axial ? centre.z : plane_ == Plane::Coronal ? centre.y : centre.x;
  overlay.letters = axisMap_.letters(plane_);
  overlay.pixelsPerMm = transform_.pixelsPerMm();
  overlay.sliceSpacingMm = axisMap_.sliceSpacingMm(plane_);
  overlay.obliqueDegrees = obliquityDegrees(axisMap_.geometry());
  if (options_.crosshair) overlay.crosshair = widgetFromWorld(crosshair_);
  overlay.synthetic = synthetic_;
  overlay.marks = marks_;
  return overlay;
}

QRectF SliceView::fittedRect() const {
  return {0, kHeadingStrip, sliderRect().left() - kSliderGap, height() - kHeadingStrip - kFootStrip};
}

QRectF SliceView::sliderRect() const { return sliceSliderRect(size()); }

QRect SliceView::brushRect(const QPointF& at) const {
  const double radius = radiusMm_ * transform_.pixelsPerMm() + kTickGap + kTick + 2;
  return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius).toAlignedRect();
}

void SliceView::paintBrush(QPainter& painter) const {
  if (!brushAt_ || !hasCircle(tool_)) return;
  const double radius = radiusMm_ * transform_.pixelsPerMm();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  const bool erases = erases_ || tool_ == ViewTool::Eraser;
  for (const QPen& pen : {QPen(QColor(0, 0, 0, 160), 3), QPen(Qt::white, 1.2, erases ? Qt::DashLine : Qt::SolidLine)}) {
    painter.setPen(pen);
    painter.drawEllipse(*brushAt_, radius, radius);
    if (radius < kSmallBrush) paintTicks(painter, *brushAt_, radius + kTickGap);
  }
  painter.setPen(QPen(QColor(255, 255, 255, 140), 1));
  if (ball_ && radius > 6)
    painter.drawEllipse(*brushAt_, radius, radius * 0.3);  // an equator: a ball reaches through slices
}

void SliceView::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  const QRect dirty = event->region().boundingRect();
  painter.fillRect(dirty, kViewGround);
  painter.setClipRect(dirty);
  if (hasPicture()) picture_.paint(painter, dirty);
  paintSliceOverlay(painter, size(), overlay());
  if (!hasPicture()) return;
  const auto toWidget = [this](const Point3& world) { return widgetFromWorld(world); };
  draft_.paint(painter, toWidget, draftErases_ ? kViewWarning : kViewAccent, true);
  path_.paint(painter, toWidget, erases_ ? kViewWarning : kViewAccent, false, tool_ == ViewTool::Lasso);
  paintLines(painter);
  paintMeasure(painter);
  paintBrush(painter);
  if (painted_) return;
  painted_ = true;
  Q_EMIT firstPainted();
}

void SliceView::resizeEvent(QResizeEvent*) { transformChanged(); }

}  // namespace recontour
