#pragma once
#include <QImage>
#include <QPainter>
#include <optional>
#include <vector>

#include "core/image/compositor.h"
#include "core/image/label_layers.h"
#include "ui/views/view_transform.h"

namespace recontour {

/// The picture of one slice at device resolution, in layers: grey (composed at slice resolution, scaled smoothly),
/// labels (one for each layer of them), reference. A layer is composed when it is painted after a change, and of the
/// labels only the changed part.
class SlicePicture {
 public:
  void clear();
  void setGrey(Slice<std::int16_t> slice);
  void readGrey(const Volume& volume, const AxisMap& axisMap, Plane plane, int slice);
  /// Another CT on the same grid, mixed in to a part of 0..1; an empty volume or 0: none.
  void readSecond(const Volume& volume, double part, const AxisMap& axisMap, Plane plane, int slice);
  void dropLabels();
  void readLabels(const LabelLayers& labels, const AxisMap& axisMap, Plane plane, int slice);
  /// A raster of scribble strokes, drawn over all else; empty for none.
  void readScribbles(const LabelMap& raster, const AxisMap& axisMap, Plane plane, int slice);
  /// Reads the strokes of `changed` again. @return the part of the widget (logical pixels) to be painted again
  QRect refreshScribbles(const LabelMap& raster, const AxisMap& axisMap, Plane plane, int slice, const Box& changed);
  /// A second map as dashed outlines. @param coloured  in the organs' colours instead of white
  void setReference(std::optional<Slice<Label>> slice, bool coloured = false);
  void setWindowLevel(const WindowLevel& window);
  void setPalette(const LabelPalette& palette);
  void setSmooth(bool smooth);  ///< whether grey is interpolated between voxels
  /// @param size  of the widget in logical pixels
  void setFrame(const ViewTransform& transform, const QSize& size, double devicePixelRatio);
  /// Reads the labels of `changed` again.
  /// @return the part of the widget (logical pixels) that has to be painted again
  QRect refreshLabels(const LabelLayers& labels, const AxisMap& axisMap, Plane plane, int slice, const Box& changed);

  bool hasGrey() const { return grey_.columns > 0; }
  bool hasLabels() const { return !labels_.empty(); }
  bool hasScribbles() const { return scribbles_.has_value(); }
  /// CT number of a slice pixel.
  const Slice<std::int16_t>& grey() const { return grey_; }
  /// Brings the layers up to date and draws the part `dirty` (logical pixels) of them.
  void paint(QPainter& painter, const QRect& dirty);
  /// The picture of a layer of labels, brought up to date; null where it has none on this slice. For tests.
  const QImage& labelLayer(std::size_t number = 0);

 private:
  /// The slice of one map of labels.
  struct LabelSlice {
    Slice<Label> slice;
    QImage image;
    bool blank = true;  ///< of a structure that does not lie on the slice: there is no picture
    bool stale = true;
  };
  struct Look {
    const LabelPalette& palette;
    OutlineStyle outline;
  };
  PixelRect refreshed(LabelSlice& each, const LabelMap& map, const AxisMap& axisMap, Plane plane, int slice,
                      const Box& changed, const Look& look);
  QRect logicalRect(const PixelRect& device) const;
  void composeGreyLayer();
  void composeLabelLayer(QImage& layer, const Slice<Label>& slice, const LabelPalette& palette,
                         const OutlineStyle& outline, const PixelRect& dirty) const;
  void staleLabels();
  void updateLayers();
  PixelTables tables() const;
  QSize deviceSize() const;
  PixelRect deviceRect(const PixelRect& slicePixels) const;
  OutlineStyle outline() const { return {outlineThickness(ratio_), 0}; }
  OutlineStyle dashed() const;

  Slice<std::int16_t> grey_, second_;
  double secondPart_ = 0;
  SliceReader reader_;
  std::vector<LabelSlice> labels_;  ///< by layer, the organs' first
  std::optional<LabelSlice> scribbles_;
  std::optional<Slice<Label>> reference_;
  GreyTable greyTable_{kAbdomenWindow};
  LabelPalette palette_{}, scribblePalette_{};
  ViewTransform transform_;
  QSize size_;
  double ratio_ = 1;
  bool smooth_ = true;
  bool referenceColoured_ = false;
  void mixSecond();
  QImage smallGrey_, smallSecond_;  ///< at slice resolution
  QImage greyLayer_, referenceLayer_;
  bool greyStale_ = true, referenceStale_ = true;
};

}  // namespace recontour
