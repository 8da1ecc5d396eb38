#include "core/predict/worker_predictor.h"

#include <cassert>
#include <cstdio>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/job_folder.h"
#include "core/image/job_files.h"
#include "core/predict/job_messages.h"
#include "core/predict/memory_need.h"

namespace recontour {
namespace {

constexpr const char* kVolumeFile = "volume.i16";
constexpr const char* kResultFile = "labels.u8";

/// Told before anything starts, so that nobody waits for what cannot end well.
void requireMemory(const PredictionRequest& request, std::uint64_t limitBytes) {
  const std::uint64_t needed = leastMemoryBytes(request.modelFolder, request.geometry);
  if (limitBytes == 0 || needed <= limitBytes) return;
  char text[100];
  std::snprintf(text, sizeof text, "needs at least %.1f GB of memory for this scan, and %.1f GB may be used",
                double(needed) / 1e9, double(limitBytes) / 1e9);
  throw Error(request.modelFolder, text, kMemoryAdvice, ErrorKind::ModelFailed);
}

}  // namespace

WorkerPredictor::WorkerPredictor(WorkerSettings settings) : worker_(std::move(settings)) {
  JobFolder::sweep(worker_.settings().jobs);
}

Json WorkerPredictor::run(Json request, const AdmittedModel& model, const WorkerJob& job, ProgressSink& progress,
                          std::stop_token stop) const {
  request["manifest_sha256"] = model.manifestHash;
  Json result = worker_.run(
      request, job, [&](const Json& message) { tellProgress(message, progress); }, std::move(stop));
  const auto ran = result.find("manifest_sha256");
  if (ran == result.end() || *ran == model.manifestHash) return result;
  throw Error("the model worker ran another model than it was told to; try again", ErrorKind::ModelFailed);
}

PredictionResult WorkerPredictor::predict(const PredictionRequest& request, ProgressSink& progress,
                                          std::stop_token stop) {
  assert(request.volume.size() == request.geometry.size);
  const OrganTable organs = OrganTable::named(request.organTable);
  const AdmittedModel model = worker_.admit(request.modelFolder, {request.manifestHash, request.allowUnsandboxed});
  const std::uint64_t memoryLimitBytes = worker_.memoryLimitBytes();
  requireMemory(request, memoryLimitBytes);
  const JobFolder folder(worker_.settings().jobs);
  const WorkerJob job{folder.path(), model.files, voxelCount(request.geometry.size), memoryLimitBytes};
  writeVoxels(folder.path() / kVolumeFile, request.volume.voxels());
  const Json message = predictMessage(request, folder.path(), kVolumeFile, kResultFile);
  const Json answer = run(message, model, job, progress, std::move(stop));
  PredictionResult result = readPrediction(answer, folder.path(), request.geometry.size, organs);
  result.manifestHash = model.manifestHash;
  result.sandboxed = sandboxes();
  if (!result.sandboxed) result.warnings.push_back(kRanBare);
  return result;
}

ModelReport WorkerPredictor::check(const std::filesystem::path& modelFolder, const std::string& device,
                                   const std::string& organTable, std::stop_token stop,
                                   const ModelPermission& permission) {
  const OrganTable organs = OrganTable::named(organTable);
  const AdmittedModel model = worker_.admit(modelFolder, permission);
  const JobFolder folder(worker_.settings().jobs);
  const WorkerJob job{folder.path(), model.files, 0, worker_.memoryLimitBytes()};
  NoProgress quiet;
  const Json result = run(checkMessage(modelFolder, device, organs), model, job, quiet, std::move(stop));
  try {
    ModelReport report{oneLine(result.at("model_name")),
                       result.at("model_sha256"),
                       {},
                       result.at("unmapped"),
                       result.at("device"),
                       result.at("fallback"),
                       {},
                       result.at("peak_memory_bytes"),
                       model.manifestHash,
                       sandboxes()};
    for (const Json& label : result.at("labels")) {
      if (label.at("label") != 0) report.organs.push_back(oneLine(label.at("key")));
    }
    for (int axis = 0; axis < 3; ++axis) report.window[axis] = result.at("window").at(std::size_t(axis)).get<int>();
    return report;
  } catch (const Json::exception& error) {
    throw Error(std::string("the model worker's answer is not usable: ") + error.what(), ErrorKind::ModelFailed);
  }
}

}  // namespace recontour
