#include "tests/reliability/log_check.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "core/session/unfinished_stroke.h"

namespace recontour {
namespace {

bool isThere(const Said::Acknowledged& one, const std::vector<Event>& events) {
  return one.event < events.size() &&
         labelMapHash(replayEvents(events, one.event).labels.layer(LabelLayers::kOrgans)) == one.hash;
}

/// In one pass, since replaying up to each would take the square of the time.
int lostOf(const std::vector<Said::Acknowledged>& acknowledged, const std::vector<Event>& events) {
  ReplayedSession session;
  std::size_t next = 0;
  int lost = 0;
  for (const Said::Acknowledged& one : acknowledged) {
    while (next < events.size() && next <= one.event) applyEvent(session, events[next++]);
    lost += one.event >= events.size() || labelMapHash(session.labels.layer(LabelLayers::kOrgans)) != one.hash;
  }
  if (!acknowledged.empty()) lost += !isThere(acknowledged.back(), events) && lost == 0;
  return lost;
}

/// Opening makes a step of what the log has of a stroke that was cut short.
std::string hashWhenOpened(const std::vector<Event>& events) {
  ReplayedSession session = replayEvents(events);
  if (const auto unfinished = unfinishedStroke(session, events.size())) applyEvent(session, *unfinished);
  return labelMapHash(session.labels.layer(LabelLayers::kOrgans));
}

}  // namespace

LogCheck checkLog(const std::filesystem::path& sessionFolder, const std::vector<Said::Acknowledged>& acknowledged) {
  LogCheck check;
  try {
    SessionLogContent content = readSessionLog(sessionFolder / "session.rclog");
    check.there = true;
    check.damaged = content.damage.has_value();
    check.lost = lostOf(acknowledged, content.events);
    check.hash = hashWhenOpened(content.events);
    check.events = std::move(content.events);
  } catch (const Error&) {
    check.lost = static_cast<int>(acknowledged.size());
  }
  return check;
}

std::string commandLine(const std::vector<std::string>& arguments) {
  ChildProcess process(RECONTOUR_CLI_PROGRAM, arguments, {.errorFile = "/dev/null"});
  std::string line;
  while (process.readLine(line, 60'000) == ChildProcess::Read::Line) continue;
  return process.wait();
}

}  // namespace recontour
