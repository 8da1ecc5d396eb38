#include "core/predict/worker_predictor.h"

#include <cassert>
#include <fstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/job_folder.h"
#include "core/predict/job_messages.h"

namespace recontour {
namespace {

constexpr const char* kVolumeFile = "volume.i16";
constexpr const char* kResultFile = "labels.u8";
constexpr const char* kErrorFile = "worker.log";

void writeVolume(const std::filesystem::path& file, const Volume& volume) {
  const auto bytes = std::as_bytes(volume.voxels());
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) throw Error(file, "cannot be written: " + systemErrorText(), "free space in the cache folder");
}

}  // namespace

WorkerPredictor::WorkerPredictor(WorkerSettings settings) : settings_(std::move(settings)) {
  JobFolder::sweep(settings_.jobs);
}

PredictionResult WorkerPredictor::predict(const PredictionRequest& request, ProgressSink& progress,
                                          std::stop_token stop) {
  assert(request.volume.size() == request.geometry.size);
  const OrganTable organs = OrganTable::named(request.organTable);
  const JobFolder folder(settings_.jobs);
  writeVolume(folder.path() / kVolumeFile, request.volume);
  WorkerClient worker(settings_, folder.path() / kErrorFile, stop);
  const Json result = worker.run(predictMessage(request, folder.path(), kVolumeFile, kResultFile), progress);
  return readPrediction(result, folder.path(), request.geometry.size, organs);
}

ModelReport WorkerPredictor::check(const std::filesystem::path& modelFolder, const std::string& device,
                                   const std::string& organTable, std::stop_token stop) {
  const OrganTable organs = OrganTable::named(organTable);
  const JobFolder folder(settings_.jobs);
  WorkerClient worker(settings_, folder.path() / kErrorFile, stop);
  NoProgress quiet;
  const Json result = worker.run(checkMessage(modelFolder, device, organs), quiet);
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
