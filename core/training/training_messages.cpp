#include "core/training/training_messages.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/predict/model_trust.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

// As nnU-Net and WORD train: L. Isensee et al., Nature Methods 18, 2021; X. Luo et al., MedIA 82, 2022.
constexpr double kMomentum = 0.9, kPower = 0.9;
constexpr int kLargestPicture = 4096;
constexpr std::size_t kLongestName = 200;
constexpr int kAnyWidth = 16;  // a network of a folder has its own

std::string nameOf(const TrainingSettings& settings) {
  if (!settings.modelName.empty()) return settings.modelName;
  if (settings.networkFolder) return readModelIdentity(*settings.networkFolder).name + ", " + settings.loss;
  return networkChoice(settings.network)->title + (", " + settings.loss);
}

Json normalizationMessage(const std::string& text) {
  const auto range = intensityRange(text);
  if (!range) return {{"type", "zscore"}};
  if (const auto& shift = range->shift)
    return {{"type", "affine"},
            {"clip", {range->lowHu, range->highHu}},
            {"subtract", shift->subtractHu},
            {"divide", shift->divideHu}};
  return {{"type", "range"}, {"in", {range->lowHu, range->highHu}}, {"out", {0, 1}}, {"clip", true}};
}

Json organsMessage(const OrganTable& organs) {
  Json labels = Json::object();
  int channel = 0;
  for (const Organ* organ : channelsOf(organs)) labels[organ->key] = ++channel;
  return {{"name", organs.name()}, {"labels", labels}};
}

Json lossMessage(const TrainingSettings& settings) {
  Json message = {{"name", settings.loss},
                  {"lambda_em", settings.lambdaEm},
                  {"lambda_ivm", settings.lambdaIvm},
                  {"lambda_crf", settings.lambdaCrf},
                  {"ivm", settings.ivmNormalized ? "normalized" : "paper"},
                  {"ramp_iterations", settings.ramp * settings.iterationsPerEpoch}};
  if (!settings.classWeights.empty()) message["class_weights"] = settings.classWeights;
  return message;
}

Json scheduleMessage(const TrainingSettings& settings) {
  return {{"iterations", settings.epochs * settings.iterationsPerEpoch},
          {"iterations_per_epoch", settings.iterationsPerEpoch},
          {"learning_rate", settings.learningRate},
          {"momentum", kMomentum},
          {"weight_decay", settings.weightDecay},
          {"power", kPower},
          {"batch", settings.batch > 0 ? settings.batch : usualBatch(settings)},
          {"gradient_clip", settings.gradientClip},
          {"optimizer", settings.optimizer},
          {"decay", settings.decay},
          {"averaging", settings.averaging}};
}

void addModels(const TrainingSettings& settings, Json& message) {
  if (settings.networkFolder) {
    message["network_folder"] = fs::absolute(*settings.networkFolder).string();
    message["network_manifest_sha256"] = settings.networkHash;
  }
  if (settings.startFolder) {
    message["start_folder"] = fs::absolute(*settings.startFolder).string();
    message["start_manifest_sha256"] = settings.startHash;
  }
}

SlotLabels unchanged() {
  SlotLabels labels{};
  std::iota(labels.begin(), labels.end(), Label{0});
  return labels;
}

Json triple(const Size3& size) { return {size.x, size.y, size.z}; }

/// "loss lambda_em" for "/loss/lambda_em"; "case word_0001: volume sha256" for "/cases/0/volume/sha256".
std::string inWords(const std::string& pointer, const Json& request) {
  std::string words = pointer.substr(1), prefix;
  if (words.starts_with("cases/")) {
    const std::size_t rest = words.find('/', 6);
    const Json::json_pointer name("/" + words.substr(0, rest) + "/name");
    if (request.contains(name)) prefix = "case " + oneLine(request.at(name), kLongestName) + ": ";
    words = rest == std::string::npos ? "case" : words.substr(rest + 1);
  }
  std::ranges::replace(words, '/', ' ');
  return prefix + words;
}

/// A number that may have left the range that JSON has.
double numberOf(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

std::map<std::string, double> numbersOf(const Json& message, const char* member) {
  std::map<std::string, double> numbers;
  const Json given = message.value(member, Json::object());
  for (const auto& [name, value] : given.items()) numbers[oneLine(name, kLongestName)] = numberOf(value);
  return numbers;
}

/// The bytes of a plain file that has exactly so many. The worker may put anything in its place.
std::optional<std::vector<std::uint8_t>> bytesOf(const fs::path& file, std::size_t count) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return {};
  struct stat found = {};
  std::vector<std::uint8_t> bytes(count);
  std::size_t done = 0;
  if (::fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode) && std::size_t(found.st_size) == count) {
    for (ssize_t more = 1; done < count && more > 0; done += std::size_t(more > 0 ? more : 0))
      more = ::read(descriptor, bytes.data() + done, count - done);
  }
  ::close(descriptor);
  if (done < count) return {};
  return bytes;
}

Size3 patchOf(const TrainingSettings& settings) {
  Size3 patch = usualPatch(settings);
  for (int axis = 0; axis < 3; ++axis)
    if (settings.patch[axis] > 0) patch[axis] = settings.patch[axis];
  return patch;
}

}  // namespace

std::vector<const Organ*> channelsOf(const OrganTable& organs) {
  std::vector<const Organ*> channels;
  for (const Organ& organ : organs.organs()) channels.push_back(&organ);
  std::ranges::sort(channels, {}, &Organ::label);
  return channels;
}

SlotLabels toChannels(const OrganTable& organs) {
  SlotLabels labels = unchanged();
  Label channel = 0;
  for (const Organ* organ : channelsOf(organs)) labels[organ->label] = ++channel;
  return labels;
}

SlotLabels fromChannels(const OrganTable& organs) {
  SlotLabels labels = unchanged();
  Label channel = 0;
  for (const Organ* organ : channelsOf(organs)) labels[++channel] = organ->label;
  return labels;
}

Json settingsMessage(const TrainingSettings& settings, const OrganTable& organs) {
  const NetworkChoice* network = settings.networkFolder ? nullptr : networkChoice(settings.network);
  const int width = network != nullptr ? network->width : kAnyWidth;
  Json message = {{"type", "train"},
                  {"id", 1},  // a worker does one job
                  {"model_name", nameOf(settings)},
                  {"organs", organsMessage(organs)},
                  {"width", settings.width > 0 ? settings.width : width},
                  {"loss", lossMessage(settings)},
                  {"schedule", scheduleMessage(settings)},
                  {"source", settings.source},
                  {"spacing_mm", nullptr},
                  {"patch", triple(patchOf(settings))},
                  {"normalization", normalizationMessage(normalizationOf(settings))},
                  {"augmentation", settings.augments},
                  {"selection", settings.selection},
                  {"seed", settings.seed}};
  if (settings.source == "labels") {
    message["synthesis"] = {{"variants_per_map", settings.variantsPerMap}};
    message["spacing_mm"] = {kInventedCtMm, kInventedCtMm, kInventedCtMm};
  }
  if (const auto& mm = settings.spacingMm) message["spacing_mm"] = {mm->x, mm->y, mm->z};
  if (network != nullptr) message["network"] = network->name;
  addModels(settings, message);
  return message;
}

void requireSameRun(const fs::path& folder, const Json& stopped, const Json& now) {
  Json before = stopped, after = now;
  for (Json* side : {&before, &after}) side->erase("model_name");  // what it is called is not what it learns
  if (!before.contains("cases") || !after.contains("cases")) {
    before.erase("cases");
    after.erase("cases");
  }
  before = before.flatten();
  after = after.flatten();
  std::set<std::string> members;
  for (const Json* side : {&before, &after})
    for (const auto& [member, value] : side->items()) members.insert(member);
  for (const std::string& member : members) {
    const Json old = before.value(member, Json()), fresh = after.value(member, Json());
    if (old == fresh) continue;
    throw Error(folder,
                "the run was stopped with another " + inWords(member, now) + ": " + oneLine(old.dump(), kLongestName) +
                    " then, " + oneLine(fresh.dump(), kLongestName) + " now",
                "resume it as it was, or start another one with another folder for the model");
  }
}

TrainingPoint pointOf(const Json& message) {
  TrainingPoint point;
  point.iteration = message.at("iteration");
  point.iterations = message.at("iterations");
  point.learningRate = numberOf(message.at("learning_rate"));
  point.loss = numberOf(message.at("loss"));
  point.terms = numbersOf(message, "terms");
  if (message.contains("dsc_mean") && !message["dsc_mean"].is_null()) point.dscMean = message["dsc_mean"];
  point.dsc = numbersOf(message, "dsc");
  point.secondsLeft = message.value("seconds_left", -1.0);
  return point;
}

std::optional<TrainingView> viewOf(const Json& message, const fs::path& folder, const OrganTable& organs) {
  TrainingView view;
  view.iteration = message.at("iteration");
  view.caseName = oneLine(message.at("case"), kLongestName);
  view.width = message.at("width");
  view.height = message.at("height");
  if (std::min(view.width, view.height) < 1 || std::max(view.width, view.height) > kLargestPicture) return {};
  const auto pixels = static_cast<std::ptrdiff_t>(view.width) * view.height;
  const fs::path name = message.at("file").get<std::string>();
  if (name != name.filename()) return {};
  auto bytes = bytesOf(folder / name, 3 * static_cast<std::size_t>(pixels));
  if (!bytes) return {};
  const SlotLabels labels = fromChannels(organs);
  std::transform(bytes->begin() + pixels, bytes->end(), bytes->begin() + pixels,
                 [&](Label one) { return labels[one]; });
  view.grey.assign(bytes->begin(), bytes->begin() + pixels);
  view.predicted.assign(bytes->begin() + pixels, bytes->begin() + 2 * pixels);
  view.truth.assign(bytes->begin() + 2 * pixels, bytes->end());
  return view;
}

}  // namespace recontour
