#pragma once
#include "models/engine/trainer/trainer.h"
#include "models/engine/trainer/volume_labeller.h"

namespace recontour {

/// The slice that shows how a training gets on: the one of a volume where most is known.
class PictureMaker {
 public:
  /// @param volume  must outlive this
  PictureMaker(const TrainingVolume& volume, const VolumeLabeller& labeller);
  TrainingPicture make(Network& network, int iteration) const;

 private:
  const TrainingVolume& volume_;
  const VolumeLabeller& labeller_;
  const std::vector<Label>& truth_;
  int z_ = 0;
};

}  // namespace recontour
