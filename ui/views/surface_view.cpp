#include "ui/views/surface_view.h"

#include <QEventLoop>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/views/view_colours.h"

namespace recontour {
namespace {

constexpr int kPlanesMs = 120, kPlanesLatestMs = 1000;
constexpr double kClickPx = 4;
constexpr double kZoomPerNotch = 1.15;
constexpr double kZoomPerPixel = 1.008;

/// The patient direction nearest to a world direction.
QString letterAlong(const Point3& direction) {
  constexpr std::array<const char*, 3> kPositive = {"L", "P", "H"}, kNegative = {"R", "A", "F"};
  int axis = 0;
  for (int a = 1; a < 3; ++a) axis = std::abs(direction[a]) > std::abs(direction[axis]) ? a : axis;
  const auto& names = direction[axis] > 0 ? kPositive : kNegative;
  return QString::fromLatin1(names[static_cast<std::size_t>(axis)]);
}

/// With a dark rim, since surfaces and frames pass beneath.
void centred(QPainter& painter, const QPointF& at, const QString& words) {
  const QRectF place(at.x() - 20, at.y() - 10, 40, 20);
  painter.setPen(kViewGround);
  for (const QPointF& rim : {QPointF(-1.5, 0), QPointF(1.5, 0), QPointF(0, -1.5), QPointF(0, 1.5)})
    painter.drawText(place.translated(rim), Qt::AlignCenter, words);
  painter.setPen(kViewText);
  painter.drawText(place, Qt::AlignCenter, words);
}

void paintLetters(QPainter& painter, const QSizeF& view, const SurfaceFrame& frame) {
  QFont font = painter.font();
  font.setPixelSize(12);
  font.setBold(true);
  painter.setFont(font);
  centred(painter, {14, view.height() / 2}, letterAlong(frame.right * -1.0));
  centred(painter, {view.width() - 14, view.height() / 2}, letterAlong(frame.right));
  centred(painter, {view.width() / 2, 15}, letterAlong(frame.up));
  centred(painter, {view.width() / 2, view.height() - 14}, letterAlong(frame.up * -1.0));
}

}  // namespace

/// What the scene shows, or will once it starts.
struct SurfaceView::Content {
  std::optional<LabelLayers> labels;
  std::optional<Volume> bones;
  Geometry geometry;
  std::optional<LabelPalette> palette;
  std::vector<PlaneFrame> planes;
  bool volume = false;
};

SurfaceView::SurfaceView(QWidget* parent) : QWidget(parent), content_(std::make_unique<Content>()) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(160, 120);
  setAccessibleName(tr("3D view"));
  planesTimer_ = new QTimer(this);
  planesTimer_->setSingleShot(true);
  planesTimer_->setInterval(kPlanesMs);
  connect(planesTimer_, &QTimer::timeout, this, [this] {
    if (scene_) scene_->setPlanes(content_->planes);
    if (isSettled()) Q_EMIT settled();
  });
}

SurfaceView::~SurfaceView() = default;

void SurfaceView::start(std::shared_ptr<CrashMarker> marker) {
  if (scene_) return;
  unavailable_.clear();
  scene_ = std::make_unique<SurfaceScene>(std::move(marker));
  connect(scene_.get(), &SurfaceScene::frameReady, this, &SurfaceView::showFrame);
  connect(scene_.get(), &SurfaceScene::becameSettled, this, &SurfaceView::settled);
  connect(scene_.get(), &SurfaceScene::picked, this, &SurfaceView::pointPicked);
  connect(scene_.get(), &SurfaceScene::failed, this, &SurfaceView::setUnavailable, Qt::QueuedConnection);
  sendContent();
}

void SurfaceView::sendContent() {
  if (content_->palette) scene_->setPalette(*content_->palette);
  scene_->setSize((QSizeF(size()) * devicePixelRatioF()).toSize());
  if (content_->labels) scene_->setLabels(*content_->labels, content_->geometry);
  if (content_->bones) scene_->setBones(*content_->bones, content_->geometry);
  scene_->setPlanes(content_->planes);
  if (content_->volume) scene_->showVolume(true);
}

void SurfaceView::setUnavailable(const QString& reason) {
  scene_.reset();
  frame_ = {};
  unavailable_ = reason;
  update();
  Q_EMIT settled();
}

void SurfaceView::setLabels(const LabelLayers& labels, const Geometry& geometry) {
  content_->labels = labels;
  content_->geometry = geometry;
  if (scene_) scene_->setLabels(labels, geometry);
}

void SurfaceView::setPalette(const LabelPalette& palette) {
  content_->palette = palette;
  if (scene_) scene_->setPalette(palette);
}

void SurfaceView::setBones(const Volume& volume, const Geometry& geometry) {
  content_->bones = volume;
  content_->geometry = geometry;
  if (scene_) scene_->setBones(volume, geometry);
}

void SurfaceView::setPlanes(const std::vector<PlaneFrame>& planes) {
  if (content_->planes == planes) return;
  content_->planes = planes;
  if (!planesTimer_->isActive()) planesWait_.start();
  // Put off while they move, for a picture costs a software renderer both cores; but not for ever.
  if (scene_ && (!planesTimer_->isActive() || planesWait_.elapsed() < kPlanesLatestMs)) planesTimer_->start();
}

void SurfaceView::showVolume(bool shown) {
  content_->volume = shown;
  if (scene_) scene_->showVolume(shown);
}

void SurfaceView::rebuild() {
  if (scene_) scene_->rebuild();
}

void SurfaceView::clear() {
  content_->planes.clear();
  content_->labels.reset();
  content_->bones.reset();
  frame_ = {};
  if (scene_) scene_->clear();
  update();
}

void SurfaceView::resetCamera() {
  if (scene_) scene_->resetCamera();
}

bool SurfaceView::isSettled() const {
  return scene_ ? scene_->settled() && !planesTimer_->isActive() : !unavailable_.isEmpty();
}

bool SurfaceView::waitUntilSettled(int timeoutMs) {
  if (isSettled()) return true;
  QEventLoop loop;
  connect(this, &SurfaceView::settled, &loop, &QEventLoop::quit);
  QTimer::singleShot(timeoutMs, &loop, &QEventLoop::quit);
  loop.exec();
  return isSettled();
}

void SurfaceView::showFrame(const SurfaceFrame& frame) {
  const bool first = frame_.image.isNull();
  frame_ = frame;
  frame_.image.setDevicePixelRatio(devicePixelRatioF());
  update();
  if (first) Q_EMIT firstFrame();
  if (frame.volumeRefused.isEmpty()) return;
  content_->volume = false;
  Q_EMIT volumeRefused(frame.volumeRefused);
}

QString SurfaceView::message() const {
  if (!unavailable_.isEmpty()) return tr("3D is off: %1").arg(unavailable_);
  if (!scene_) return tr("Preparing 3D");
  const bool wanted = content_->labels && !content_->labels->empty();
  if (frame_.surfaces > 0 || frame_.volume) return {};
  return wanted && !isSettled() ? tr("Preparing surfaces") : tr("Surfaces appear with the contours");
}

void SurfaceView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), kViewGround);
  if (frame_.surfaces > 0 || frame_.volume) {
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(rect()), frame_.image);
    paintLetters(painter, size(), frame_);
  }
  QFont font = painter.font();
  font.setPixelSize(11);
  font.setBold(true);
  painter.setFont(font);
  painter.setPen(kViewText);
  painter.drawText(QPointF(8, 19), tr("3D"));
  font.setBold(false);
  painter.setFont(font);
  painter.setPen(kViewDimText);
  if (frame_.surfaces > 0 && !frame_.volume) {
    const QString grey = tr("grey: above %1 HU").arg(kBoneHu);
    painter.drawText(QPointF(8, height() - 10.0), grey);
  }
  font.setPixelSize(12);
  font.setBold(false);
  painter.setFont(font);
  painter.setPen(kViewDimText);
  painter.drawText(rect().adjusted(32, 32, -32, -32), Qt::AlignCenter | Qt::TextWordWrap, message());
}

void SurfaceView::resizeEvent(QResizeEvent*) {
  if (scene_) scene_->setSize((QSizeF(size()) * devicePixelRatioF()).toSize());
}

void SurfaceView::mousePressEvent(QMouseEvent* event) { last_ = pressed_ = event->position(); }

/// A click that did not turn anything points at what it meets.
void SurfaceView::mouseReleaseEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  const bool click = event->button() == Qt::LeftButton && (at - pressed_).manhattanLength() < kClickPx;
  if (scene_ && click) scene_->pick({at.x() / std::max(1, width()), at.y() / std::max(1, height())});
}

void SurfaceView::mouseMoveEvent(QMouseEvent* event) {
  const QPointF way = event->position() - last_;
  last_ = event->position();
  if (!scene_) return;
  const bool left = event->buttons().testFlag(Qt::LeftButton), shift = event->modifiers().testFlag(Qt::ShiftModifier);
  const QPointF delta = way / std::max(1, height());
  if (event->buttons().testFlag(Qt::MiddleButton) || (left && shift)) return scene_->pan(delta);
  if (left) return scene_->rotate(delta);
  if (event->buttons().testFlag(Qt::RightButton)) scene_->zoom(std::pow(kZoomPerPixel, -way.y()));
}

void SurfaceView::mouseDoubleClickEvent(QMouseEvent*) { Q_EMIT maximiseRequested(); }

void SurfaceView::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (scene_) scene_->zoom(std::pow(kZoomPerNotch, event->angleDelta().y() / 120.0));
}

void SurfaceView::keyPressEvent(QKeyEvent* event) {
  const bool plain = event->modifiers() == Qt::NoModifier;
  if (plain && (event->key() == Qt::Key_R || event->key() == Qt::Key_F)) return resetCamera();
  QWidget::keyPressEvent(event);
}

}  // namespace recontour
