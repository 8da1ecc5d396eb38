// The next case of the work list: read and predicted while the reader works on the current one.
#include "core/workbench/workbench_internal.h"

namespace recontour {

using PredictionState = PredictionStatus::State;

std::optional<WorkItem> Workbench::State::followingWorkItem() const {
  if (inbox) {
    const auto number = nextNotAccepted();
    return number ? std::optional(workList[static_cast<std::size_t>(*number)]) : std::nullopt;
  }
  const int current = owner.currentWorkItem();
  const auto number = static_cast<std::size_t>(current) + 1;
  if (current < 0 || number >= workList.size()) return {};
  return workList[number];
}

void Workbench::State::prepareNext() {
  const bool idle = caseState == CaseState::Open || (inbox && caseState != CaseState::Opening);
  if (!idle || prediction.state == PredictionState::Running) return;
  const auto following = nextStudyImage ? std::optional(WorkItem{.path = *nextStudyImage}) : followingWorkItem();
  if (!following) return dropNext();
  if (next && next->path == following->path && next->series == following->series) return predictNext();
  dropNext();
  next.emplace();
  next->path = following->path;
  next->series = following->series;
  nextRead = ++lastRead;
  read(next->path, next->series, nextRead);
}

void Workbench::State::predictNext() {
  if (!next || !next->prepared || next->prepared->hasLog || next->prediction.state != PredictionState::None) return;
  const auto own = prediction.state;  // a model that fails here would most likely fail there
  const bool hasStructures = !next->prepared->opened.structures.empty();  // they are offered as the start
  if (!options.model || hasStructures || owner.readOnly() || options.fromNothing || own == PredictionState::Running ||
      own == PredictionState::Failed)
    return;
  next->prediction.state = PredictionState::Running;
  next->prediction.stage = "load";
  next->prediction.modelName = options.model->filename().string();
  startRun(next->prepared->opened, *options.model, false, true);
}

void Workbench::State::dropNext() {
  if (!next) return;
  if (runIsAhead) stopRun();
  if (!next->prepared && caseState != CaseState::Opening) source->cancel();
  nextRead = 0;
  next.reset();
}

void Workbench::State::adoptNext() {
  if (!next) return;
  const bool wanted =
      options.model && editable() && !session->hasStarts() && next->path == casePath && next->series == caseSeries;
  const bool running = runIsAhead;
  if (running && !wanted) stopRun();
  NextCase ahead = std::move(*std::exchange(next, std::nullopt));
  runIsAhead = false;
  nextRead = 0;
  if (!wanted || (!running && !ahead.start)) return;  // a failed one runs again and tells
  lastModel = *options.model;
  prediction = ahead.prediction;
  for (const auto& warning : ahead.warnings)
    Q_EMIT owner.message(MessageKind::Warning, QString::fromStdString(warning));
  if (ahead.start) takeStart(std::move(*ahead.start));
  Q_EMIT owner.predictionChanged();
}

bool Workbench::State::ready(const NextCase& wanted) const {
  if (!wanted.prepared) return false;
  const bool predicts =
      options.model && !options.readOnly && !wanted.prepared->hasLog && wanted.prepared->opened.structures.empty();
  return !predicts || wanted.start.has_value() || wanted.prediction.state == PredictionState::Failed;
}

bool Workbench::nextCaseReady() const { return state_->next && state_->ready(*state_->next); }

}  // namespace recontour
