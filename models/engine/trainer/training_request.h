#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/geometry.h"
#include "models/engine/model_folder.h"
#include "models/engine/normalization.h"
#include "models/engine/trainer/loss_settings.h"

namespace recontour {

/// Steps down the gradient, with a learning rate that falls over the iterations t.
struct TrainingSchedule {
  enum class Optimizer { Sgd, AdamW };  ///< AdamW: Loshchilov and Hutter 2019, betas .9 and .999
  enum class Decay {
    Poly,   ///< (1 - t / iterations)^power
    Cosine  ///< (1 + cos(pi t / iterations)) / 2
  };
  Optimizer optimizer = Optimizer::Sgd;
  Decay decay = Decay::Poly;
  int iterations = 3000;
  int iterationsPerEpoch = 50;  ///< held-back cases are scored after each
  double learningRate = 0.01, weightDecay = 1e-4;
  double momentum = 0.9;  ///< of SGD
  double power = 0.9;     ///< of Poly
  /// Part that a running mean of the weights keeps of itself at each iteration (less in the first ones); this mean is
  /// scored, shown and saved. 0: the weights themselves are.
  double averaging = 0;
  int batch = 8;
  double gradientClip = 12;  ///< largest norm of all gradients together; 0: not clipped
};

/// A case whose raw files lie in the job folder.
struct TrainingCaseFiles {
  std::string name, patient;
  bool heldBack = false;   ///< scores, and is not learned from
  bool synthetic = false;  ///< no CT of a patient, say the request or the case's name
  Geometry geometry;
  std::filesystem::path volume;                            ///< int16 HU; empty for a label map alone
  std::optional<std::filesystem::path> scribbles;          ///< uint8: 0 background stroke, organs, 255 none
  std::optional<std::filesystem::path> dense;              ///< uint8: 0 background, organs
  std::string volumeSha256, scribblesSha256, denseSha256;  ///< 64 hex digits of these files
};

enum class TrainingSourceKind {
  Ct,     ///< CT, with strokes or dense labels
  Labels  ///< label maps alone: patients are invented around them, and synthetic CT is taken of these
};
enum class ModelSelection { Last, HeldBackScribbles, HeldBackDense };
/// What the scores of held-back cases are counted on.
enum class ScoredLabels { None, Strokes, Dense };

/// A training job as the request message gives it (docs/formats/jobs.md, `train`).
struct TrainingRequest {
  std::filesystem::path folder;  ///< of the job: raw files, and where everything is written
  TrainingSourceKind source = TrainingSourceKind::Ct;
  int variantsPerMap = 3;  ///< patients that are invented around each label map
  std::vector<TrainingCaseFiles> cases;
  LabelTable organs;  ///< labels 1..n without a gap; channel c of the network is label c
  std::string network = "resunet2d";
  int width = 16;
  std::optional<std::filesystem::path>
      networkFolder;  ///< a model folder whose network is trained in place of a named one
  std::optional<std::filesystem::path> startFolder;  ///< a model folder that equal parameters start from
  std::string networkSha256, startSha256;            ///< what their manifests must hash to; empty: anything
  LossSettings loss;
  TrainingSchedule schedule;
  Point3 spacingMm{3, 3, 3};  ///< of the model's grid, LPS axes
  Size3 patch{128, 128, 1};   ///< voxels of the model's grid, x fastest
  Normalization normalization;
  std::string normalizationJson;  ///< as it stands in a manifest
  bool augments = true;
  ModelSelection selection = ModelSelection::Last;
  std::uint64_t seed = 1;
  std::string device = "auto";
  int threads = 1;
  bool resumes = false;
  std::string modelName;
  std::string message;  ///< the whole request as JSON, for train.json

  bool inventsCt() const { return source == TrainingSourceKind::Labels; }
  /// Keys of labels 1.., in order.
  std::vector<std::string> organKeys() const;
  /// Strokes where they choose the weights; else dense labels where a held-back case has them, else its strokes.
  ScoredLabels scoredLabels() const;
};

/// @param base  folder that relative paths start from
/// @throws Error (BadInput) for a value out of range, saying which
TrainingRequest trainingRequestOf(const Json& message, const std::filesystem::path& base);

}  // namespace recontour
