#pragma once
#include <functional>
#include <vector>

#include "models/engine/manifest.h"
#include "models/engine/network.h"
#include "models/engine/networks/architecture.h"
#include "models/engine/trainer/training_volume.h"

namespace recontour {

/// Labels volumes of a training with the network as it is now, by the windows that the saved model will use.
class VolumeLabeller {
 public:
  /// @param patch  window of a network of volumes; one of slices takes each slice whole
  VolumeLabeller(const Architecture& architecture, const Size3& patch, int threads);
  /// Of slices firstZ.. of the volume, x fastest. @param slices  at least 1, inside the volume
  std::vector<Label> label(
      Network& network, const TrainingVolume& volume, int firstZ, int slices,
      const std::function<void(int slices)>& advanced = [](int) {}) const;
  /// Of all of them. @param advanced  told how many slices' worth is done
  std::vector<Label> label(
      Network& network, const TrainingVolume& volume,
      const std::function<void(int slices)>& advanced = [](int) {}) const;
  /// @throws Error (ModelFailed) where labelling all of it would take most of the machine's memory
  void requireMemory(const TrainingVolume& volume) const;
  /// Slices that one of them is best seen with: 1 for a network of slices.
  int slicesAround() const { return flat_ ? 1 : windowZ_; }

 private:
  std::vector<Label> labelPart(Network& network, const TrainingVolume& volume, int firstZ, int slices,
                               const std::function<void(int slices)>& advanced) const;
  ModelManifest windows_;
  int channels_, threads_, windowZ_;
  bool flat_;
};

}  // namespace recontour
