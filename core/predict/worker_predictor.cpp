#include "core/predict/worker_predictor.h"

#include <cassert>
#include <cstdio>
#include <thread>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/job_folder.h"
#include "core/base/process_memory.h"
#include "core/image/job_files.h"
#include "core/predict/job_messages.h"
#include "core/predict/memory_need.h"
#include "core/predict/model_trust.h"
#include "core/predict/worker_sandbox.h"

namespace recontour {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kLimitsAddresses = false;  // AddressSanitizer reserves terabytes
#else
constexpr bool kLimitsAddresses = true;
#endif

constexpr const char* kVolumeFile = "volume.i16";
constexpr const char* kResultFile = "labels.u8";
constexpr const char* kErrorFile = "worker.log";

constexpr double kPartOfFreeMemory = 0.85;
/// LibTorch, its threads and the allocator reserve addresses that they do not use.
constexpr std::uint64_t kReservedBytes = std::uint64_t{2} << 30, kReservedBytesPerThread = std::uint64_t{256} << 20;
/// Besides its result: what LibTorch warns of, and what a model prints, which may be without end.
constexpr std::uint64_t kLogBytes = std::uint64_t{64} << 20;
constexpr const char* kMemoryAdvice = "close other programs, or use a coarser model or a machine with more memory";
constexpr const char* kBare = "the model ran without a sandbox, with access to all that you have access to";

/// A sandbox would show the worker what a link leads to in the link's place.
std::filesystem::path ownFile(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_symlink(file, ignored)) throw Error(file, "is a symbolic link", "put the file itself there");
  return file;
}

/// Told before anything starts, so that nobody waits for what cannot end well.
void requireMemory(const PredictionRequest& request, std::uint64_t limitBytes) {
  const std::uint64_t needed = leastMemoryBytes(request.modelFolder, request.geometry);
  if (limitBytes == 0 || needed <= limitBytes) return;
  char text[100];
  std::snprintf(text, sizeof text, "needs at least %.1f GB of memory for this scan, and %.1f GB may be used",
                double(needed) / 1e9, double(limitBytes) / 1e9);
  throw Error(request.modelFolder, text, kMemoryAdvice, ErrorKind::ModelFailed);
}

bool usesGpu(const std::string& device) { return device != "cpu" && !nvidiaDevices().empty(); }

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

bool WorkerPredictor::sandboxes() const {
  std::call_once(tried_, [this] { sandboxes_ = sandboxWorks(settings_.bubblewrap); });
  return sandboxes_;
}

WorkerPredictor::Admitted WorkerPredictor::admit(const std::filesystem::path& modelFolder,
                                                 const ModelPermission& permission) const {
  const ModelIdentity identity = readModelIdentity(modelFolder);
  if (!permission.manifestHash.empty() && permission.manifestHash != identity.manifestHash)
    throw Error(modelFolder, "was exchanged for another model just now", "look who changes it, and try again");
  Admitted model{{modelFolder / "recontour.json"}, identity.manifestHash, sandboxes(), settings_.memoryLimitBytes, 0};
  if (model.memoryLimitBytes == 0)
    model.memoryLimitBytes = std::uint64_t(kPartOfFreeMemory * double(availableMemoryBytes()));
  if (!identity.weights.empty()) model.files.push_back(ownFile(modelFolder / identity.weights));
  if (model.sandboxed || permission.allowUnsandboxed || isShippedModel(model.manifestHash)) return model;
  throw Error(modelFolder, "is not a shipped model, and there is no sandbox to run it in, where it could harm nothing",
              "install bubblewrap and allow user namespaces, or, if you trust it as a program, --allow-unsandboxed");
}

HelperSettings WorkerPredictor::helperSettings(const Admitted& model, const std::filesystem::path& folder,
                                               const std::string& device) const {
  CommandLine command{settings_.program, {}};
  const auto devices = usesGpu(device) ? nvidiaDevices() : std::vector<std::filesystem::path>();
  const Confinement reach = workerConfinement(settings_.program, model.files, folder, devices);
  if (model.sandboxed) command = confined(command, reach, settings_.bubblewrap);
  HelperSettings result;
  result.program = command.program;
  result.arguments = command.arguments;
  result.process.environment = {"OMP_WAIT_POLICY=passive"};  // in a sandbox it has its own
  result.process.errorFile = folder / kErrorFile;
  result.process.fileLimit = model.resultBytes + kLogBytes;
  result.process.niceness = settings_.niceness;
  result.watchdog = settings_.watchdog;
  result.stallLimit = settings_.stallLimit;
  result.residentLimitBytes = model.memoryLimitBytes;
  // CUDA reserves many times the memory there is, so there only what is in use can be limited.
  if (kLimitsAddresses && devices.empty() && result.residentLimitBytes > 0)
    result.process.memoryLimit =
        result.residentLimitBytes + kReservedBytes + kReservedBytesPerThread * std::thread::hardware_concurrency();
  result.name = "the model worker";
  result.adviceEnded = "try again, or use a coarser model or a machine with more memory";
  result.adviceSilent = "try again, or use another device or model";
  result.adviceMemory = kMemoryAdvice;
  return result;
}

Json WorkerPredictor::run(Json request, const Admitted& model, const std::filesystem::path& folder,
                          ProgressSink& progress, std::stop_token stop) const {
  request["manifest_sha256"] = model.manifestHash;
  HelperClient worker(helperSettings(model, folder, request.at("device")));
  Json result = worker.run(
      request, [&](const Json& message) { tellProgress(message, progress); }, std::move(stop));
  const auto ran = result.find("manifest_sha256");
  if (ran == result.end() || *ran == model.manifestHash) return result;
  throw Error("the model worker ran another model than it was told to; try again", ErrorKind::ModelFailed);
}

PredictionResult WorkerPredictor::predict(const PredictionRequest& request, ProgressSink& progress,
                                          std::stop_token stop) {
  assert(request.volume.size() == request.geometry.size);
  const OrganTable organs = OrganTable::named(request.organTable);
  Admitted model = admit(request.modelFolder, {request.manifestHash, request.allowUnsandboxed});
  model.resultBytes = std::uint64_t(voxelCount(request.geometry.size));
  requireMemory(request, model.memoryLimitBytes);
  const JobFolder folder(settings_.jobs);
  writeVoxels(folder.path() / kVolumeFile, request.volume.voxels());
  const Json message = predictMessage(request, folder.path(), kVolumeFile, kResultFile);
  const Json answer = run(message, model, folder.path(), progress, std::move(stop));
  PredictionResult result = readPrediction(answer, folder.path(), request.geometry.size, organs);
  result.manifestHash = model.manifestHash;
  result.sandboxed = model.sandboxed;
  if (!model.sandboxed) result.warnings.push_back(kBare);
  return result;
}

ModelReport WorkerPredictor::check(const std::filesystem::path& modelFolder, const std::string& device,
                                   const std::string& organTable, std::stop_token stop,
                                   const ModelPermission& permission) {
  const OrganTable organs = OrganTable::named(organTable);
  const Admitted model = admit(modelFolder, permission);
  const JobFolder folder(settings_.jobs);
  NoProgress quiet;
  const Json result = run(checkMessage(modelFolder, device, organs), model, folder.path(), quiet, std::move(stop));
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
                       model.sandboxed};
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
