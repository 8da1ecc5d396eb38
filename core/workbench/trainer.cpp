#include "core/workbench/trainer.h"

#include "core/base/error.h"

namespace recontour {
namespace {

/// A network from elsewhere is a program: it is learned with only when someone has agreed to run it.
/// @return the hash that was agreed to; empty without a folder
std::string agreedHash(const std::optional<std::filesystem::path>& modelFolder, const ModelTrust& trust) {
  if (!modelFolder) return {};
  if (modelFolder->empty()) throw Error("no model folder is chosen, whose network would be trained");
  const ModelIdentity model = readModelIdentity(*modelFolder);
  const ModelStanding standing = trust.standing(*modelFolder, model.manifestHash);
  if (standing == ModelStanding::Shipped || standing == ModelStanding::Pinned) return model.manifestHash;
  throw Error(*modelFolder, "is a model that was not agreed to yet",
              "run it on a case first: Model > Run a model folder asks");
}

class WorkerTrainer final : public Trainer {
 public:
  WorkerTrainer(const WorkerSettings& worker, const ModelTrust& trust) : worker_(worker), trust_(trust) {}
  std::vector<TrainingSource> cases(const TrainingJob& job, const std::stop_token& stop) override {
    requireValid(job.settings);
    agreedHash(job.settings.networkFolder, trust_);
    agreedHash(job.settings.startFolder, trust_);
    return trainingCasesIn(job.cases, job.split, job.settings.loss == "ce-dice", job.settings.selection,
                           job.settings.seed, stop);
  }
  TrainingReport train(const TrainingJob& job, TrainingSink& sink, std::stop_token stop) override {
    TrainingSettings settings = job.settings;
    settings.networkHash = agreedHash(settings.networkFolder, trust_);
    settings.startHash = agreedHash(settings.startFolder, trust_);
    const auto sources = cases(job, stop);
    return recontour::train(settings, sources, job.model, worker_, sink, std::move(stop), trust_);
  }
  bool canResume(const std::filesystem::path& model) override { return recontour::canResume(model); }

 private:
  WorkerSettings worker_;
  ModelTrust trust_;
};

}  // namespace

std::shared_ptr<Trainer> makeWorkerTrainer(const WorkerSettings& worker, const ModelTrust& trust) {
  return std::make_shared<WorkerTrainer>(worker, trust);
}

}  // namespace recontour
