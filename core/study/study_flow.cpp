// What became of the tasks of a study.
#include "core/study/study_selection.h"

namespace recontour {
namespace {

void countAccepted(const StudySession& session, StudyFlow& flow) {
  const StudyTask& task = session.task;
  ++flow.accepted;
  flow.practice += task.practice;
  flow.planted += task.planted;
  flow.repeats += task.repeat > 0;
  flow.interrupted += session.interrupted;
  const bool counts = !task.practice && !task.planted && task.repeat == 0;
  flow.counted += counts;
  flow.timed += counts && !session.interrupted;
}

}  // namespace

StudyFlow studyFlow(const StudyResults& results) {
  StudyFlow flow;
  for (const StudySession& session : results.sessions) {
    ++flow.tasks;
    flow.waiting += session.state == StudySession::State::Waiting;
    flow.open += session.state == StudySession::State::Open;
    if (session.state == StudySession::State::Accepted) countAccepted(session, flow);
    if (session.state != StudySession::State::Excluded) continue;
    ++flow.excluded;
    const StudyTask& task = session.task;
    flow.exclusions.emplace_back(task.reader + ", " + task.caseId + ", arm " + task.arm, session.excludedReason);
  }
  return flow;
}

}  // namespace recontour
