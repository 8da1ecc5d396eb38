#pragma once
#include <QPointF>
#include <QSize>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>

#include "core/image/compositor.h"
#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"
#include "ui/views/organ_mesh.h"
#include "ui/views/surface_renderer.h"
#include "ui/views/surface_scene.h"

namespace recontour {

struct LabelScene {
  LabelMap labels;
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
  std::optional<LabelScene> labels;
  std::optional<BoneScene> bones;
  std::optional<LabelPalette> palette;
  std::optional<QSize> size;
  QPointF rotate, pan;
  double zoom = 1;
  bool movesCamera() const { return reset || !rotate.isNull() || !pan.isNull() || zoom != 1; }
};

/// Organs that may have other voxels in `after` than in `before`: those of the bricks which the two do not share.
std::bitset<256> changedOrgans(const LabelMap& before, const LabelMap& after);

/// The 3D scene's state and its work in steps: one mesh or one frame at a time, so that a moved camera never waits for
/// all organs. Made, used and destroyed in one thread.
class SurfaceWorker {
 public:
  void apply(SurfaceRequest request);
  bool idle() const { return !stale_ && meshed(); }
  /// Meshes one organ, or the bones when no organ is left.
  void meshNext();
  /// True when a frame should be rendered before anything else is meshed.
  bool frameDue() const;
  SurfaceFrame frame();
  std::size_t organsToMesh() const { return organs_.size(); }

 private:
  bool meshed() const { return organs_.empty() && !bones_; }
  void clear();
  void takeLabels(LabelScene scene);
  void moveCamera(const SurfaceRequest& request);

  SurfaceRenderer renderer_;
  LabelScene current_;
  std::map<Label, OrganMesh> meshes_;
  std::deque<Label> organs_;  ///< still to be meshed
  std::optional<BoneScene> bones_;
  std::uint64_t revision_ = 0;
  bool cameraMoved_ = false;  ///< by hand: it then stays where it is
  bool stale_ = false;        ///< the last frame no longer shows the scene
  bool urgent_ = false;       ///< a hand waits for the next frame
  std::chrono::steady_clock::time_point lastFrame_;
};

}  // namespace recontour
