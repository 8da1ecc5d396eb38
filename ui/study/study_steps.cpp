#include "ui/study/study_steps.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/session/session_log_reader.h"

namespace recontour {
namespace {

/// Whether an accept event of the log has this hash.
bool hasAccept(const SessionLogContent& content, const std::string& head) {
  for (std::size_t i = 0; i < content.events.size(); ++i)
    if (content.events[i].type == "accept" && toHex(content.hashes[i]) == head) return true;
  return false;
}

/// What is wrong with a reading; empty where nothing is.
std::string faultOf(const CoordinatorStudy& study, const StudySession& session) {
  try {
    const SessionLogContent content = readSessionLog(sessionLogPath(study.sessionOf(session.task)));
    if (content.damage) return *content.damage;
    if (session.state != StudySession::State::Accepted || session.chainHead.empty()) return {};
    return hasAccept(content, session.chainHead) ? "" : "its log is not the one that was merged";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace

StudyCheck checkReadings(CoordinatorStudy& study, ProgressSink& progress, const std::stop_token& stop) {
  auto sessions = study.store().sessions();
  std::erase_if(sessions, [&](const StudySession& one) {
    const bool isKept = std::filesystem::exists(study.sessionOf(one.task));
    return one.state != StudySession::State::Accepted && !isKept;
  });
  StudyCheck check;
  for (std::size_t i = 0; i < sessions.size(); ++i) {
    if (stop.stop_requested()) throw Error("cancelled", ErrorKind::Cancelled);
    progress.progress("verify", static_cast<int>(i), static_cast<int>(sessions.size()), -1);
    const StudyTask& task = sessions[i].task;
    const std::string fault = faultOf(study, sessions[i]);
    if (fault.empty())
      ++check.whole;
    else
      check.broken.push_back(task.reader + ", case " + task.caseId + ": " + fault);
  }
  return check;
}

}  // namespace recontour
