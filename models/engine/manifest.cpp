#include "models/engine/manifest.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr int kFormatVersion = 1;
constexpr int kMostChannels = 255;  // labels are one byte, 255 marks a mixed cell
constexpr int kLargestWindow = 2048;

/// Reads one manifest; its members throw std::string causes and nlohmann exceptions, which parseManifest words.
class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  ModelManifest read() {
    readHead();
    readAxes();
    readInput();
    result_.normalization = normalization(json_.at("normalization"));
    readInference();
    readOutput();
    result_.bf16 = json_.value("bf16", false);
    return std::move(result_);
  }

  static Normalization normalization(const Json& json) {
    Normalization result;
    const std::string type = json.at("type").get<std::string>();
    if (type == "affine") {
      readClip(json, result);
      result.subtract = finite(json.at("subtract"), "subtract");
      result.divide = finite(json.at("divide"), "divide");
    } else if (type == "ct_clip_zscore") {
      result.type = Normalization::Type::CtClipZscore;
      readClip(json, result);
      result.subtract = finite(json.at("mean"), "mean");
      result.divide = std::max(finite(json.at("std"), "std"), 1e-8);
    } else if (type == "range") {
      result.type = Normalization::Type::Range;
      result.low = finite(json.at("in").at(0), "in");
      result.high = finite(json.at("in").at(1), "in");
      result.outLow = finite(json.at("out").at(0), "out");
      result.outHigh = finite(json.at("out").at(1), "out");
      result.clipped = json.value("clip", true);
      require(result.high > result.low, "normalization.in must rise");
    } else {
      require(type == "zscore", "normalization \"" + type + "\" is not known");
      result.type = Normalization::Type::Zscore;
      result.nonzeroOnly = json.value("nonzero", false);
    }
    require(result.divide != 0, "normalization divides by 0");
    return result;
  }

 private:
  static void require(bool holds, const std::string& cause) {
    if (!holds) throw cause;
  }
  static double finite(const Json& value, const char* name) {
    const double number = value.get<double>();
    require(std::isfinite(number), std::string(name) + " is not a finite number");
    return number;
  }
  /// Array order of a manifest's list, which has the slowest axis first.
  static std::size_t listed(int arrayAxis) { return static_cast<std::size_t>(2 - arrayAxis); }
  static const Json& threeOf(const Json& parent, const char* name) {
    const Json& list = parent.at(name);
    require(list.is_array() && list.size() == 3, std::string(name) + " must have three entries");
    return list;
  }

  void readHead() {
    require(json_.value("format", "") == "recontour-model", "\"format\" is not \"recontour-model\"");
    const int version = json_.at("version").get<int>();
    require(version >= 1 && version <= kFormatVersion,
            "format version " + std::to_string(version) + " is newer than this program's");
    result_.name = json_.at("name").get<std::string>();
    result_.weights = json_.at("weights").get<std::string>();
    require(!result_.weights.empty() && std::filesystem::path(result_.weights).filename() == result_.weights &&
                result_.weights != ".." && result_.weights != ".",
            "weights must name a file inside the folder");
    result_.sha256 = json_.at("sha256").get<std::string>();
    require(result_.sha256.size() == 64, "sha256 must have 64 hexadecimal digits");
    std::ranges::transform(result_.sha256, result_.sha256.begin(), [](unsigned char c) { return std::tolower(c); });
    require(json_.at("engine") == "torchscript", "only the engine \"torchscript\" is supported");
    require(json_.value("task", "multiclass") == "multiclass", "only the task \"multiclass\" is supported");
  }

  void readAxes() {
    const Json& input = json_.at("input");
    const std::string order = input.at("axis_order").get<std::string>();
    require(order == "zyx" || order == "xyz", "axis_order must be \"zyx\" or \"xyz\"");
    const std::string orientation = input.at("orientation").get<std::string>();
    require(orientation.size() == 3, "orientation must be three letters such as \"LPS\"");
    for (int axis = 0; axis < 3; ++axis) {
      const auto at = static_cast<std::size_t>(axis);
      const int world = order[listed(axis)] - 'x';
      const char letter = orientation[static_cast<std::size_t>(world)];
      result_.worldAxis[at] = world;
      result_.worldSign[at] = letter == "LPS"[world] ? 1 : -1;
      require(letter == "LPS"[world] || letter == "RAI"[world], "orientation \"" + orientation + "\" is not known");
    }
  }

  void readInput() {
    const Json& input = json_.at("input");
    require(input.value("channels", Json::array({"CT"})) == Json::array({"CT"}),
            "only one input channel \"CT\" is supported");
    require(input.value("dims", 3) == 3, "only networks of 3 dimensions are supported");
    require(input.value("dtype", "float32") == "float32", "only the input type float32 is supported");
    const Json& spacing = threeOf(input, "spacing_mm");
    const Json& patch = threeOf(input, "patch");
    const Json divisible = input.contains("divisible_by") ? threeOf(input, "divisible_by") : Json::array({1, 1, 1});
    for (int axis = 0; axis < 3; ++axis) {
      result_.spacingMm[axis] = finite(spacing[listed(axis)], "spacing_mm");
      require(result_.spacingMm[axis] >= 0.1 && result_.spacingMm[axis] <= 50, "spacing_mm must be 0.1 to 50");
      const int multiple = divisible[listed(axis)].get<int>();
      require(multiple >= 1 && multiple <= kLargestWindow, "divisible_by is out of range");
      result_.divisibleBy[axis] = multiple;
      if (patch[listed(axis)].is_null()) continue;
      const int size = patch[listed(axis)].get<int>();
      require(size >= 1 && size <= kLargestWindow, "patch is out of range");
      require(size % multiple == 0, "patch is not a multiple of divisible_by");
      result_.window[static_cast<std::size_t>(axis)] = size;
    }
    if (input.contains("pad_hu")) result_.padHu = finite(input["pad_hu"], "pad_hu");
  }

  static void readClip(const Json& json, Normalization& result) {
    if (!json.contains("clip")) return;
    result.clipped = true;
    result.low = finite(json["clip"].at(0), "clip");
    result.high = finite(json["clip"].at(1), "clip");
    require(result.high > result.low, "clip must rise");
  }

  void readInference() {
    const Json resample = json_.value("resample", Json::object());
    require(resample.value("image", "linear") == "linear", "only linear resampling of the image is supported");
    require(resample.value("logits", "linear") == "linear", "only linear resampling of the logits is supported");
    const Json inference = json_.value("inference", Json::object());
    result_.overlap = inference.value("overlap", 0.5);
    require(result_.overlap >= 0 && result_.overlap <= 0.95, "overlap must be 0 to 0.95");
    const std::string weighting = inference.value("weighting", "gaussian");
    require(weighting == "gaussian" || weighting == "constant", "weighting must be \"gaussian\" or \"constant\"");
    result_.sigmaScale = inference.value("sigma_scale", 0.125);
    require(*result_.sigmaScale >= 0.05 && *result_.sigmaScale <= 10, "sigma_scale must be 0.05 to 10");
    if (weighting == "constant") result_.sigmaScale.reset();
    require(inference.value("mirror_axes", Json::array()).empty(), "mirror_axes are not supported by this version");
    require(!inference.contains("folds"), "several folds are not supported by this version");
    const std::string crop = inference.value("crop", "none");
    require(crop == "none" || crop == "body", "crop must be \"none\" or \"body\"");
    result_.cropToBody = crop == "body";
  }

  void readOutput() {
    const Json& output = json_.at("output");
    const std::string kind = output.value("kind", "logits");
    require(kind == "logits" || kind == "probabilities", "output.kind must be \"logits\" or \"probabilities\"");
    result_.probabilities = kind == "probabilities";
    result_.outputIndex = output.value("output_index", 0);
    require(result_.outputIndex >= 0, "output_index must not be negative");
    const int channels = output.at("channels").get<int>();
    require(channels >= 2 && channels <= kMostChannels, "output.channels must be 2 to 255");
    const Json& labels = json_.at("labels");
    require(labels.is_object() && static_cast<int>(labels.size()) == channels,
            std::to_string(labels.size()) + " labels for " + std::to_string(channels) + " output channels");
    const Json mapToWord = json_.value("map_to_word", Json::object());
    for (int channel = 0; channel < channels; ++channel) readLabel(labels, mapToWord, std::to_string(channel));
  }

  void readLabel(const Json& labels, const Json& mapToWord, const std::string& number) {
    const Json& label = labels.at(number);
    ModelLabel result{label.at("key").get<std::string>(), {}};
    if (label.contains("word")) result.word = label["word"].get<int>();
    if (mapToWord.contains(number)) result.word = mapToWord[number].get<int>();
    require(!result.word || (*result.word >= 0 && *result.word <= 255), "label " + number + ": word must be 0 to 255");
    for (const auto& other : result_.labels) require(other.key != result.key, "two labels have the key " + result.key);
    result_.labels.push_back(std::move(result));
  }

  const Json& json_;
  ModelManifest result_;
};

std::string withoutJsonPrefix(const std::string& what) {
  const auto end = what.find("] ");
  return end == std::string::npos ? what : what.substr(end + 2);
}

/// What `read` gives. Its causes become the Error that `asError` words.
template <typename Read, typename AsError>
auto worded(const Read& read, const AsError& asError) {
  try {
    return read();
  } catch (const std::string& cause) {
    throw asError(cause);
  } catch (const Json::exception& error) {
    throw asError(withoutJsonPrefix(error.what()));
  }
}

}  // namespace

ModelManifest parseManifest(const Json& json, const std::filesystem::path& source) {
  return worded([&] { return Reader(json).read(); },
                [&](const std::string& cause) {
                  return Error(source, cause, "correct the manifest or choose another model folder");
                });
}

Normalization parseNormalization(const Json& json) {
  return worded([&] { return Reader::normalization(json); },
                [](const std::string& cause) { return Error("normalization: " + cause); });
}

}  // namespace recontour
