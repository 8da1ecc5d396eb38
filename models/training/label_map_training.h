#pragma once
#include <functional>
#include <memory>

#include "models/engine/trainer/patch_source.h"
#include "models/engine/trainer/training_request.h"
#include "models/engine/trainer/training_volume.h"
#include "models/training/patch_scanner.h"
#include "models/training/tissue_map.h"

namespace recontour {

/// Patches of a training from label maps alone: each case that is not held back becomes `patientsPerCase` patients out
/// of its dense labels; its volume is not opened. Seed, patch, normalisation and threads are the request's.
/// @throws Error when the organs are not WORD's by key and number, the grid is not of 3 mm or a case to learn from has
///         no dense labels; as readLabels and makeTissueMap, naming the case
/// @param advanced  told how many of these cases are done
std::unique_ptr<PatchSource> makeLabelMapSource(
    const TrainingRequest& request, int patientsPerCase,
    const std::function<void(int done, int total)>& advanced = [](int, int) {});

/// A whole synthetic case with dense labels, to score a network on.
/// @param labels  WORD's organs on any grid
TrainingVolume makeSyntheticVolume(const std::string& name, const LabelMap& labels, const Geometry& geometry,
                                   ContrastPhase phase, const Normalization& normalization, std::uint64_t seed);

}  // namespace recontour
