#pragma once
#include <QElapsedTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/edit/pointer_sample.h"
#include "core/image/compositor.h"
#include "core/image/hu_statistics.h"
#include "ui/views/pointer_gesture.h"
#include "ui/views/polygon_draft.h"
#include "ui/views/slice_lines.h"
#include "ui/views/slice_overlay.h"
#include "ui/views/slice_picture.h"
#include "ui/views/view_transform.h"

namespace recontour {

/// What a view draws besides the picture, and how.
struct SliceOptions {
  bool smooth = true;  ///< grey is interpolated between voxels; else voxels are seen as they are
  bool crosshair = true;
  bool annotations = true;  ///< texts, scale bar and slider; orientation letters are always drawn
};

/// One plane of a CT with its labels, drawn by QPainter: no OpenGL, exact at any zoom and pixel ratio.
///
/// Left drag is the tool's, Alt + click picks the organ under the pointer, middle drag pans (Shift + left too outside
/// paint tools), right drag zooms, or erases with a paint tool; Ctrl + right drag changes window and level, Shift +
/// move links all views to the pointer; wheel = slices, Ctrl + wheel = zoom about the pointer, Shift + wheel = brush
/// size. Arrows = slices, with the crosshair tool the crosshair (Shift: five voxels); Home, End = first, last slice; F
/// = fit. Double click (outside paint tools) maximises.
class SliceView : public QWidget {
  Q_OBJECT
 public:
  explicit SliceView(Plane plane, QWidget* parent = nullptr);

  /// No case: shows nothing but the message.
  void clear();
  /// Shows a volume. Slice, zoom and pan stay when the grid is the one already shown (first slice, then all).
  void setVolume(const Volume& volume, const AxisMap& axisMap);
  /// Another CT on the same grid, mixed in to a part of 0..1; what is measured is the first one's.
  void setSecond(const Volume& volume, double part);
  /// Shows one slice while the rest is still being read.
  void setFirstSlice(const Slice<std::int16_t>& grey, const AxisMap& axisMap, int slice);
  /// @param labels   a snapshot on the volume's grid; empty for none
  /// @param changed  voxels that may differ from the last snapshot; everything when absent
  void setLabels(const LabelLayers& labels, const std::optional<Box>& changed = std::nullopt);
  /// A raster of scribble strokes over the labels, see ScribbleRaster; empty for none.
  void setScribbles(const LabelMap& raster, const std::optional<Box>& changed = std::nullopt);
  /// A second map, shown as dashed outlines, white or in the organs' colours.
  void setReference(const std::optional<LabelMap>& reference, bool coloured = false);
  void setPalette(const LabelPalette& palette);
  void setWindowLevel(const WindowLevel& window);
  /// Moves the linked crosshair and goes to its slice. Emits sliceChanged when that is another one, not crosshairMoved.
  void setCrosshair(const Point3& world);
  /// Goes to a slice, kept inside the volume; the crosshair comes along, as with the wheel.
  void setSlice(int slice);
  void setActiveTool(ViewTool tool, double radiusMm, bool ball);
  void setActive(bool active);  ///< frame in the plane's colour
  void setOptions(const SliceOptions& options);
  void setSynthetic(bool synthetic);
  void setMessage(const QString& text, ViewMessage kind = ViewMessage::Empty);
  void setLines(const std::vector<SliceLine>& lines);       ///< those of other planes and slices are not drawn
  void setSliceMarks(const std::vector<SliceMark>& marks);  ///< beside the slice slider
  const std::vector<SliceMark>& sliceMarks() const { return marks_; }
  void setCaption(const QString& caption,
                  const std::vector<CaptionKey>& key = {});  ///< which labels are seen, where they are not the revision
  const QString& caption() const { return caption_; }
  bool hasReference() const { return reference_.has_value(); }
  /// Looks at the same place as another view of this plane, equally near. Does not emit lookMoved.
  void lookAs(const SliceView& other);
  void fit();
  void centreOnCrosshair();
  void cancelStroke();  ///< gives up the stroke that is under way, if any
  bool hasDraft() const { return !draft_.empty(); }
  void dropDraft();  ///< gives up the polygon that is being drawn

  Plane plane() const { return plane_; }
  int sliceNumber() const { return slice_; }
  Point3 crosshair() const { return crosshair_; }
  WindowLevel windowLevel() const { return window_; }
  double pixelsPerMm() const { return transform_.pixelsPerMm(); }
  QPointF widgetFromWorld(const Point3& world) const;
  /// World position on the shown slice.
  Point3 worldFromWidget(const QPointF& widget) const;
  /// The picture without frame, text and crosshair, as it was last painted.
  const SlicePicture& picture() const { return picture_; }

 Q_SIGNALS:
  void crosshairMoved(const recontour::Point3& world);
  void sliceChanged(recontour::Plane plane, int slice);
  void hovered(
      const std::optional<recontour::Point3>& world);  ///< on the slice; none when the pointer left the picture
  void pointerPressed(const recontour::PointerSample& sample, bool erase);  ///< a stroke begins (brush, eraser)
  void pointerMoved(const recontour::PointerSample& sample);
  void pointerReleased(const recontour::PointerSample& sample);
  void pointerCancelled();
  void measured(const recontour::SliceMeasurement& measurement);  ///< a line or an ellipse was drawn
  void polygonClosed(const std::vector<recontour::PointerSample>& corners, bool erase);  ///< lasso tool: Enter
  void windowLevelDragged(const recontour::WindowLevel& window);  ///< already shown here; for the other views
  void brushSizeStep(int steps);                                  ///< +1 larger, -1 smaller
  void lookMoved();                                               ///< zoomed or panned
  void menuAsked(const QPoint& at);  ///< right click that does not drag, or the Menu key. @param at  on the screen
  void organPicked(const recontour::Point3& world);  ///< Alt + click
  void maximiseRequested();
  void activated();     ///< clicked or got the keyboard
  void firstPainted();  ///< once after clear() or start: the first time a picture is on the screen

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void tabletEvent(QTabletEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;

 private:
  bool hasPicture() const { return hasGrid_ && picture_.hasGrey(); }
  int sliceCount() const { return hasGrid_ ? axisMap_.slices(plane_) : 0; }
  void setGrid(const AxisMap& axisMap);
  void readSlice();
  void showSlice(int slice);
  void transformChanged();  ///< by hand or by size
  void lookChanged();       ///< by hand: told to others
  void moveCrosshair(const Point3& world);

  void pressAt(const PointerState& state, Qt::MouseButton button);
  void moveTo(const PointerState& state);
  void releaseAt(const PointerState& state, Qt::MouseButton button);
  void dragBy(const PointerState& state);
  void dragWindowLevel(const QPointF& at);
  void measureTo(const QPointF& at);
  void paintMeasure(QPainter& painter) const;
  void paintLines(QPainter& painter) const;
  QString measureText() const;
  bool pressCorner(const PointerState& state);
  void dragLasso(const PointerState& state);
  bool releaseLasso(const PointerState& state, bool click);
  bool draftKey(int key);
  void hoverAt(const std::optional<QPointF>& at);
  void updateBrush(const std::optional<QPointF>& at);
  bool stepByKey(int key);
  bool moveByKey(int key, int pixels);
  PointerSample sampleAt(const PointerState& state) const;
  void updateToolPointer();

  SliceOverlay overlay() const;
  QRect brushRect(const QPointF& at) const;
  QRectF sliderRect() const;
  QRectF fittedRect() const;  ///< what a fitted picture fills: below the heading, beside the slider
  void paintBrush(QPainter& painter) const;

  Plane plane_;
  AxisMap axisMap_;
  bool hasGrid_ = false;
  Volume volume_, second_;
  double secondPart_ = 0;
  LabelLayers labels_;
  LabelMap scribbles_;
  std::optional<LabelMap> reference_;
  bool referenceColoured_ = false;
  WindowLevel window_;
  int slice_ = 0;
  Point3 crosshair_;
  ViewTransform transform_;
  SlicePicture picture_;

  ViewTool tool_ = ViewTool::Crosshair;
  double radiusMm_ = 5;
  bool ball_ = false;
  PointerGesture gesture_;
  WindowLevel windowAtPress_;
  QElapsedTimer strokeTime_;
  std::optional<QPointF> brushAt_;
  bool erases_ = false;  ///< the stroke that is under way
  PolygonDraft draft_;   ///< corners by clicks of the lasso tool
  PolygonDraft path_;    ///< of the lasso that is being drawn
  bool draftErases_ = false;
  std::optional<SliceMeasurement> measurement_;  ///< shown until the next one, another slice or tool
  std::optional<std::size_t> draggedCorner_;
  int wheelRest_ = 0;

  SliceOptions options_;
  bool active_ = false;
  bool synthetic_ = false;
  bool painted_ = false;
  QString message_, caption_;
  std::vector<CaptionKey> captionKey_;
  ViewMessage messageKind_ = ViewMessage::Empty;
  std::vector<SliceMark> marks_;
  std::vector<SliceLine> lines_;
};

}  // namespace recontour
