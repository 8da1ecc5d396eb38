#include "models/engine/trainer/model_card.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace recontour {
namespace {

/// The decimal sign is a point in every locale.
std::string fixed(double value, int decimals) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
  return {text.data(), end.ptr};
}

std::string shortest(double value) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end.ptr};
}

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// A name as Markdown shows it, whatever it holds.
std::string verbatim(std::string name) {
  std::ranges::replace(name, '`', '\'');
  std::ranges::replace(name, '|', '/');  // ends a table's cell even inside a code span
  return "`" + name + "`";
}

std::vector<TrainingCaseFiles> casesOnSide(const TrainingRequest& request, bool heldBack) {
  std::vector<TrainingCaseFiles> cases;
  std::ranges::copy_if(request.cases, std::back_inserter(cases),
                       [&](const TrainingCaseFiles& one) { return one.heldBack == heldBack; });
  return cases;
}

std::size_t syntheticOf(const std::vector<TrainingCaseFiles>& cases) {
  return static_cast<std::size_t>(std::ranges::count_if(cases, &TrainingCaseFiles::synthetic));
}

std::string namesOf(const std::vector<TrainingCaseFiles>& cases) {
  std::string text;
  for (const auto& one : cases) {
    text += (text.empty() ? "" : ", ") + verbatim(one.name);
    if (one.patient != one.name) text += " (patient " + verbatim(one.patient) + ")";
  }
  return text;
}

std::string sideText(const std::vector<TrainingCaseFiles>& cases) {
  std::set<std::string> patients;
  for (const auto& one : cases) patients.insert(one.patient);
  return counted(cases.size(), "case") + " of " + counted(patients.size(), "patient") + ": " + namesOf(cases) + ".";
}

std::string networkText(const TrainedModel& model, const TrainingRequest& request) {
  const Architecture& network = model.architecture;
  std::string text = verbatim(network.name) + ", a network of " + (network.dims == 2 ? "slices" : "volumes");
  if (const auto parameters = parameterCount(network); parameters > 0) {
    text += " with " + std::to_string(parameters) + " parameters";
  }
  text += request.networkFolder ? ", given by the user as TorchScript" : ", TorchScript";
  return text + (request.startFolder ? ". It started from another model's parameters." : ".");
}

std::string weightsText(const LossSettings& loss) {
  std::string text;
  for (const double weight : loss.classWeights) text += (text.empty() ? "" : ", ") + shortest(weight);
  return text.empty() ? text : "; classes weigh " + text + " in the cross entropy";
}

std::string lossText(const LossSettings& loss) {
  if (loss.isDense()) return "cross entropy plus Dice on dense labels" + weightsText(loss) + ".";
  std::string text = "partial cross entropy on the voxels of strokes";
  const auto add = [&](const char* term, const std::string& what, double weight) {
    if (loss.has(term)) text += ", plus " + shortest(weight) + " x " + what;
  };
  add("em", "entropy minimisation", loss.lambdaEm);
  add("ivm",
      std::string("intensity variance minimisation (") +
          (loss.ivmNormalized ? "about each class's mean)" : "the WORD paper's line)"),
      loss.lambdaIvm);
  add("crf", "gated CRF", loss.lambdaCrf);
  if (text.find("plus") != std::string::npos && loss.rampIterations > 0) {
    text += "; weights rise over " + std::to_string(loss.rampIterations) + " iterations";
  }
  return text + ". Voxels without a stroke have no label.";
}

std::string selectionText(const TrainedModel& model, const TrainingRequest& request) {
  const std::string at = "The weights are those of iteration " + std::to_string(model.chosenIteration) + " of " +
                         std::to_string(request.schedule.iterations);
  if (request.selection == ModelSelection::Last) return at + ", the last one: no labels chose them.";
  const auto isScored = [](const CurvePoint& point) { return point.dscMean.has_value(); };
  if (std::ranges::none_of(model.curve, isScored))
    return at + ", the last one: the held-back cases could not be scored, so no labels chose them.";
  const bool byStrokes = request.selection == ModelSelection::HeldBackScribbles;
  return at + ": after each epoch the DSC on **" + (byStrokes ? "strokes" : "dense labels") +
         " of the held-back cases** was taken, and the best chose the weights. A score that chose the weights is "
         "optimistic: expect less on cases that it has not seen.";
}

std::string scoreHeading(ScoredLabels labels) {
  if (labels == ScoredLabels::Dense) return "DSC on dense labels of the held-back cases";
  return "DSC on voxels of strokes of the held-back cases (it says little about outlines)";
}

std::string scoreTable(const CurvePoint& point, const std::vector<std::string>& keys) {
  std::string text = "| organ | DSC |\n| --- | --- |\n";
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto found = point.dsc.find(static_cast<Label>(i + 1));
    text += "| " + verbatim(keys[i]) + " | " + (found == point.dsc.end() ? "-" : fixed(found->second, 3)) + " |\n";
  }
  return text + "| mean of organs that are there | " + fixed(*point.dscMean, 3) + " |\n";
}

std::string scoreText(const TrainedModel& model, const TrainingRequest& request) {
  const CurvePoint* point = model.chosenPoint();
  if (point == nullptr || !point->dscMean) return "No case was held back with labels, so its quality is not known.\n";
  std::string text = scoreHeading(request.scoredLabels()) +
                     ", voxels of all cases counted together on the model's grid; - where neither labels nor "
                     "prediction have the organ.";
  const auto heldBack = casesOnSide(request, true);
  if (const auto synthetic = syntheticOf(heldBack); synthetic > 0) {
    text += " **" + std::to_string(synthetic) + " of " + counted(heldBack.size(), "held-back case") +
            " synthetic: these figures say nothing about CT of patients.**";
  }
  return text + "\n\n" + scoreTable(*point, request.organKeys());
}

std::string threeOf(double x, double y, double z) { return shortest(x) + " x " + shortest(y) + " x " + shortest(z); }

std::string optimizerText(const TrainingSchedule& schedule) {
  if (schedule.optimizer == TrainingSchedule::Optimizer::AdamW) return "AdamW";
  return "SGD with momentum " + shortest(schedule.momentum);
}

std::string decayText(const TrainingSchedule& schedule) {
  if (schedule.decay == TrainingSchedule::Decay::Cosine) return " x (1 + cos(pi t / iterations)) / 2";
  return " x (1 - t / iterations)^" + shortest(schedule.power);
}

std::string averagingText(const TrainingSchedule& schedule) {
  if (schedule.averaging == 0) return "";
  return "; the weights are a running mean that keeps " + shortest(schedule.averaging) + " of itself";
}

std::string settingsText(const TrainedModel& model, const TrainingRequest& request) {
  const TrainingSchedule& schedule = request.schedule;
  return "- Grid: " + threeOf(request.spacingMm.x, request.spacingMm.y, request.spacingMm.z) +
         " mm (x, y, z), patches of " + threeOf(request.patch.x, request.patch.y, request.patch.z) +
         " voxels, normalisation `" + request.normalizationJson + "`, augmentation " +
         (request.augments ? "without flips" : "none") + ".\n- " + optimizerText(schedule) + ": " +
         std::to_string(schedule.iterations) + " iterations of " + std::to_string(schedule.batch) +
         " patches, learning rate " + shortest(schedule.learningRate) + decayText(schedule) + ", weight decay " +
         shortest(schedule.weightDecay) + ", gradients clipped at " + shortest(schedule.gradientClip) + " (0: not)" +
         averagingText(schedule) + ".\n- Seed " + std::to_string(request.seed) + ", device " + model.device + ", " +
         fixed(model.seconds, 0) + " s, Recontour " + RECONTOUR_VERSION + ", LibTorch " + model.libtorch +
         ".\n- Everything else, with the SHA-256 of the data: `train.json`, `curves.csv`.\n";
}

}  // namespace

std::string learnedFrom(const TrainingRequest& request) {
  const auto cases = casesOnSide(request, false);
  const auto synthetic = syntheticOf(cases);
  if (request.inventsCt())
    return "synthetic CT alone, invented around the label maps of " + counted(cases.size(), "case") + " (" +
           counted(static_cast<std::size_t>(request.variantsPerMap), "patient") + " each)";
  std::string text = (request.loss.isDense() ? "dense labels of " : "strokes of ") + counted(cases.size(), "case");
  return synthetic > 0 ? text + " (" + std::to_string(synthetic) + " synthetic)" : text;
}

std::string modelCard(const TrainedModel& model, const TrainingRequest& request) {
  const auto learned = casesOnSide(request, false), heldBack = casesOnSide(request, true);
  std::string text = "# " + request.modelName + "\n\n" + "Labels " + counted(request.organs.labels.size(), "organ") +
                     " of the table " + verbatim(request.organs.name) + " on CT. Trained with Recontour from " +
                     learnedFrom(request) + ".\n**Research only; not for clinical use.**\n\n";
  text += "## Network and loss\n- Network: " + networkText(model, request) + "\n- Loss: " + lossText(request.loss);
  text += "\n\n## Data\n- Learned from " + sideText(learned) + "\n- Held back, not learned from: ";
  text += (heldBack.empty() ? "none." : sideText(heldBack)) + "\n";
  if (request.inventsCt()) {
    text += "- **All CT was synthetic, invented around label maps: this network has seen no CT of a patient.**\n";
  } else if (const auto synthetic = syntheticOf(request.cases); synthetic > 0) {
    text += "- **" + std::to_string(synthetic) + " of " + counted(request.cases.size(), "case") +
            " synthetic, no CT of patients.**\n";
  }
  text += "\n## Which weights\n" + selectionText(model, request) + "\n\n## How good\n" + scoreText(model, request);
  return text + "\n## Settings\n" + settingsText(model, request) +
         "\n## Licence\nYours to choose: it depends on the data.\n";
}

}  // namespace recontour
