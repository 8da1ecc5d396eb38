#include "app/cli/train_options.h"

#include <filesystem>

#include <CLI/CLI.hpp>

namespace recontour::cli {
namespace {

namespace fs = std::filesystem;

const std::string kNetwork = "--network", kLoss = "--loss";

std::string namesOfNetworks() {
  std::string names;
  for (const NetworkChoice& choice : networkChoices()) names += std::string(names.empty() ? "" : ", ") + choice.name;
  return names;
}

/// A network by its name, else by its folder.
void readNetwork(const TrainOptions& options, TrainingSettings& settings) {
  if (options.network.empty() && !options.preset.empty()) return;
  if (options.network.empty()) throw CLI::RequiredError(kNetwork);
  if (networkChoice(options.network) != nullptr) {
    settings.network = options.network;
  } else if (fs::is_directory(options.network)) {
    settings.networkFolder = options.network;
  } else {
    throw CLI::ValidationError(kNetwork,
                               "'" + options.network + "' is no model folder and none of " + namesOfNetworks());
  }
}

/// Comes first: options are read in the order in which they are added, so that those given change a preset's settings.
void addPreset(CLI::App& command, TrainOptions& options) {
  const auto take = [&options](const std::string& name) {
    options.preset = name;
    options.settings = trainingPreset(name);
    options.fromLabels = options.settings.source == "labels";
  };
  command
      .add_option_function<std::string>(
          "--preset", take,
          "settings of a training, which other options change; word-demo: the shipped model, from label maps alone")
      ->check(CLI::IsMember(presetNames()));
}

void addWhat(CLI::App& command, TrainOptions& options) {
  TrainingSettings& settings = options.settings;
  command
      .add_option(
          "--cases", options.cases,
          "folder with imagesTr, scribblesTr and, where there are, labelsTr, or a closed study's; from label maps, "
          "theirs")
      ->required();
  command.add_flag("--from-labels,!--from-ct", options.fromLabels,
                   "learn from label maps of WORD's organs alone (labelsTr, or CASES itself), with CT that is invented "
                   "around them");
  command.add_option("--variants", settings.variantsPerMap, "patients that are invented around each label map")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command.add_option(kNetwork, options.network, namesOfNetworks() + ", or a model folder whose network is trained");
  command.add_option(kLoss, options.loss, "what is minimised; ce-dice learns from dense labels, others from strokes")
      ->check(CLI::IsMember(lossChoices()));
  command.add_option("--out", options.out, "model folder to make; what a stopped run has learned lies in OUT.training")
      ->required();
  command.add_option("--split", options.split,
                     "JSON file of case names, {\"training\": [...], \"validation\": [...]}; else a fifth of the "
                     "patients is held back by chance");
  command
      .add_option(
          "--select", settings.selection,
          "which weights are kept: the last, or the best of an epoch by the held-back cases' strokes or dense labels")
      ->check(CLI::IsMember({"last", "val-scribble", "val-dense"}))
      ->capture_default_str();
  command.add_option("--init", options.init, "model folder that parameters of the same name and shape start from");
  command.add_option("--organs", settings.organTable, "organ table by name or file")->capture_default_str();
  command.add_option("--name", settings.modelName, "of the model; else network and loss");
}

void addSchedule(CLI::App& command, TrainOptions& options) {
  TrainingSettings& settings = options.settings;
  command.add_option("--epochs", settings.epochs, "held-back cases are scored after each")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command.add_option("--iterations-per-epoch", settings.iterationsPerEpoch, "batches of an epoch")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  command.add_option("--lr", settings.learningRate, "learning rate at the start")
      ->check(CLI::Range(1e-7, 10.0))
      ->capture_default_str();
  command.add_option("--optimizer", settings.optimizer, "sgd (momentum 0.9) or adamw")
      ->check(CLI::IsMember({"sgd", "adamw"}))
      ->capture_default_str();
  command.add_option("--decay", settings.decay, "of the learning rate: poly, (1 - t / T)^0.9, or cosine")
      ->check(CLI::IsMember({"poly", "cosine"}))
      ->capture_default_str();
  command.add_option("--weight-decay", settings.weightDecay, "of the optimizer")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      .add_option("--averaging", settings.averaging, "part that a running mean of the weights keeps of itself; 0: none")
      ->check(CLI::Range(0.0, 0.99999))
      ->capture_default_str();
  command
      .add_option("--gradient-clip", settings.gradientClip, "largest norm of all gradients together; 0: not clipped")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command.add_option("--seed", settings.seed, "of weights, patches and split")->capture_default_str();
  command.add_option("--batch", options.batch, "patches of a batch [8; 2 for 3D networks]")->check(CLI::Range(1, 256));
}

void addLoss(CLI::App& command, TrainOptions& options) {
  TrainingSettings& settings = options.settings;
  const CLI::Range weights(0.0, 1000.0);
  command.add_option("--lambda-em", settings.lambdaEm, "weight of entropy")->check(weights)->capture_default_str();
  command.add_option("--lambda-ivm", settings.lambdaIvm, "weight of intensity variance")
      ->check(weights)
      ->capture_default_str();
  command.add_option("--lambda-crf", settings.lambdaCrf, "weight of the gated CRF")
      ->check(weights)
      ->capture_default_str();
  command
      .add_option("--class-weights", settings.classWeights,
                  "W0,W1,... of background and organs in the cross entropy of ce-dice [all 1]")
      ->delimiter(',')
      ->check(weights);
  command.add_option("--ivm", options.ivm, "intensity variance as the paper's line, or about each class's mean")
      ->check(CLI::IsMember({"paper", "normalized"}))
      ->capture_default_str();
  command.add_option("--ramp", settings.ramp, "epochs over which these weights rise; 0: there from the start")
      ->check(CLI::Range(0, 100000))
      ->capture_default_str();
}

void addGrid(CLI::App& command, TrainOptions& options) {
  TrainingSettings& settings = options.settings;
  command
      .add_option("--patch", options.patch,
                  "X,Y or X,Y,Z voxels of the model's grid [128,128; 64,64,32 in 3D; 128,96,48 for word-demo3d]")
      ->delimiter(',')
      ->expected(2, 3)
      ->check(CLI::Range(1, 1024));
  command.add_option("--spacing", options.spacing, "X,Y,Z of the model's grid in mm [median of the cases]")
      ->delimiter(',')
      ->expected(3)
      ->check(CLI::Range(0.1, 20.0));
  command.add_option(
      "--normalization", settings.normalization,
      "LO,HI: HU clipped there and scaled to 0..1; LO,HI,SUBTRACT,DIVIDE: clipped, less SUBTRACT, by DIVIDE; "
      "or zscore: mean 0, deviation 1 of each image [-150,250; -250,350,50,150 for word-demo3d]");
  command
      .add_option("--width", settings.width, "features of the network's first stage [16; 8 in 3D; 24 for word-demo3d]")
      ->check(CLI::Range(2, 256));
  command.add_flag("--no-augmentation", options.noAugmentation, "patches as they are, not turned, scaled and changed");
}

void addHow(CLI::App& command, TrainOptions& options) {
  command.add_option("--device", options.settings.device, "auto, cpu, cuda or cuda:N")->capture_default_str();
  command.add_option("--threads", options.settings.threads, "threads, 0 for all cores")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  command.add_flag("--resume", options.settings.resume, "go on with the run that was stopped; all else as it was");
  command.add_flag("--json", options.json, "print the report as one JSON document (seconds)");
  addModelOptions(command, options.model);
}

/// A preset's class weights go with its loss.
void chooseLoss(const TrainOptions& options, TrainingSettings& settings) {
  settings.loss = options.loss;
  const bool ofPreset = !options.preset.empty() && settings.classWeights == trainingPreset(options.preset).classWeights;
  if (ofPreset && settings.loss != "ce-dice") settings.classWeights.clear();
}

}  // namespace

TrainingSettings settingsOf(const TrainOptions& options) {
  TrainingSettings settings = options.settings;
  readNetwork(options, settings);
  if (options.preset.empty() && options.loss.empty()) throw CLI::RequiredError(kLoss);
  if (!options.loss.empty()) chooseLoss(options, settings);
  settings.source = options.fromLabels ? "labels" : "ct";
  if (!options.init.empty()) settings.startFolder = options.init;
  if (options.batch > 0) settings.batch = options.batch;
  if (!options.patch.empty())
    settings.patch = Size3{options.patch[0], options.patch[1], options.patch.size() > 2 ? options.patch[2] : 1};
  if (!options.spacing.empty()) settings.spacingMm = Point3{options.spacing[0], options.spacing[1], options.spacing[2]};
  settings.ivmNormalized = options.ivm == "normalized";
  settings.augments = !options.noAugmentation;
  settings.allowUnsandboxed = options.model.allowUnsandboxed;
  return settings;
}

void addTrainOptions(CLI::App& command, TrainOptions& options) {
  addPreset(command, options);
  addWhat(command, options);
  addLoss(command, options);
  addSchedule(command, options);
  addGrid(command, options);
  addHow(command, options);
}

}  // namespace recontour::cli
