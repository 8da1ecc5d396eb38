#include <cstdio>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/session/event_lines.h"
#include "core/session/session_log_reader.h"
#include "core/study/study_import.h"

namespace recontour::cli {
namespace {

struct Asked {
  std::string study, reader, caseId, arm;
  bool json = false;
};

/// A reader may have a case several times: in other arms, and again.
std::vector<StudyTask> tasksOf(const CoordinatorStudy& study, const Asked& asked) {
  std::vector<StudyTask> tasks;
  for (const StudyTask& task : study.protocol().order) {
    if (task.reader != asked.reader || task.caseId != asked.caseId) continue;
    if (asked.arm.empty() || task.arm == asked.arm) tasks.push_back(task);
  }
  if (tasks.empty())
    throw Error(asked.study, asked.reader + " has no task of case " + asked.caseId, "study status lists them");
  return tasks;
}

void printLines(const StudyTask& task, const std::vector<EventLine>& lines, const std::filesystem::path& folder) {
  std::printf("task %s: %s, case %s, arm %s, position %d%s\n", task.id.c_str(), task.reader.c_str(),
              task.caseId.c_str(), task.arm.c_str(), task.position, task.repeat > 0 ? ", again" : "");
  for (const EventLine& line : lines)
    std::printf("%10.3f s  %s  %-13s %-16s %s\n", line.sinceStartS, line.utc.c_str(), line.type.c_str(),
                line.organ.c_str(), line.what.c_str());
  std::printf("to watch it: recontour --replay %s --speed 4\n", folder.c_str());
}

OrderedJson jsonOf(const StudyTask& task, const std::vector<EventLine>& lines, const std::filesystem::path& folder) {
  OrderedJson events = OrderedJson::array();
  for (const EventLine& line : lines)
    events.push_back({{"event", line.sequence},
                      {"since_start_s", line.sinceStartS},
                      {"utc", line.utc},
                      {"type", line.type},
                      {"organ", line.organ},
                      {"what", line.what}});
  return {{"task", task.id},       {"reader", task.reader},      {"case", task.caseId},
          {"arm", task.arm},       {"period", task.period},      {"position", task.position},
          {"repeat", task.repeat}, {"session", folder.string()}, {"events", std::move(events)}};
}

void audit(const Asked& asked) {
  const SystemClock clock;
  const auto study = CoordinatorStudy::open(asked.study, clock);
  const OrganTable organs = organTableOf(study.protocol());
  OrderedJson readings = OrderedJson::array();
  for (const StudyTask& task : tasksOf(study, asked)) {
    const auto folder = study.sessionOf(task);
    const auto log = sessionLogPath(folder);
    if (!std::filesystem::exists(log)) {
      std::fprintf(stderr, "task %s: nothing has come in\n", task.id.c_str());
      continue;
    }
    const SessionLogContent content = readSessionLog(log);
    if (content.damage) std::fprintf(stderr, "%s: damaged (%s)\n", log.c_str(), content.damage->c_str());
    const auto lines = eventLines(content.events, organs);
    if (asked.json)
      readings.push_back(jsonOf(task, lines, folder));
    else
      printLines(task, lines, folder);
  }
  if (asked.json) std::printf("%s\n", OrderedJson({{"readings", readings}}).dump(1).c_str());
}

}  // namespace

void addAuditCommand(CLI::App& app) {
  auto* command = app.add_subcommand("audit", "The events of one reading, readable: when, what, on which organ");
  auto asked = std::make_shared<Asked>();
  command->add_option("STUDY", asked->study, "Folder of the study")->required();
  command->add_option("--reader", asked->reader, "Whose reading")->required();
  command->add_option("--case", asked->caseId, "Of which case, e.g. C07")->required();
  command->add_option("--arm", asked->arm, "In which arm; all when missing");
  command->add_flag("--json", asked->json, "As one JSON document");
  command->callback([asked] { audit(*asked); });
}

}  // namespace recontour::cli
