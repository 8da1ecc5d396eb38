#include "ui/views/surface_scene.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

#include "ui/views/crash_marker.h"
#include "ui/views/surface_worker.h"

namespace recontour {

namespace {

/// Sets the marker as long as it lives.
class Marked {
 public:
  explicit Marked(CrashMarker* marker) : marker_(marker) {
    if (marker_ != nullptr) marker_->set(true);
  }
  ~Marked() {
    if (marker_ != nullptr) marker_->set(false);
  }
  Marked(const Marked&) = delete;
  Marked& operator=(const Marked&) = delete;

 private:
  CrashMarker* marker_;
};

}  // namespace

/// The latest-wins slot between the two threads.
struct SurfaceScene::Shared {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::optional<SurfaceRequest> wanted;

  /// Waits for a request, as long as that may take. @return what is asked for, if anything
  std::optional<SurfaceRequest> take(const std::stop_token& stop, std::optional<std::chrono::milliseconds> longest) {
    std::unique_lock lock(mutex);
    const auto asked = [this] { return wanted.has_value(); };
    if (!longest) changed.wait(lock, stop, asked);
    if (longest) changed.wait_for(lock, stop, *longest, asked);
    return std::exchange(wanted, std::nullopt);
  }
};

SurfaceScene::SurfaceScene(std::shared_ptr<CrashMarker> marker, QObject* parent)
    : QObject(parent), shared_(std::make_shared<Shared>()) {
  const auto run = [this, shared = shared_, marker = std::move(marker)](const std::stop_token& stop) {
    SurfaceWorker worker;
    while (!stop.stop_requested()) {
      auto wanted = shared->take(stop, worker.rest());
      const Marked marked(marker.get());
      if (wanted) worker.apply(*std::move(wanted));
      if (const auto at = worker.takePicked()) {
        QMetaObject::invokeMethod(this, [this, world = *at] { Q_EMIT picked(world); });
      }
      if (worker.frameDue()) {
        QMetaObject::invokeMethod(this, [this, frame = worker.frame()] { deliver(frame); });
      } else {
        worker.meshNext();
      }
    }
  };
  thread_ = std::jthread([this, run](const std::stop_token& stop) {
    try {
      run(stop);
    } catch (const std::exception& error) {  // out of memory: all else goes on
      QMetaObject::invokeMethod(this, [this, why = QString::fromUtf8(error.what())] { Q_EMIT failed(why); });
    }
  });
}

SurfaceScene::~SurfaceScene() {
  thread_.request_stop();
  thread_.join();  // at most one mesh or frame away; its calls to this object are dropped with it
}

template <typename Change>
void SurfaceScene::ask(Change change) {
  {
    const std::lock_guard lock(shared_->mutex);
    if (!shared_->wanted) shared_->wanted.emplace();
    shared_->wanted->revision = ++asked_;
    change(*shared_->wanted);
  }
  shared_->changed.notify_one();
}

void SurfaceScene::setLabels(const LabelLayers& labels, const Geometry& geometry) {
  ask([&](SurfaceRequest& wanted) { wanted.labels = LabelScene{labels, geometry}; });
}

void SurfaceScene::setPalette(const LabelPalette& palette) {
  ask([&](SurfaceRequest& wanted) { wanted.palette = palette; });
}

void SurfaceScene::setBones(const Volume& volume, const Geometry& geometry) {
  ask([&](SurfaceRequest& wanted) { wanted.bones = BoneScene{volume, geometry}; });
}

void SurfaceScene::clear() {
  ask([&](SurfaceRequest& wanted) {
    wanted.labels.reset();
    wanted.bones.reset();
    wanted.clear = wanted.reset = true;
  });
}

void SurfaceScene::setSize(const QSize& devicePixels) {
  ask([&](SurfaceRequest& wanted) { wanted.size = devicePixels; });
}

void SurfaceScene::rotate(const QPointF& delta) {
  ask([&](SurfaceRequest& wanted) { wanted.rotate += delta; });
}

void SurfaceScene::pan(const QPointF& delta) {
  ask([&](SurfaceRequest& wanted) { wanted.pan += delta; });
}

void SurfaceScene::zoom(double factor) {
  ask([&](SurfaceRequest& wanted) { wanted.zoom *= factor; });
}

void SurfaceScene::setPlanes(const std::vector<PlaneFrame>& planes) {
  ask([&](SurfaceRequest& wanted) { wanted.planes = planes; });
}

void SurfaceScene::showVolume(bool shown) {
  ask([&](SurfaceRequest& wanted) { wanted.volume = shown; });
}

void SurfaceScene::pick(const QPointF& at) {
  ask([&](SurfaceRequest& wanted) { wanted.pick = at; });
}

void SurfaceScene::rebuild() {
  ask([](SurfaceRequest& wanted) { wanted.rebuild = true; });
}

void SurfaceScene::resetCamera() {
  ask([&](SurfaceRequest& wanted) {
    wanted.reset = true;
    wanted.rotate = wanted.pan = {};
    wanted.zoom = 1;
  });
}

bool SurfaceScene::settled() const { return shown_ == asked_; }

void SurfaceScene::deliver(const SurfaceFrame& frame) {
  if (frame.complete) shown_ = frame.revision;
  Q_EMIT frameReady(frame);
  if (settled()) Q_EMIT becameSettled();
}

}  // namespace recontour
