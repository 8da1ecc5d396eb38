#include "core/training/training_run.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/training/trained_model.h"
#include "core/training/training_data.h"
#include "core/training/training_folder.h"
#include "core/training/training_messages.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr int kLowPriority = 10;
/// Networks of the program take a tenth of it, wide ones all; see readCheckpoint().
constexpr std::uint64_t kFileBytes = std::uint64_t{8} << 30;

/// Without "." and a slash at the end.
fs::path plainPath(const fs::path& folder) {
  const fs::path path = fs::absolute(folder).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

/// The model's place. @throws Error when something is there
fs::path freePlace(const fs::path& wanted) {
  const fs::path out = plainPath(wanted);
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(out, ignored)))
    throw Error(out, "is there already", "choose another folder for the model");
  return out;
}

WorkerSettings atLowPriority(WorkerSettings settings) {
  settings.niceness = std::max(settings.niceness, kLowPriority);
  return settings;
}

/// The models that a run starts from, as they were when they were judged.
struct StartingModels {
  std::vector<fs::path> files;
  std::vector<std::string> warnings;
};

StartingModels admitModels(TrainingSettings& settings, const WorkerProcess& process) {
  StartingModels models;
  const auto admit = [&](const std::optional<fs::path>& folder, std::string& hash) {
    if (!folder) return;
    const AdmittedModel model = process.admit(*folder, {hash, settings.allowUnsandboxed});
    hash = model.manifestHash;
    models.files.insert(models.files.end(), model.files.begin(), model.files.end());
  };
  admit(settings.networkFolder, settings.networkHash);
  admit(settings.startFolder, settings.startHash);
  if (!models.files.empty() && !process.sandboxes()) models.warnings.emplace_back(kRanBare);
  return models;
}

/// The whole request; what a later run must have alike is kept in the folder.
Json requestOf(const TrainingSettings& settings, const OrganTable& organs, const TrainingFolder& folder,
               const auto& prepare) {
  const auto stopped = folder.stoppedRequest();
  Json request = settingsMessage(settings, organs);
  if (stopped && request["spacing_mm"].is_null()) request["spacing_mm"] = stopped->value("spacing_mm", Json());
  if (stopped) requireSameRun(folder.path(), *stopped, request);  // before the cases are read
  TrainingData data = prepare();
  request["cases"] = std::move(data.cases);
  const Point3& mm = data.spacingMm;
  if (request["spacing_mm"].is_null()) request["spacing_mm"] = {mm.x, mm.y, mm.z};
  if (stopped) requireSameRun(folder.path(), *stopped, request);
  if (!stopped) folder.keep(request);
  request.update({{"folder", folder.path().string()},
                  {"device", settings.device},
                  {"threads", settings.threads},
                  {"resume", folder.hasLearned()}});
  return request;
}

void tell(const Json& message, const fs::path& folder, const OrganTable& organs, TrainingSink& sink) {
  tellProgress(message, sink);
  if (message.at("type") == "curve") sink.point(pointOf(message));
  if (message.at("type") != "picture") return;
  if (const auto view = viewOf(message, folder, organs)) sink.view(*view);
}

/// Puts what the worker made in its place, where it is the user's and trusted.
TrainingReport takeOver(TrainingReport report, const fs::path& out, const ModelTrust& trust,
                        std::vector<std::string>& warnings) {
  const ModelIdentity model = requireTrainedModel(report);
  placeModel(report.model, out);
  report.model = out;
  try {
    trust.pin(out, model);
  } catch (const Error& error) {  // it is asked for when it is used, and no worse
    warnings.push_back(std::string("the model cannot be remembered as yours: ") + error.what());
  }
  return report;
}

}  // namespace

fs::path trainingFolder(const fs::path& model) { return plainPath(model).concat(".training"); }

bool canResume(const fs::path& model) { return holdsStoppedRun(trainingFolder(model)); }

TrainingReport train(const TrainingSettings& wanted, const std::vector<TrainingSource>& cases, const fs::path& place,
                     const WorkerSettings& worker, TrainingSink& sink, std::stop_token stop, const ModelTrust& trust) {
  requireValid(wanted);
  if (cases.empty()) throw Error("there is no case to learn from");
  const fs::path out = freePlace(place);
  TrainingSettings settings = wanted;
  const OrganTable organs = settings.organs ? *settings.organs : OrganTable::named(settings.organTable);
  const WorkerProcess process(atLowPriority(worker));
  StartingModels models = admitModels(settings, process);
  TrainingFolder folder(trainingFolder(out), settings.resume);
  std::vector<std::string>& warnings = models.warnings;
  for (const std::string& warning : warnings) sink.warning(warning);
  Json request = requestOf(settings, organs, folder, [&] {
    TrainingData data = prepareTrainingData(cases, organs, settings.loss == "ce-dice", folder.path(), sink, stop);
    warnings.insert(warnings.end(), data.warnings.begin(), data.warnings.end());
    return data;
  });
  const WorkerJob job{folder.path(), models.files, kFileBytes, process.memoryLimitBytes()};
  const auto hear = [&](const Json& message) { tell(message, folder.path(), organs, sink); };
  const Json result = process.run(request, job, hear, std::move(stop));
  TrainingReport report = takeOver(trainingReportOf(result, folder.path()), out, trust, warnings);
  if (!folder.remove()) warnings.push_back(folder.path().string() + " cannot be removed; remove it by hand");
  report.warnings = std::move(warnings);
  return report;
}

}  // namespace recontour
