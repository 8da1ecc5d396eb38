#include "ui/views/surface_worker.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <vtkPolyData.h>

#include "core/base/freed_memory.h"
#include "ui/views/surface_mesh.h"
#include "ui/views/volume_layer.h"

namespace recontour {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kFrameWhileMeshing{250};
constexpr milliseconds kStill{180};  // then a hand has come to rest
constexpr milliseconds kFluent{40};  // slower pictures are coarse while a hand turns
constexpr milliseconds kLongestVolume{1000};

std::bitset<256> labelsIn(const LabelMap::BrickPointer& brick) {
  std::bitset<256> found;
  if (!brick.get()) return found;
  Label last = 0;
  for (const Label label : brick.get()->labels) {
    if (label != last) found.set(label);
    last = label;
  }
  return found;
}

/// Of everything that is labelled, to whole bricks; the grid's when nothing is.
Box labelledBox(const LabelLayers& layers, const Geometry& geometry) {
  Box box;
  for (const Label number : layers.numbers()) {
    const LabelMap& labels = layers.layer(number);
    for (std::size_t i = 0; i < labels.brickCount(); ++i) {
      if (labels.brick(i).get()) box = unite(box, labels.brickBox(i));
    }
  }
  return box.empty() ? geometry.box() : box;
}

/// Corners of a box in world mm.
std::pair<Point3, Point3> worldBounds(const Box& box, const Geometry& geometry) {
  Point3 lower = geometry.toWorld(box.lower), upper = lower;
  for (int corner = 1; corner < 8; ++corner) {
    const Point3 at =
        geometry.toWorld(Index3{corner & 1 ? box.upper.x : box.lower.x, corner & 2 ? box.upper.y : box.lower.y,
                                corner & 4 ? box.upper.z : box.lower.z});
    for (int a = 0; a < 3; ++a) {
      lower[a] = std::min(lower[a], at[a]);
      upper[a] = std::max(upper[a], at[a]);
    }
  }
  return {lower, upper};
}

/// Whether an edge was moved as a whole, across itself.
bool moved(const std::pair<Point3, Point3>& before, const std::pair<Point3, Point3>& after) {
  constexpr double kVoxel = 0.5;
  for (int a = 0; a < 3; ++a) {
    const bool across = std::abs(before.first[a] - before.second[a]) < kVoxel;
    if (across && std::abs(after.first[a] - before.first[a]) > kVoxel) return true;
  }
  return false;
}

/// The part of a slice's frame around the organs, or it would lie out of sight; all of it beside them.
PlaneFrame trimmed(PlaneFrame frame, const Geometry& geometry, const Box& box) {
  std::array<Point3, 4> corners;
  std::ranges::transform(frame.corners, corners.begin(), [&](const Point3& at) { return geometry.toIndex(at); });
  const std::array<Point3, 4> whole = corners;
  for (int a = 0; a < 3; ++a) {
    const auto [least, largest] = std::ranges::minmax(corners, {}, [a](const Point3& at) { return at[a]; });
    if (largest[a] - least[a] < 0.5) continue;  // the direction in which the slice is flat
    for (Point3& at : corners) at[a] = std::clamp(at[a], box.lower[a] - 0.5, box.upper[a] - 0.5);
  }
  for (std::size_t i = 0; i < 4; ++i)
    frame.goesOn[i] = moved({whole[i], whole[(i + 1) % 4]}, {corners[i], corners[(i + 1) % 4]});
  std::ranges::transform(corners, frame.corners.begin(), [&](const Point3& at) { return geometry.toWorld(at); });
  return frame;
}

std::bitset<256> changedIn(const LabelMap& before, const LabelMap& after) {
  std::bitset<256> changed;
  const bool sameGrid = before.size() == after.size();
  for (std::size_t i = 0; i < before.brickCount(); ++i) {
    if (!sameGrid || !(before.brick(i) == after.brick(i))) changed |= labelsIn(before.brick(i));
  }
  for (std::size_t i = 0; i < after.brickCount(); ++i) {
    if (!sameGrid || !(before.brick(i) == after.brick(i))) changed |= labelsIn(after.brick(i));
  }
  return changed.reset(0);
}

}  // namespace

std::bitset<256> changedOrgans(const LabelLayers& before, const LabelLayers& after) {
  std::bitset<256> changed;
  for (const Label number : after.numbers()) {
    const bool there = before.layerOf(number) == number;
    changed |= changedIn(there ? before.layer(number) : LabelMap(), after.layer(number));
  }
  return changed;
}

void SurfaceWorker::apply(SurfaceRequest request) {
  revision_ = request.revision;
  if (request.clear) clear();
  if (request.palette) renderer_.setPalette(*request.palette);
  if (request.size) renderer_.setSize(*request.size);
  if (request.labels) takeLabels(*std::move(request.labels));
  if (request.bones) bones_ = ct_ = std::move(request.bones);
  if (request.planes) planes_ = *std::move(request.planes);
  if (request.planes || request.labels) showPlanes();
  if (request.volume) showVolume(*request.volume);
  if (request.rebuild) rebuild();
  if (request.reset) cameraMoved_ = false;
  if (!cameraMoved_ && (request.reset || request.size || request.labels)) renderer_.resetCamera();
  moveCamera(request);
  if (request.pick) picked_ = renderer_.pick(*request.pick);
  if (request.turns()) lastTurn_ = std::chrono::steady_clock::now();
  urgent_ = urgent_ || request.movesCamera() || request.size || request.palette || request.clear || request.volume;
  stale_ = true;
}

std::optional<milliseconds> SurfaceWorker::rest() const {
  if (stale_ || !meshed()) return milliseconds{0};
  if (!coarse_) return std::nullopt;
  const auto still = std::chrono::steady_clock::now() - lastTurn_;
  return std::chrono::ceil<milliseconds>(std::max<std::chrono::steady_clock::duration>(kStill - still, {}));
}

bool SurfaceWorker::refineDue() const { return coarse_ && std::chrono::steady_clock::now() - lastTurn_ >= kStill; }

void SurfaceWorker::showVolume(bool shown) {
  if (!shown) return renderer_.setVolume(nullptr);
  if (ct_ && renderer_.volume() == nullptr)
    renderer_.setVolume(std::make_unique<VolumeLayer>(ct_->volume, ct_->geometry));
}

/// A cloud that takes longer than a second at rest gets fewer rays, and goes when that does not help.
void SurfaceWorker::judgeVolume(std::chrono::steady_clock::duration spent) {
  VolumeLayer* volume = renderer_.volume();
  if (volume == nullptr || spent <= kLongestVolume) return;
  stale_ = true;
  if (volume->slacken()) return;
  renderer_.setVolume(nullptr);
  const double seconds = std::chrono::duration<double>(spent).count();
  volumeRefused_ = QString::number(seconds, 'f', 1);
}

void SurfaceWorker::rebuild() {
  meshes_.clear();
  organs_.clear();
  const auto all = changedOrgans({}, current_.labels);
  for (std::size_t label = 1; label < 256; ++label) {
    if (all[label]) organs_.push_back(static_cast<Label>(label));
  }
}

void SurfaceWorker::meshNext() {
  if (!organs_.empty()) {
    const Label label = organs_.front();
    organs_.pop_front();
    renderer_.setOrgan(label, meshes_[label].update(current_.labels.of(label), current_.geometry, label));
    stale_ = true;
  } else if (bones_) {
    renderer_.setBones(boneSurface(bones_->volume, bones_->geometry));
    bones_.reset();
    stale_ = true;
  }
}

bool SurfaceWorker::frameDue() const {
  const bool late = std::chrono::steady_clock::now() - lastFrame_ > kFrameWhileMeshing;
  return (stale_ && (urgent_ || late || meshed())) || refineDue();
}

SurfaceFrame SurfaceWorker::frame() {
  const auto start = std::chrono::steady_clock::now();
  coarse_ = slow_ && start - lastTurn_ < kStill;
  stale_ = urgent_ = false;
  SurfaceFrame frame{.image = renderer_.render(coarse_),
                     .right = renderer_.right(),
                     .up = renderer_.up(),
                     .surfaces = renderer_.surfaces(),
                     .revision = revision_,
                     .complete = meshed() && !coarse_,
                     .volume = renderer_.volume() != nullptr,
                     .volumeRefused = {}};
  lastFrame_ = std::chrono::steady_clock::now();
  if (coarse_) return frame;
  slow_ = lastFrame_ - start > kFluent;
  judgeVolume(lastFrame_ - start);
  frame.volumeRefused = std::exchange(volumeRefused_, {});
  frame.complete = frame.complete && !stale_;
  return frame;
}

void SurfaceWorker::clear() {
  renderer_.clear();
  meshes_.clear();
  current_ = {};
  box_ = {};
  planes_.clear();
  organs_.clear();
  bones_.reset();
  ct_.reset();
  cameraMoved_ = false;
  returnFreedMemory();  // of surfaces and of the CT, where this was the last to let go of it
}

void SurfaceWorker::takeLabels(LabelScene scene) {
  std::bitset<256> pending = changedOrgans(current_.labels, scene.labels);
  if (!(scene.geometry == current_.geometry)) pending |= changedOrgans({}, scene.labels);
  for (const Label label : organs_) pending.set(label);
  organs_.clear();
  for (std::size_t label = 1; label < 256; ++label) {
    if (pending[label]) organs_.push_back(static_cast<Label>(label));
  }
  current_ = std::move(scene);
  if (cameraMoved_) return;
  box_ = labelledBox(current_.labels, current_.geometry);
  const auto [lower, upper] = worldBounds(box_, current_.geometry);
  renderer_.setBounds(lower, upper);
}

void SurfaceWorker::showPlanes() {
  std::vector<PlaneFrame> frames = planes_;
  if (!box_.empty()) {
    for (PlaneFrame& frame : frames) frame = trimmed(frame, current_.geometry, box_);
  }
  renderer_.setPlanes(frames);
}

void SurfaceWorker::moveCamera(const SurfaceRequest& request) {
  if (!request.rotate.isNull()) renderer_.rotate(request.rotate);
  if (!request.pan.isNull()) renderer_.pan(request.pan);
  if (request.zoom != 1) renderer_.zoom(request.zoom);
  cameraMoved_ = cameraMoved_ || !request.rotate.isNull() || !request.pan.isNull() || request.zoom != 1;
}

}  // namespace recontour
