#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"
#include "models/engine/normalization.h"
#include "models/engine/trainer/training_request.h"

namespace recontour {

/// A case on the model's grid (axis-aligned, LPS, x fastest).
struct TrainingVolume {
  std::string name;
  Geometry grid;
  std::vector<float> image;    ///< normalised, one value a voxel
  float padValue = 0;          ///< normalised air, for what lies beyond the grid
  std::vector<Label> strokes;  ///< 0 background stroke, organs, kIgnored; empty without scribbles
  std::vector<Label> dense;    ///< 0 background, organs, kIgnored beyond the CT; empty without dense labels
};

/// Linear resampling of the CT as a prediction does it (model_grid.h). Dense labels take the nearest voxel. Strokes are
/// thin, so each voxel of a stroke marks the grid voxel that its centre falls into; where several do, the label that
/// most of them have wins, the lower on ties.
TrainingVolume makeTrainingVolume(const std::string& name, const Volume& volume, const Geometry& geometry,
                                  const LabelMap* strokes, const LabelMap* dense, const Point3& spacingMm,
                                  const Normalization& normalization, int threads);

/// Reads the raw files of a case, checks their SHA-256 and makes its volume.
/// @throws Error naming the case: a file that differs, a label beyond `channels` - 1, a map without any stroke
TrainingVolume readTrainingVolume(const TrainingCaseFiles& files, const TrainingRequest& request, int channels);

}  // namespace recontour
