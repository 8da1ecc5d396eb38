#include "core/predict/worker_process.h"

#include <thread>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/process_memory.h"
#include "core/predict/model_trust.h"
#include "core/predict/worker_sandbox.h"

namespace recontour {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kLimitsAddresses = false;  // AddressSanitizer reserves terabytes
#else
constexpr bool kLimitsAddresses = true;
#endif

constexpr const char* kErrorFile = "worker.log";
constexpr double kPartOfFreeMemory = 0.85;
/// LibTorch, its threads and the allocator reserve addresses that they do not use.
constexpr std::uint64_t kReservedBytes = std::uint64_t{2} << 30, kReservedBytesPerThread = std::uint64_t{256} << 20;
/// Besides its result: what LibTorch warns of, and what a model prints, which may be without end.
constexpr std::uint64_t kLogBytes = std::uint64_t{64} << 20;

/// A sandbox would show the worker what a link leads to in the link's place.
std::filesystem::path ownFile(const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::is_symlink(file, ignored)) throw Error(file, "is a symbolic link", "put the file itself there");
  return file;
}

bool usesGpu(const std::string& device) { return device != "cpu" && !nvidiaDevices().empty(); }

}  // namespace

WorkerSettings WorkerSettings::standard() {
  WorkerSettings settings;
  settings.program = programFolder() / "recontour-worker";
  settings.jobs = cacheFolder() / "jobs";
  return settings;
}

bool WorkerProcess::sandboxes() const {
  std::call_once(tried_, [this] { sandboxes_ = sandboxWorks(settings_.bubblewrap); });
  return sandboxes_;
}

std::uint64_t WorkerProcess::memoryLimitBytes() const {
  if (settings_.memoryLimitBytes > 0) return settings_.memoryLimitBytes;
  return std::uint64_t(kPartOfFreeMemory * double(availableMemoryBytes()));
}

AdmittedModel WorkerProcess::admit(const std::filesystem::path& modelFolder, const ModelPermission& permission) const {
  const ModelIdentity identity = readModelIdentity(modelFolder);
  if (!permission.manifestHash.empty() && permission.manifestHash != identity.manifestHash)
    throw Error(modelFolder, "was exchanged for another model just now", "look who changes it, and try again");
  AdmittedModel model{{modelFolder / "recontour.json"}, identity.manifestHash};
  if (!identity.weights.empty()) model.files.push_back(ownFile(modelFolder / identity.weights));
  if (sandboxes() || permission.allowUnsandboxed || isShippedModel(model.manifestHash)) return model;
  throw Error(modelFolder, "is not a shipped model, and there is no sandbox to run it in, where it could harm nothing",
              "install bubblewrap and allow user namespaces, or, if you trust it as a program, --allow-unsandboxed");
}

HelperSettings WorkerProcess::helperSettings(const WorkerJob& job, const std::string& device) const {
  CommandLine command{settings_.program, {}};
  const auto devices = usesGpu(device) ? nvidiaDevices() : std::vector<std::filesystem::path>();
  const Confinement reach = workerConfinement(settings_.program, job.readable, job.folder, devices);
  if (sandboxes()) command = confined(command, reach, settings_.bubblewrap);
  HelperSettings result;
  result.program = command.program;
  result.arguments = command.arguments;
  result.process.environment = {"OMP_WAIT_POLICY=passive"};  // in a sandbox it has its own
  result.process.errorFile = job.folder / kErrorFile;
  result.process.fileLimit = job.fileBytes + kLogBytes;
  result.process.niceness = settings_.niceness;
  result.watchdog = settings_.watchdog;
  result.stallLimit = settings_.stallLimit;
  result.residentLimitBytes = job.memoryLimitBytes;
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

Json WorkerProcess::run(const Json& request, const WorkerJob& job, const HelperClient::MessageHandler& onMessage,
                        std::stop_token stop) const {
  HelperClient worker(helperSettings(job, request.at("device")));
  return worker.run(request, onMessage, std::move(stop));
}

}  // namespace recontour
