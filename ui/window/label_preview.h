#pragma once
#include <QWidget>

#include "core/image/case.h"
#include "ui/views/slice_picture.h"

namespace recontour {

/// An axial slice of a CT with labels on it, to judge what labels mean. The wheel scrolls.
class LabelPreview final : public QWidget {
  Q_OBJECT
 public:
  LabelPreview(const Case& shown, const AxisMap& axisMap, QWidget* parent = nullptr);
  void setLabels(const LabelMap& labels, const LabelPalette& palette);
  void setSlice(int slice);
  int slice() const { return slice_; }
  /// The slice with most labelled voxels.
  int fullestSlice(const LabelMap& labels) const;

 Q_SIGNALS:
  void sliceChanged(int slice);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void readSlice();
  Volume volume_;
  AxisMap axisMap_;
  LabelMap labels_;
  SlicePicture picture_;
  ViewTransform transform_;
  int slice_ = 0;
};

}  // namespace recontour
