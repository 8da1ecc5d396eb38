#pragma once
#include <vector>

#include "core/image/label_layers.h"

namespace recontour {

/// What one structure loses to another in a map that can hold one label a voxel.
struct OverlapLoss {
  Label kept = 0, lost = 0;
  double lostMl = 0;
};
enum class OverlapWinner { First, Last, Smallest };
struct Flattened {
  LabelMap map;
  std::vector<OverlapLoss> losses;  ///< by pair, only where there are any
};

/// One map of layers: where structures overlap, one of them wins.
/// @param order  labels by rank, the first one first; labels that are missing come behind, by number
Flattened flattened(const LabelLayers& layers, const std::vector<Label>& order, OverlapWinner winner,
                    double voxelVolumeMm3);

}  // namespace recontour
