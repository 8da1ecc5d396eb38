#include "app/worker/job.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <thread>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/worker/train_job.h"
#include "core/base/error.h"
#include "core/base/process_memory.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/image/job_files.h"
#include "models/engine/engine.h"
#include "models/engine/torch_network.h"

namespace recontour::worker {
namespace {

struct Settings {
  NetworkOptions network;
  LabelTable table;
  std::filesystem::path model;
  std::string manifestSha256;  ///< what the client has pinned, or empty
};

std::string pinnedHash(const Json& request) {
  std::string hash = request.value("manifest_sha256", "");
  const bool whole = hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!hash.empty() && !whole) throw Error("manifest_sha256 must have 64 lower-case hexadecimal digits");
  return hash;
}

Settings settingsOf(const Json& request, const std::filesystem::path& base) {
  Settings settings;
  settings.model = base / request.at("model").get<std::string>();
  settings.manifestSha256 = pinnedHash(request);
  settings.network.device = request.value("device", "auto");
  settings.network.precision = request.value("precision", "fp32");
  settings.network.threads = request.value("threads", 0);
  if (settings.network.threads <= 0) settings.network.threads = static_cast<int>(std::thread::hardware_concurrency());
  settings.network.threads = std::clamp(settings.network.threads, 1, 256);
  if (!request.contains("organs")) return settings;
  settings.table.name = request["organs"].at("name").get<std::string>();
  for (const auto& [key, label] : request["organs"].at("labels").items()) {
    const int number = label.get<int>();
    if (number < 1 || number > 255) throw Error("organs: the label of " + key + " is not 1 to 255");
    settings.table.labels[key] = static_cast<Label>(number);
  }
  return settings;
}

double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Json predict(const Json& request, const std::filesystem::path& base, ProgressSink& progress) {
  const auto start = std::chrono::steady_clock::now();
  const Settings settings = settingsOf(request, base);
  const Json& description = request.at("volume");
  const std::string resultName = plainName(request.at("result"));
  const auto folder = base / request.value("folder", "");
  ModelFolder model(settings.model, settings.manifestSha256);  // refused before anything large is read
  const Geometry geometry = geometryOf(description);
  const Volume volume(geometry.size,
                      readVoxels(folder / description.at("file").get<std::string>(), voxelCount(geometry.size)));
  const double reading = secondsSince(start);
  const auto load = [&](ModelFolder& from) { return loadTorchNetwork(from, settings.network); };
  EngineResult result = runModel(model, volume, geometry, settings.table, settings.network.threads, load, progress);
  result.seconds["load"] += reading;

  const auto writing = std::chrono::steady_clock::now();
  progress.progress("write", 0, 1, 0);
  SafeFile file(folder / resultName);
  file.write(std::as_bytes(std::span(result.labels)));
  file.commit();
  const std::string hash = sha256Hex(std::as_bytes(std::span(result.labels)));
  result.seconds["write"] = secondsSince(writing);
  return {{"file", resultName},
          {"bytes", result.labels.size()},
          {"sha256", hash},
          {"model_name", model.manifest().name},
          {"model_sha256", model.manifest().sha256},
          {"manifest_sha256", model.manifestSha256()},
          {"device", result.device},
          {"precision", result.precision},
          {"fallback", result.fallback},
          {"tiles", result.tiles},
          {"seconds", result.seconds},
          {"peak_memory_bytes", ownPeakMemoryBytes()},
          {"warnings", result.warnings}};
}

Json check(const Json& request, const std::filesystem::path& base) {
  const Settings settings = settingsOf(request, base);
  ModelFolder model(settings.model, settings.manifestSha256);
  const ModelManifest manifest = model.manifest();
  const ChannelLabels labels = model.channelLabels(settings.table);
  const DryRun run = tryModel(model, [&](ModelFolder& from) { return loadTorchNetwork(from, settings.network); });
  Json list = Json::array();
  for (std::size_t channel = 0; channel < manifest.labels.size(); ++channel) {
    list.push_back({{"key", manifest.labels[channel].key}, {"label", labels.labelOf[channel]}});
  }
  return {{"model_name", manifest.name},
          {"model_sha256", manifest.sha256},
          {"manifest_sha256", model.manifestSha256()},
          {"labels", list},
          {"unmapped", labels.unmapped},
          {"device", run.device},
          {"precision", run.precision},
          {"fallback", run.fallback},
          {"window", {run.window.x, run.window.y, run.window.z}},
          {"seconds", {{"dry_run", run.seconds}}},
          {"peak_memory_bytes", ownPeakMemoryBytes()}};
}

}  // namespace

Json runJob(const Json& request, const std::filesystem::path& base, JobReport& report) {
  try {
    const std::string type = request.at("type").get<std::string>();
    if (type == "predict") return predict(request, base, report);
    if (type == "check") return check(request, base);
    if (type == "train") return train(request, base, report);
    throw Error("request type '" + type + "' is not known");
  } catch (const Json::exception& error) {
    throw Error(std::string("the request is not valid: ") + error.what());
  } catch (const std::bad_alloc&) {
    throw Error("there is not enough memory for this volume and model; close other programs or use a coarser model",
                ErrorKind::ModelFailed);
  }
}

}  // namespace recontour::worker
