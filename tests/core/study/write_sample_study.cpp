// Writes a study that R1 has read half of: FOLDER/study is its coordinator's, FOLDER/receipts.csv what R1 keeps,
// FOLDER/package his package, FOLDER/return.zip what he sent back, FOLDER/before the study before that came in. In
// FOLDER/rebuilt the reading's log was built anew, and its store made to fit.
#include <QCoreApplication>
#include <cstdio>

#include "core/base/sha256.h"
#include "core/study/session_facts.h"
#include "tests/core/study/log_rebuilder.h"
#include "tests/core/study/scripted_study.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// The reader is said to have looked at nothing.
void rebuild(ScriptedStudy& trial, const std::string& task) {
  const auto folder = trial.study().sessionOf(*trial.study().protocol().findTask(task));
  rebuildLog(folder / "session.rclog", [](std::vector<Event>& events) {
    std::erase_if(events, [](const Event& e) { return e.type == "heartbeat"; });
  });
  StudySession known = trial.study().store().session(task).value();
  const SessionFacts facts = readFacts(folder, trial.study().protocol(), trial.organs);
  known.chainHead = facts.session.chainHead;
  known.logHead = facts.session.logHead;
  trial.study().store().putSession(known);
}

void write(const fs::path& target) {
  ScriptedStudy trial;
  trial.study().freeze("coordinator");
  const ReaderPackage package = trial.give("R1");
  trial.read(package, 0);
  const auto zip = trial.taken(package);
  fs::create_directories(target);
  fs::copy(trial / "study", target / "before", fs::copy_options::recursive);
  fs::copy(package.folder, target / "package", fs::copy_options::recursive);
  fs::copy_file(zip, target / "return.zip");
  mergeReturn(trial.study(), zip);
  fs::copy_file(package.folder / "receipts.csv", target / "receipts.csv");
  fs::copy(trial / "study", target / "study", fs::copy_options::recursive);
  rebuild(trial, package.tasks[0].id);
  fs::copy(trial / "study", target / "rebuilt", fs::copy_options::recursive);
  std::puts(package.tasks[0].id.c_str());
  std::puts(trial.study().protocol().findTask(package.tasks[0].id)->caseId.c_str());
}

}  // namespace
}  // namespace recontour

int main(int argc, char** argv) {
  const QCoreApplication application(argc, argv);
  if (argc == 2) recontour::write(argv[1]);
  return argc == 2 ? 0 : 2;
}
