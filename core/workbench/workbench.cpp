#include "core/workbench/workbench.h"

#include "core/base/folders.h"
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

constexpr int kCalmMs = 300;

}  // namespace

Workbench::State::State(Workbench& itsOwner, Options itsOptions, OrganTable table,
                        std::unique_ptr<CaseSource> itsSource, std::shared_ptr<Predictor> predictor,
                        std::shared_ptr<FileReader> itsFiles)
    : owner(itsOwner),
      options(std::move(itsOptions)),
      shippedOrgans(std::move(table)),
      organs(shippedOrgans),
      files(std::move(itsFiles)),
      source(std::move(itsSource)),
      runner(std::move(predictor),
             options.predictions.empty() ? std::nullopt : std::optional(PredictionCache(options.predictions)),
             options.modelTrust.empty() ? std::nullopt : std::optional(ModelTrust(options.modelTrust))) {
  if (options.sessionsFolder.empty()) options.sessionsFolder = dataFolder() / "sessions";
  QObject::connect(&second, &QTimer::timeout, &owner, [this] { everySecond(); });
  second.start(1000);
  QObject::connect(&heartbeat, &QTimer::timeout, &owner, [this] { noteHeld(); });
  heartbeat.start(250);  // parts of strokes, then, are written after at most 500 ms
  calm.setSingleShot(true);
  calm.setInterval(kCalmMs);
  QObject::connect(&calm, &QTimer::timeout, &owner, [this] { prepareNext(); });
}

Workbench::Workbench(Options options, OrganTable organs, std::unique_ptr<CaseSource> source,
                     std::shared_ptr<Predictor> predictor, std::shared_ptr<FileReader> files)
    : state_(std::make_unique<State>(*this, std::move(options), std::move(organs), std::move(source),
                                     std::move(predictor), std::move(files))) {}

Workbench::~Workbench() { closeCase(); }

CaseState Workbench::caseState() const { return state_->caseState; }
const Case* Workbench::currentCase() const { return state_->opened ? &*state_->opened : nullptr; }
const AxisMap& Workbench::axisMap() const { return state_->axisMap; }
const OrganTable& Workbench::organs() const { return state_->organs; }
const Workbench::Options& Workbench::options() const { return state_->options; }
std::shared_ptr<FileReader> Workbench::files() const { return state_->files; }
const LabelMap* Workbench::reference() const { return state_->reference ? &*state_->reference : nullptr; }
bool Workbench::referenceShown() const { return state_->referenceShown; }
const std::vector<OrganStatus>& Workbench::organStatus() const { return state_->organStatus; }
const PredictionStatus& Workbench::prediction() const { return state_->prediction; }
const SaveStatus& Workbench::saveStatus() const { return state_->saveStatus; }
bool Workbench::leaving() const { return state_->sessionsLeaving > 0; }
bool Workbench::accepted() const { return state_->accepted; }
Scribbling& Workbench::scribbling() const { return state_->scribbling; }
const Session* Workbench::session() const { return state_->session.get(); }

}  // namespace recontour
