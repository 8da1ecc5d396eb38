#include "core/training/training_settings.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {
namespace {

constexpr int kMostIterations = 1'000'000;
constexpr int kBatchOfSlices = 8, kBatchOfVolumes = 2;  // a patch of a volume takes as much memory as many slices
constexpr Size3 kPatchOfSlices{128, 128, 1}, kPatchOfVolumes{64, 64, 32};
constexpr const char* kNormalizationOfBodies = "-250,350,50,150";  // by which it tells the body from air
constexpr Size3 kPatchOfBodies{128, 96, 48};                       // voxels of 3 mm: most bodies whole in-plane

/// Whether a model folder's network takes slices: its window is one voxel thick.
int dimsOfModel(const std::filesystem::path& folder) {
  try {
    const Json input = readJsonFile(folder / "recontour.json").at("input");
    const Json thickness = input.at("patch").at(input.at("axis_order") == "xyz" ? 2 : 0);
    return thickness == 1 ? 2 : 3;
  } catch (const Json::exception&) {
    return 3;  // the worker says what is wrong with it
  }
}

int dimsOf(const TrainingSettings& settings) {
  return settings.networkFolder ? dimsOfModel(*settings.networkFolder) : networkChoice(settings.network)->dims;
}

std::string inWords(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void requireWithin(const std::string& what, double value, double least, double most) {
  if (value >= least && value <= most) return;  // and no NaN
  throw Error(what + " is " + inWords(value) + "; give " + inWords(least) + " to " + inWords(most));
}

void requireAmong(const std::string& what, const std::string& name, const std::vector<std::string>& names) {
  if (std::ranges::find(names, name) == names.end())
    throw Error(what + " '" + name + "' is not known; give one of " + joined(names));
}

void requireNumbers(const TrainingSettings& settings) {
  const struct {
    const char* what;
    double value, least, most;
  } ranges[] = {
      {"the weight of EM", settings.lambdaEm, 0, 1000},
      {"the weight of IVM", settings.lambdaIvm, 0, 1000},
      {"the weight of CRF", settings.lambdaCrf, 0, 1000},
      {"the number of epochs", double(settings.epochs), 1, 1e5},
      {"the number of iterations of an epoch", double(settings.iterationsPerEpoch), 1, 1e5},
      {"the number of iterations", double(settings.epochs) * settings.iterationsPerEpoch, 1, kMostIterations},
      {"the ramp in epochs", double(settings.ramp), 0, double(settings.epochs)},
      {"the learning rate", settings.learningRate, 1e-7, 10},
      {"the number of patches of a batch", double(settings.batch), 0, 256},
      {"the number of threads", double(settings.threads), 0, 256},
      {"the weight decay", settings.weightDecay, 0, 1},
      {"the averaging of weights", settings.averaging, 0, 0.99999},
      {"the gradients' largest norm", settings.gradientClip, 0, 1e6},
      {"the number of patients of a label map", double(settings.variantsPerMap), 1, 100},
  };
  for (const auto& range : ranges) requireWithin(range.what, range.value, range.least, range.most);
  if (settings.width != 0) requireWithin("the number of features of the first stage", settings.width, 2, 256);
}

void requireGrid(const TrainingSettings& settings, const NetworkChoice* network) {
  for (int axis = 0; axis < 3; ++axis) {
    const std::string name(1, "xyz"[axis]);
    requireWithin("the patch along " + name + " in voxels", settings.patch[axis], 0, 1024);
    if (settings.spacingMm) requireWithin("the spacing along " + name + " in mm", (*settings.spacingMm)[axis], 0.1, 20);
  }
  if (network != nullptr && network->dims == 2 && settings.patch.z > 1)
    throw Error(settings.network + " takes slices, but the patch has " + std::to_string(settings.patch.z) +
                " of them; give a patch of X,Y");
}

void requireClassWeights(const TrainingSettings& settings) {
  if (settings.classWeights.empty()) return;
  if (settings.loss != "ce-dice") throw Error("class weights are for the loss ce-dice, not for " + settings.loss);
  for (const double weight : settings.classWeights) requireWithin("a class weight", weight, 0, 1000);
}

/// The synthesis knows WORD's organs, by their numbers, on its own grid.
void requireSynthesis(const TrainingSettings& settings) {
  if (settings.source != "labels") return;
  if (settings.loss != "ce-dice")
    throw Error("label maps alone are dense labels, which the loss " + settings.loss +
                " does not learn from; take ce-dice");
  if (settings.organTable != "word")
    throw Error("CT is invented around label maps of the table 'word' alone, not of '" + settings.organTable + "'");
  const Point3 grid{kInventedCtMm, kInventedCtMm, kInventedCtMm};
  if (settings.spacingMm.value_or(grid) != grid)
    throw Error("CT is invented around label maps on a grid of 3 mm alone; leave the spacing out");
  if (normalizationOf(settings) == "zscore")
    throw Error("patches that are invented have other means than whole images, so zscore is not for label maps alone");
}

bool isUsable(const IntensityRange::Shift& shift) {
  return std::abs(shift.subtractHu) <= 32768 && shift.divideHu > 0 && shift.divideHu <= 32768;
}

void requireDevice(const std::string& device) {
  const bool isNumbered =
      device.starts_with("cuda:") && device.size() > 5 &&
      std::all_of(device.begin() + 5, device.end(), [](unsigned char c) { return std::isdigit(c); });
  if (!isNumbered) requireAmong("the device", device, {"auto", "cpu", "cuda"});
}

}  // namespace

const std::vector<NetworkChoice>& networkChoices() {
  static const std::vector<NetworkChoice> choices = {
      {"resunet2d", "ResUNet, 2D (WORD's backbone)", 2, 16, kPatchOfSlices},
      {"unet2d", "U-Net, 2D", 2, 16, kPatchOfSlices},
      {"unetpp2d", "UNet++, 2D", 2, 16, kPatchOfSlices},
      {"deeplabv3p2d", "DeepLabV3+, 2D", 2, 16, kPatchOfSlices},
      {"unet3d", "U-Net, 3D", 3, 8, kPatchOfVolumes},
      {"attunet3d", "Attention U-Net, 3D", 3, 8, kPatchOfVolumes},
      {"word-demo3d", "WORD demo's network, 3D", 3, 24, kPatchOfBodies, kNormalizationOfBodies}};
  return choices;
}

const NetworkChoice* networkChoice(const std::string& name) {
  const auto found = std::ranges::find(networkChoices(), name, &NetworkChoice::name);
  return found == networkChoices().end() ? nullptr : &*found;
}

const std::vector<std::string>& lossChoices() {
  static const std::vector<std::string> choices = {"ce-dice", "pce", "pce+em", "pce+ivm", "pce+em+ivm", "pce+crf"};
  return choices;
}

std::string normalizationOf(const TrainingSettings& settings) {
  if (!settings.normalization.empty()) return settings.normalization;
  const NetworkChoice* network = settings.networkFolder ? nullptr : networkChoice(settings.network);
  return network != nullptr ? network->normalization : networkChoices().front().normalization;
}

std::optional<IntensityRange> intensityRange(const std::string& normalization) {
  if (normalization == "zscore") return {};
  IntensityRange range;
  char rest = 0;
  IntensityRange::Shift shift;
  const int read = std::sscanf(normalization.c_str(), "%lf,%lf,%lf,%lf%c", &range.lowHu, &range.highHu,
                               &shift.subtractHu, &shift.divideHu, &rest);
  const bool isHu = std::abs(range.lowHu) <= 32768 && std::abs(range.highHu) <= 32768;
  if (read == 2 && isHu && range.lowHu < range.highHu) return range;
  if (read == 4 && isHu && range.lowHu < range.highHu && isUsable(shift)) {
    range.shift = shift;
    return range;
  }
  throw Error(
      "the normalization '" + normalization +
      "' is not known; give LO,HI in HU with LO below HI, such as -150,250, or LO,HI,SUBTRACT,DIVIDE, or zscore");
}

const std::vector<std::string>& presetNames() {
  static const std::vector<std::string> names = {"word-demo"};
  return names;
}

TrainingSettings trainingPreset(const std::string& name) {
  requireAmong("the preset", name, presetNames());
  TrainingSettings settings;
  settings.source = "labels";
  settings.network = "word-demo3d";
  settings.loss = "ce-dice";
  // Background, liver, spleen, kidneys, stomach, gallbladder, esophagus, pancreas, duodenum, colon, intestine,
  // adrenals, rectum, bladder, heads of the femora: what is small or hard to see counts more.
  settings.classWeights = {0.6, 1, 1, 1, 1, 1, 1.5, 2, 1.5, 1.5, 1, 1, 2, 1.3, 1, 1, 1};
  settings.epochs = 40;
  settings.learningRate = 2.5e-3;
  settings.optimizer = "adamw";
  settings.decay = "cosine";
  settings.weightDecay = 0.01;
  settings.averaging = 0.99;
  settings.gradientClip = 2;
  settings.batch = 2;
  settings.modelName = "WORD demo, 3 mm";
  return settings;
}

int usualBatch(const TrainingSettings& settings) { return dimsOf(settings) == 3 ? kBatchOfVolumes : kBatchOfSlices; }

Size3 usualPatch(const TrainingSettings& settings) {
  if (!settings.networkFolder) return networkChoice(settings.network)->patch;
  return dimsOf(settings) == 3 ? kPatchOfVolumes : kPatchOfSlices;
}

void requireValid(const TrainingSettings& settings) {
  std::vector<std::string> networks;
  for (const NetworkChoice& choice : networkChoices()) networks.emplace_back(choice.name);
  if (!settings.networkFolder) requireAmong("the network", settings.network, networks);
  requireAmong("the loss", settings.loss, lossChoices());
  requireAmong("the selection", settings.selection, {"last", "val-scribble", "val-dense"});
  requireAmong("the source", settings.source, {"ct", "labels"});
  requireAmong("the optimizer", settings.optimizer, {"sgd", "adamw"});
  requireAmong("the decay of the learning rate", settings.decay, {"poly", "cosine"});
  requireNumbers(settings);
  requireClassWeights(settings);
  requireSynthesis(settings);
  requireGrid(settings, settings.networkFolder ? nullptr : networkChoice(settings.network));
  intensityRange(normalizationOf(settings));
  requireDevice(settings.device);
}

}  // namespace recontour
