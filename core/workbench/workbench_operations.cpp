// Operations: computed in the background on a snapshot, then previewed or applied.
#include "core/workbench/workbench_internal.h"

namespace recontour {
namespace {

/// Some operations are about what other organs have; asking for them is leave to change those.
bool paintsOverOthers(OperationKind kind) {
  switch (kind) {
    case OperationKind::TakePiece:
    case OperationKind::TakeSlicePiece:
    case OperationKind::SmoothAll:
    case OperationKind::RevertOrgan:
    case OperationKind::RevertSlice:
    case OperationKind::RevertSlices:
    case OperationKind::Swap:
    case OperationKind::Merge:
      return true;
    default:
      return false;
  }
}

struct Attempt {
  OperationResult result;
  std::string error;  ///< why there is none
};

Attempt attempted(const Operation& operation, const OperationInput& input) {
  try {
    return {executed(operation, input), {}};
  } catch (const Error& error) {
    return {{}, error.what()};
  }
}

}  // namespace

EditRules Workbench::State::rulesOf(const Operation& operation) const {
  EditRules rules = brush.rules;
  if (paintsOverOthers(operation.kind)) rules.overwrite = EditRules::Overwrite::All;
  return rules;
}

void Workbench::previewOperation(const Operation& operation) { state_->startOperation(operation, false); }
void Workbench::runOperation(const Operation& operation) { state_->startOperation(operation, true); }

void Workbench::cancelOperation() {
  ++state_->operationNumber;  // what comes of it is not wanted any more
  state_->operationStop.request_stop();
  if (std::exchange(state_->operationRunning, false)) Q_EMIT operationEnded(false);
}

void Workbench::State::startOperation(const Operation& operation, bool applies) {
  owner.acceptCorrection();
  if (!session || session->strokeActive()) return;
  if (owner.readOnly()) return Q_EMIT owner.strokeRefused(refusalText(Refusal::ReadOnly), operation.organ);
  const EditRules rules = rulesOf(operation);
  const LabelLayers snapshot = session->layers();
  OperationInput input = inputOf(operation, snapshot, session->beforeLayers(), opened->geometry);
  input.filter = filterOf(rules, operation.organ, axisMap, opened->volume, snapshot);
  for (const Organ& organ : organs.organs()) input.filter.locked.set(organ.label, session->isLocked(organ.label));
  operationRunning = true;
  const std::uint64_t number = ++operationNumber;
  operationStop.request_stop();  // the one before, if it still runs
  operationStop = std::stop_source();
  input.progress = {[this, asked = generation, number](double part) {
                      onGuiThread(asked, [this, number, part] {
                        if (number == operationNumber) Q_EMIT owner.operationProgress(part);
                      });
                    },
                    operationStop.get_token()};
  inBackground(
      "operation", [operation, input = std::move(input)] { return attempted(operation, input); },
      [this, number, operation, rules, snapshot, applies](const Attempt& attempt) {
        if (number != operationNumber) return;
        operationRunning = false;
        if (!attempt.error.empty()) {
          fail(attempt.error);
          return Q_EMIT owner.operationEnded(false);
        }
        if (!applies) return Q_EMIT owner.operationPreviewed(attempt.result.labels);
        finishOperation(operation, rules, snapshot, attempt.result);
      });
}

void Workbench::State::finishOperation(const Operation& operation, const EditRules& rules, const LabelLayers& snapshot,
                                       const OperationResult& result) {
  if (!editable() || session->strokeActive() || !(snapshot == session->layers())) {
    fail("the contours changed while it was computed; ask for it again");
    return Q_EMIT owner.operationEnded(false);
  }
  const Box changed = session->apply(operation, rules, result.labels);
  labelsEdited(changed);
  editEnded(changed);
  if (changed.empty()) tellNothingDone(operation, result.refusal);
  Q_EMIT owner.operationEnded(!changed.empty());
}

void Workbench::State::tellNothingDone(const Operation& operation, Refusal refusal) {
  if (refusal != Refusal::None) return Q_EMIT owner.strokeRefused(refusalText(refusal), operation.organ);
  Q_EMIT owner.message(MessageKind::Information, tr("There was nothing to change."));
}

}  // namespace recontour
