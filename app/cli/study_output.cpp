#include "app/cli/study_output.h"

#include <QGuiApplication>
#include <cstdio>
#include <cstdlib>

#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/study/study_evaluation.h"
#include "core/study/study_export.h"
#include "ui/report/study_report.h"

namespace recontour::cli {
namespace {

const char* stateName(StudySession::State state) {
  switch (state) {
    case StudySession::State::Waiting:
      return "waiting";
    case StudySession::State::Open:
      return "open";
    case StudySession::State::Accepted:
      return "accepted";
    case StudySession::State::Excluded:
      return "excluded";
  }
  return "";
}

OrderedJson sessionJson(const StudySession& session) {
  OrderedJson flags = OrderedJson::array();
  for (const StudyFlag& flag : session.flags) flags.push_back({{"kind", flag.kind}, {"text", flag.text}});
  return {{"task", session.task.id},           {"reader", session.task.reader},
          {"case", session.task.caseId},       {"arm", session.task.arm},
          {"position", session.task.position}, {"state", stateName(session.state)},
          {"active_s", session.activeS},       {"organs_edited", session.organsEdited},
          {"chain_head", session.chainHead},   {"flags", flags}};
}

void printSession(const StudySession& session) {
  std::printf("%s,%s,%s,%s,%d,%s,%.1f,%d", session.task.id.c_str(), session.task.reader.c_str(),
              session.task.caseId.c_str(), session.task.arm.c_str(), session.task.position, stateName(session.state),
              session.activeS / 60, session.organsEdited);
  std::string flags;
  for (const StudyFlag& flag : session.flags) flags += (flags.empty() ? "" : "; ") + flag.text;
  std::printf(",\"%s\"\n", flags.c_str());
}

void makeFigures(CoordinatorStudy& study) {
  ConsoleProgress progress(study.protocol().id);
  evaluateStudy(study, progress, interruption());
}

}  // namespace

StudyApplication::StudyApplication(bool draws) {
  ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
  if (draws)
    application_ = std::make_unique<QGuiApplication>(count_, arguments_);
  else
    application_ = std::make_unique<QCoreApplication>(count_, arguments_);
}

void printStatus(const CoordinatorStudy& study, bool json) {
  const auto sessions = study.store().sessions();
  if (json) {
    OrderedJson all = {{"study", study.protocol().id},
                       {"stage", stageName(study.stage())},
                       {"freeze_hash", study.freezeHash()},
                       {"readings", OrderedJson::array()}};
    for (const StudySession& session : sessions) all["readings"].push_back(sessionJson(session));
    std::printf("%s\n", all.dump(1).c_str());
    return;
  }
  std::printf("%s: %s%s%s\n", study.protocol().id.c_str(), stageName(study.stage()),
              study.freezeHash().empty() ? "" : ", freeze hash ", study.freezeHash().c_str());
  std::puts("task,reader,case,arm,position,state,active_min,organs_edited,flags");
  for (const StudySession& session : sessions) printSession(session);
}

void exportTables(CoordinatorStudy& study, const std::filesystem::path& folder) {
  makeFigures(study);
  exportStudy(study, folder);
}

void writeReport(CoordinatorStudy& study, const std::filesystem::path& folder) {
  makeFigures(study);
  createPrivateFolder(folder);
  writeStudyReport(gatherResults(study), folder);
  std::printf("%s\n", (folder / "report.html").c_str());
}

}  // namespace recontour::cli
