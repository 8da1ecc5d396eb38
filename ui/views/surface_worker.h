#pragma once
#include <QPointF>
#include <QSize>
#include <QString>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/image/compositor.h"
#include "core/image/geometry.h"
#include "core/image/label_layers.h"
#include "core/image/volume.h"
#include "ui/views/organ_mesh.h"
#include "ui/views/surface_renderer.h"
#include "ui/views/surface_scene.h"

namespace recontour {

struct LabelScene {
  LabelLayers labels;
  Geometry geometry;
};
struct BoneScene {
  Volume volume;
  Geometry geometry;
};

/// What the GUI thread asked for since the scene's thread last looked.
struct SurfaceRequest {
  std::uint64_t revision = 0;
  bool clear = false, reset = false;
  bool rebuild = false;  ///< all surfaces anew
  std::optional<LabelScene> labels;
  std::optional<BoneScene> bones;
  std::optional<LabelPalette> palette;
  std::optional<QSize> size;
  std::optional<std::vector<PlaneFrame>> planes;
  std::optional<bool> volume;  ///< volume rendering on or off
  std::optional<QPointF> pick;
  QPointF rotate, pan;
  double zoom = 1;
  bool turns() const { return !rotate.isNull() || !pan.isNull() || zoom != 1; }
  bool movesCamera() const { return reset || turns(); }
};

/// Organs that may have other voxels in `after` than in `before`: those of the bricks which the two do not share.
std::bitset<256> changedOrgans(const LabelLayers& before, const LabelLayers& after);

/// The 3D scene's state and its work in steps: one mesh or one frame at a time, so that a moved camera never waits for
/// all organs. Made, used and destroyed in one thread.
class SurfaceWorker {
 public:
  void apply(SurfaceRequest request);
  /// How long there is nothing to do; none for ever.
  std::optional<std::chrono::milliseconds> rest() const;
  /// Meshes one organ, or the bones when no organ is left.
  void meshNext();
  /// True when a frame should be rendered before anything else is meshed.
  bool frameDue() const;
  SurfaceFrame frame();
  /// What was asked for by pick and lies on a surface; once.
  std::optional<Point3> takePicked() { return std::exchange(picked_, std::nullopt); }
  std::size_t organsToMesh() const { return organs_.size(); }

 private:
  using Time = std::chrono::steady_clock::time_point;
  bool meshed() const { return organs_.empty() && !bones_; }
  /// The last picture was a coarse one, and the hand has come to rest.
  bool refineDue() const;
  void showVolume(bool shown);
  void judgeVolume(std::chrono::steady_clock::duration spent);
  void rebuild();
  void clear();
  void takeLabels(LabelScene scene);
  void showPlanes();
  void moveCamera(const SurfaceRequest& request);

  SurfaceRenderer renderer_;
  LabelScene current_;
  Box box_;  ///< of what is labelled, as the camera was set to it
  std::vector<PlaneFrame> planes_;
  std::map<Label, OrganMesh> meshes_;
  std::deque<Label> organs_;        ///< still to be meshed
  std::optional<BoneScene> bones_;  ///< still to be meshed
  std::optional<BoneScene> ct_;
  std::optional<Point3> picked_;
  std::uint64_t revision_ = 0;
  bool cameraMoved_ = false;  ///< by hand: it then stays where it is
  bool stale_ = false;        ///< the last frame no longer shows the scene
  bool urgent_ = false;       ///< a hand waits for the next frame
  bool coarse_ = false;       ///< the last frame was
  bool slow_ = false;         ///< a frame at full resolution takes longer than a hand likes to wait
  QString volumeRefused_;     ///< why the volume was switched off; told with the next frame
  Time lastFrame_, lastTurn_;
};

}  // namespace recontour
