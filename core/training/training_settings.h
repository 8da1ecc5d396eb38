#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/organ_table.h"

namespace recontour {

/// A network that can be trained by name.
struct NetworkChoice {
  const char* name;   ///< "resunet2d"
  const char* title;  ///< "ResUNet, 2D (WORD's backbone)"
  int dims;           ///< 2: slices; 3: volumes
  int width;          ///< features of its first stage, unless told otherwise
  Size3 patch;        ///< voxels, unless told otherwise
  /// See TrainingSettings::normalization; unless told otherwise.
  const char* normalization = "-150,250";
};
const std::vector<NetworkChoice>& networkChoices();
const NetworkChoice* networkChoice(const std::string& name);  ///< null when there is none of that name
const std::vector<std::string>& lossChoices();                ///< ce-dice, pce, pce+em, pce+ivm, pce+em+ivm, pce+crf

inline constexpr double kInventedCtMm = 3;  ///< of the grid that CT is invented on around label maps

/// What a person chooses; the defaults train something useful on a machine without a GPU. docs/formats/jobs.md,
/// `train`.
struct TrainingSettings {
  std::string source = "ct";          ///< ct, or labels: label maps of WORD's organs alone, around which CT is invented
  int variantsPerMap = 3;             ///< patients that are invented around each of these maps
  std::string network = "resunet2d";  ///< or, in its place, a model folder:
  std::optional<std::filesystem::path> networkFolder;
  std::optional<std::filesystem::path> startFolder;  ///< --init
  /// SHA-256 that the recontour.json of these folders must have, as it was agreed to; empty: whatever it has.
  std::string networkHash, startHash;
  std::string loss = "pce+em+ivm";
  double lambdaEm = 0.1, lambdaIvm = 0.1, lambdaCrf = 0.1;
  bool ivmNormalized = false;
  int ramp = 0;                      ///< epochs over which the lambdas rise
  std::vector<double> classWeights;  ///< of background and organs in the cross entropy of ce-dice; empty: all alike
  int epochs = 60, iterationsPerEpoch = 50;
  double learningRate = 0.01;
  std::string optimizer = "sgd";  ///< sgd (momentum 0.9), adamw
  std::string decay = "poly";     ///< of the learning rate: poly ((1 - t / T)^0.9), cosine
  double weightDecay = 1e-4;
  double averaging = 0;      ///< part that a running mean of the weights keeps of itself; 0: the weights themselves
  double gradientClip = 12;  ///< largest norm of all gradients together; 0: not clipped
  int batch = 0;             ///< 0: usualBatch()
  int width = 0;             ///< 0: the network's own
  Size3 patch{0, 0, 0};      ///< voxels; 0: that axis of usualPatch()
  std::optional<Point3> spacingMm;  ///< of the model's grid; empty: the median of the cases
  std::string normalization;        ///< LO,HI[,SUBTRACT,DIVIDE], or zscore: intensityRange(); empty: the network's own
  bool augments = true;
  std::string selection = "last";  ///< last, val-scribble, val-dense
  std::uint64_t seed = 1;
  std::string device = "auto";
  int threads = 0;  ///< 0: all cores
  std::string organTable = "word";
  std::optional<OrganTable> organs = {};  ///< the table itself, where it has no name or file of its own
  bool resume = false;
  bool allowUnsandboxed = false;  ///< of networks from elsewhere
  std::string modelName;          ///< empty: made from network and loss
};

/// HU are clipped to low .. high; then these become 0 and 1, or, with a shift, HU become (HU - subtract) / divide.
struct IntensityRange {
  struct Shift {
    double subtractHu = 0, divideHu = 1;
  };
  double lowHu = 0, highHu = 0;
  std::optional<Shift> shift = {};
};
/// The range of "LO,HI" or "LO,HI,SUBTRACT,DIVIDE"; none for "zscore". @throws Error (BadInput) for anything else
std::optional<IntensityRange> intensityRange(const std::string& normalization);
/// Patches of a batch and voxels of a patch, unless told otherwise: by the network, or by what a model folder says of
/// its own.
int usualBatch(const TrainingSettings& settings);
Size3 usualPatch(const TrainingSettings& settings);  ///< both block for a model folder's file
/// What is chosen, or what the network wants.
std::string normalizationOf(const TrainingSettings& settings);

/// Settings by the name of what they train; "word-demo": the model that the program is shipped with, from label maps.
/// @throws Error (BadInput) for another name
TrainingSettings trainingPreset(const std::string& name);
const std::vector<std::string>& presetNames();

/// @throws Error (BadInput) for what is out of range or not known
void requireValid(const TrainingSettings& settings);

}  // namespace recontour
