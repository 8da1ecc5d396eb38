#include "core/predict/worker_predictor.h"

#include <cassert>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/helper_client.h"
#include "core/base/job_folder.h"
#include "core/image/job_files.h"
#include "core/predict/job_messages.h"

namespace recontour {
namespace {

constexpr const char* kVolumeFile = "volume.i16";
constexpr const char* kResultFile = "labels.u8";
constexpr const char* kErrorFile = "worker.log";

HelperSettings helperSettings(const WorkerSettings& settings, const std::filesystem::path& folder) {
  HelperSettings result;
  result.program = settings.program;
  // Threads that spin while they wait cost everything else on the machine 2.5 times its time.
  result.process.environment = {"OMP_WAIT_POLICY=passive"};
  result.process.errorFile = folder / kErrorFile;
  result.process.niceness = settings.niceness;
  result.watchdog = settings.watchdog;
  result.name = "the model worker";
  result.adviceEnded = "try again, or use a coarser model or a machine with more memory";
  result.adviceSilent = "try again, or use another device or model";
  return result;
}

}  // namespace

WorkerSettings WorkerSettings::standard() {
  WorkerSettings settings;
  settings.program = programFolder() / "recontour-worker";
  settings.jobs = cacheFolder() / "jobs";
  return settings;
}

WorkerPredictor::WorkerPredictor(WorkerSettings settings) : settings_(std::move(settings)) {
  JobFolder::sweep(settings_.jobs);
}

Json WorkerPredictor::run(const Json& request, const std::filesystem::path& folder, ProgressSink& progress,
                          std::stop_token stop) const {
  HelperClient worker(helperSettings(settings_, folder));
  return worker.run(
      request, [&](const Json& message) { tellProgress(message, progress); }, std::move(stop));
}

PredictionResult WorkerPredictor::predict(const PredictionRequest& request, ProgressSink& progress,
                                          std::stop_token stop) {
  assert(request.volume.size() == request.geometry.size);
  const OrganTable organs = OrganTable::named(request.organTable);
  const JobFolder folder(settings_.jobs);
  writeVoxels(folder.path() / kVolumeFile, request.volume.voxels());
  const Json message = predictMessage(request, folder.path(), kVolumeFile, kResultFile);
  const Json result = run(message, folder.path(), progress, std::move(stop));
  return readPrediction(result, folder.path(), request.geometry.size, organs);
}

ModelReport WorkerPredictor::check(const std::filesystem::path& modelFolder, const std::string& device,
                                   const std::string& organTable, std::stop_token stop) {
  const OrganTable organs = OrganTable::named(organTable);
  const JobFolder folder(settings_.jobs);
  NoProgress quiet;
  const Json result = run(checkMessage(modelFolder, device, organs), folder.path(), quiet, std::move(stop));
  try {
    ModelReport report{result.at("model_name"), result.at("model_sha256"), {}, result.at("unmapped"),
                       result.at("device"),     result.at("fallback"),     {}, result.at("peak_memory_bytes")};
    for (const Json& label : result.at("labels")) {
      if (label.at("label") != 0) report.organs.push_back(label.at("key"));
    }
    for (int axis = 0; axis < 3; ++axis) report.window[axis] = result.at("window").at(std::size_t(axis)).get<int>();
    return report;
  } catch (const Json::exception& error) {
    throw Error(std::string("the model worker's answer is not usable: ") + error.what(), ErrorKind::ModelFailed);
  }
}

}  // namespace recontour
