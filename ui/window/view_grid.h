#pragma once
#include <QWidget>
#include <array>
#include <optional>

#include "core/image/case.h"
#include "core/image/label_difference.h"
#include "core/io/open_case.h"
#include "ui/views/slice_view.h"
#include "ui/views/surface_view.h"
#include "ui/window/shown_map.h"
#include "ui/window/view_arrangement.h"

class QSplitter;

namespace recontour {

/// The four views: axial, sagittal, coronal, 3D, with one crosshair, one window and one palette for all.
class ViewGrid : public QWidget {
  Q_OBJECT
 public:
  explicit ViewGrid(QWidget* parent = nullptr);

  void clear(const QString& message, ViewMessage kind);
  void showFirstSlice(const FirstSlice& slice);
  void showCase(const Case& opened, const AxisMap& axisMap);
  /// Another CT on the case's grid, mixed into the slices to a part of 0..1; an empty volume: none.
  void setSecond(const Volume& volume, double part);
  void setLabels(const LabelLayers& labels, const std::optional<Box>& changed = std::nullopt);
  void setScribbles(const LabelMap& raster, const std::optional<Box>& changed = std::nullopt);
  void setSurfaces(const LabelLayers& labels, const Geometry& geometry) { surfaces_->setLabels(labels, geometry); }
  void setPalettes(const LabelPalette& slices, const LabelPalette& surfaces);
  void setWindowLevel(const WindowLevel& window);
  void setTool(ViewTool tool, double radiusMm, bool ball);
  void setReference(const std::optional<LabelMap>& reference, bool coloured = false);
  /// Shows another map in the place of the revision; none gives the revision back, which setLabels() keeps.
  void showInstead(const std::optional<ShownMap>& map);
  /// The active plane with each of these beside the revision, linked in slice, place and zoom; none ends it.
  void showBeside(const std::vector<ShownMap>& maps);
  bool comparing() const { return !companions_.empty(); }
  void setNote(const QString& text);  ///< small, over the axial view
  /// Marks in each slider where an organ lies (an empty box marks nothing), and in the accent colour where edits are.
  void setSliceMarks(const Box& organ, const QColor& colour, const SlicesByAxis& edited, const AxisMap& axisMap);
  void setLines(const std::vector<SliceLine>& lines);  ///< drawn over the slices that they lie on
  void setCrosshair(const Point3& world);
  Point3 crosshair() const { return view(Plane::Axial).crosshair(); }
  void fit();
  void centreOnCrosshair();
  /// Gives up the polygon that is being drawn. @return false when there is none
  bool dropDraft();
  void cancelStroke();
  void stepSlice(int steps);  ///< of the active view
  void windowFromPicture();   ///< window and level that suit the active view's slice
  void setOptions(const SliceOptions& options);
  void setArrangement(ViewArrangement arrangement);
  ViewArrangement arrangement() const { return arrangement_; }
  void nextArrangement();
  /// One view alone, or back to what was before.
  void toggleMaximised(QWidget* view);
  void toggleActiveMaximised() { toggleMaximised(active_); }
  WindowLevel windowLevel() const { return view(Plane::Axial).windowLevel(); }

  /// Looks in a process of its own whether 3D works here, then starts it. @param marker  remembers a crash; may be null
  void startSurfaces(const std::shared_ptr<CrashMarker>& marker = nullptr);
  void showPlanes(bool shown);  ///< the slices as frames in 3D
  void stopSurfaces(const QString& reason) { surfaces_->setUnavailable(reason); }
  bool surfacesSettled() const { return surfaces_->isSettled(); }

  SliceView& view(Plane plane) const { return *slices_[static_cast<std::size_t>(plane)]; }
  SurfaceView& surfaces() const { return *surfaces_; }
  /// The active view, or the axial one while 3D is active.
  SliceView& activeSlice() const;

 Q_SIGNALS:
  void hovered(const std::optional<recontour::Point3>& world);
  void sliceChanged(recontour::Plane plane, int slice);
  void strokePressed(const recontour::PointerSample& sample, bool erase);
  void organPicked(const recontour::Point3& world);
  void menuAsked(const QPoint& at);  ///< of a slice view
  void strokeMoved(const recontour::PointerSample& sample);
  void strokeReleased();
  void strokeCancelled();
  void measured(const recontour::SliceMeasurement& measurement);
  void polygonClosed(const std::vector<recontour::PointerSample>& corners, bool erase);
  void brushSizeStep(int steps);
  void comparisonEnded();

 private:
  QSplitter* arrangedAlike();
  QSplitter* arrangedLarge();
  QSplitter* arrangedBeside();
  void arrange(QSplitter* (ViewGrid::*arranged)());
  void addCompanion(const ShownMap& map);
  void dropCompanions();
  std::vector<QWidget*> allViews() const;
  void connectSlice(SliceView& slice);
  void activate(QWidget* view);
  void updatePlanes();
  template <typename Call>
  void forEachSlice(Call call) {
    for (SliceView* slice : slices_) call(*slice);
    for (SliceView* slice : companions_) call(*slice);
  }
  std::array<SliceView*, 3> slices_{};
  std::vector<SliceView*> companions_;  ///< of the active plane, each with another map
  std::optional<ShownMap> instead_;
  LabelLayers labels_;  ///< the revision
  LabelMap scribbles_;
  bool planesShown_ = true;
  LabelPalette palette_{};
  Volume volume_;
  AxisMap axisMap_;
  bool synthetic_ = false;
  SurfaceView* surfaces_ = nullptr;
  QSplitter* root_ = nullptr;
  QWidget* active_ = nullptr;
  ViewArrangement arrangement_ = ViewArrangement::Four, beforeMaximised_ = ViewArrangement::Four;
};

}  // namespace recontour
