#pragma once
#include <QWidget>
#include <optional>

#include "core/image/organ_table.h"
#include "core/training/training_run.h"

class QPainter;

namespace recontour {

/// The part of a slice in which there is something to see.
TrainingView croppedToBody(const TrainingView& view);

/// The two pictures of a view: how the network labels the slice, and what is drawn there.
struct TrainingPictureFrames {
  QRectF predicted, truth;
};
/// Where they lie in `area` (logical pixels): side by side, or one below the other where that makes them larger.
TrainingPictureFrames trainingPictureFrames(const QRectF& area, const TrainingView& view);

/// Draws both, in grey with organs in their colours: 40 % of an organ and its outline. Strokes are as thick as their
/// voxels; those of the background are grey. As everywhere, the patient's right is at the left.
/// @param pixelRatio  device pixels of a logical one
void paintTrainingView(QPainter& painter, const QRectF& area, const TrainingView& view, const OrganTable& organs,
                       double pixelRatio);

/// What the network makes of a slice by now, on black in every theme.
class TrainingPicture final : public QWidget {
  Q_OBJECT
 public:
  TrainingPicture(const OrganTable& organs, QWidget* parent);
  void setView(const std::optional<TrainingView>& view);  ///< none: says what it waits for
  const std::optional<TrainingView>& view() const { return view_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  OrganTable organs_;
  std::optional<TrainingView> view_;
};

}  // namespace recontour
