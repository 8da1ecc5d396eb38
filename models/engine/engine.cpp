#include "models/engine/engine.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "models/engine/body_box.h"
#include "models/engine/label_projection.h"
#include "models/engine/model_grid.h"
#include "models/engine/sliding_window.h"

namespace recontour {
namespace {

constexpr float kAirHu = -1000;

class Stopwatch {
 public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(start_, now)).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

void append(std::string& text, const std::string& more) {
  if (!text.empty() && !more.empty()) text += "; ";
  text += more;
}

/// What the network sees: normalised voxels of a grid.
struct Input {
  Geometry grid;
  std::vector<float> values;
  float padValue = 0;
};

void cropTo(const Box& box, Input& input) {
  const Size3 size = box.size();
  std::vector<float> values;
  values.reserve(voxelCount(size));
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      const float* row = input.values.data() + (std::size_t(z) * std::size_t(input.grid.size.y) + std::size_t(y)) *
                                                   std::size_t(input.grid.size.x);
      values.insert(values.end(), row + box.lower.x, row + box.upper.x);
    }
  }
  input.values = std::move(values);
  input.grid.origin = input.grid.toWorld(box.lower);
  input.grid.size = size;
}

Input prepare(const ModelManifest& manifest, const Volume& volume, const Geometry& geometry, int threads) {
  Input input{modelGrid(geometry, manifest), {}, 0};
  requireMemoryForLogits(input.grid.size, manifest.channels());
  const float outside = static_cast<float>(manifest.padHu.value_or(kAirHu));
  input.values = resampleHu(volume, geometry, input.grid, outside, threads);
  if (manifest.cropToBody) cropTo(bodyBox(input.values, input.grid.size), input);
  const HuTransform transform(manifest.normalization, input.values);
  transform.apply(input.values);
  if (manifest.padHu) input.padValue = transform(static_cast<float>(*manifest.padHu));
  return input;
}

std::string listOf(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

EngineResult runModel(ModelFolder& folder, const Volume& volume, const Geometry& geometry, const LabelTable& table,
                      int threads, const NetworkLoader& load, ProgressSink& progress) {
  EngineResult result;
  const ModelManifest manifest = folder.manifest();
  const ChannelLabels channelLabels = folder.channelLabels(table);
  if (!channelLabels.unmapped.empty()) {
    result.warnings.push_back("the organ table lacks these labels of the model, left out: " +
                              listOf(channelLabels.unmapped));
  }
  Stopwatch watch;
  progress.progress("load", 0, 1, -1);
  LoadedNetwork loaded = load(folder);
  result.seconds["load"] = watch.lap();
  progress.runsOn(manifest.name, loaded.network->device());
  progress.progress("preprocess", 0, 1, -1);
  const Input input = prepare(manifest, volume, geometry, threads);
  result.seconds["preprocess"] = watch.lap();

  const WindowPlan plan(input.grid.size, manifest);
  result.tiles = plan.count();
  progress.progress("network", 0, result.tiles, -1);
  SlidingWindow windows(input.values, input.grid.size, plan, input.padValue, threads);
  Stopwatch tiles;
  double spent = 0;
  const Logits logits = windows.run(*loaded.network, manifest.channels(), [&](int done) {
    spent += tiles.lap();
    progress.progress("network", done, result.tiles, spent / done * (result.tiles - done));
  });
  result.seconds["network"] = watch.lap();
  progress.progress("resample", 0, 1, -1);
  result.labels = projectLabels(logits, input.grid, geometry, channelLabels.labelOf, threads);
  result.seconds["resample"] = watch.lap();

  result.device = loaded.network->device();
  result.precision = loaded.precision;
  result.fallback = loaded.fallback;
  append(result.fallback, windows.fallback());
  return result;
}

DryRun tryModel(ModelFolder& folder, const NetworkLoader& load) {
  constexpr int kWholeAxis = 32;  // stands for an axis that the window takes whole
  const ModelManifest manifest = folder.manifest();
  const auto weights = folder.weightsFile();
  Size3 size;
  for (int axis = 0; axis < 3; ++axis) size[axis] = manifest.window[std::size_t(axis)].value_or(kWholeAxis);
  const WindowPlan plan(size, manifest);
  const std::vector<float> zeros(voxelCount(size), 0);
  Stopwatch watch;
  LoadedNetwork loaded = load(folder);
  try {
    SlidingWindow(zeros, size, plan, 0, 1).run(*loaded.network, manifest.channels(), [](int) {});
  } catch (const OutOfDeviceMemory&) {
    throw;
  } catch (const Error& error) {
    throw Error(weights, error.what(), "correct the manifest or export the network again");
  }
  return {loaded.network->device(), loaded.precision, loaded.fallback, plan.windowSize(), watch.lap()};
}

}  // namespace recontour
