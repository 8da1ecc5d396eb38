#include "models/engine/trainer/volume_labeller.h"

#include <algorithm>

#include "models/engine/label_projection.h"
#include "models/engine/sliding_window.h"

namespace recontour {
namespace {

/// Slices of a network of slices at a time: their logits are the largest array.
constexpr int kSlab = 16;

}  // namespace

VolumeLabeller::VolumeLabeller(const Architecture& architecture, const Size3& patch, int threads)
    : channels_(architecture.channels), threads_(threads), windowZ_(patch.z), flat_(architecture.dims == 2) {
  windows_.divisibleBy = architecture.divisibleBy;
  windows_.window = {patch.x, patch.y, patch.z};
  if (architecture.wholeSlices) windows_.window = {std::nullopt, std::nullopt, patch.z};
  if (flat_) windows_.window = {std::nullopt, std::nullopt, 1};
}

void VolumeLabeller::requireMemory(const TrainingVolume& volume) const {
  const Size3& size = volume.grid.size;
  requireMemoryForLogits({size.x, size.y, flat_ ? kSlab : size.z}, channels_);
}

std::vector<Label> VolumeLabeller::labelPart(Network& network, const TrainingVolume& volume, int firstZ, int slices,
                                             const std::function<void(int slices)>& advanced) const {
  const Size3 size{volume.grid.size.x, volume.grid.size.y, slices};
  const std::size_t slice = voxelCount({size.x, size.y, 1});
  const std::span<const float> part(volume.image.data() + static_cast<std::size_t>(firstZ) * slice, voxelCount(size));
  const WindowPlan plan(size, windows_);
  SlidingWindow windows(part, size, plan, volume.padValue, threads_);
  const auto windowsDone = [&](int done) { advanced(slices * done / plan.count()); };
  return bestChannels(windows.run(network, channels_, windowsDone), threads_);
}

std::vector<Label> VolumeLabeller::label(Network& network, const TrainingVolume& volume, int firstZ, int slices,
                                         const std::function<void(int slices)>& advanced) const {
  if (!flat_) return labelPart(network, volume, firstZ, slices, advanced);
  std::vector<Label> labels;
  for (int done = 0; done < slices; done += kSlab) {
    const auto part = labelPart(network, volume, firstZ + done, std::min(kSlab, slices - done),
                                [&](int more) { advanced(done + more); });
    labels.insert(labels.end(), part.begin(), part.end());
  }
  return labels;
}

std::vector<Label> VolumeLabeller::label(Network& network, const TrainingVolume& volume,
                                         const std::function<void(int slices)>& advanced) const {
  return label(network, volume, 0, volume.grid.size.z, advanced);
}

}  // namespace recontour
