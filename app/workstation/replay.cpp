#include "app/workstation/replay.h"

#include <QApplication>
#include <QEventLoop>
#include <cstdio>

#include "app/workstation/screenshot.h"
#include "core/base/error.h"
#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "core/workbench/session_player.h"
#include "core/workbench/workbench.h"
#include "ui/window/main_window.h"

namespace recontour {

namespace fs = std::filesystem;

Recording readRecording(const fs::path& session, const std::optional<fs::path>& casePath) {
  Recording recording;
  recording.session = session;
  const fs::path log = sessionLogPath(session);
  recording.events = readSessionLog(log).events;
  if (recording.events.empty()) throw Error(log, "holds no event");
  const ReplayedSession first = replayEvents({recording.events.front()});
  recording.reader = first.reader;
  recording.imageHash = first.imageHash;
  if (casePath) {
    recording.casePath = *casePath;
    return recording;
  }
  const auto found = caseOfImage(fs::absolute(log).parent_path().parent_path().parent_path(), first.imageHash);
  if (!found) throw Error(log, "does not say where its CT is", "name the CT too: recontour CT --replay SESSION");
  recording.casePath = *found;
  return recording;
}

int runReplay(Workbench& workbench, MainWindow& window, const Recording& recording, double speed,
              const std::optional<fs::path>& screenshot) {
  SessionPlayer player(workbench, recording.events, speed);
  window.showReplay(player);
  std::string failure;
  QEventLoop
      playing;  // for a screenshot, which waits in a loop of its own afterwards; none runs once the program quits
  const auto fail = [&](const std::string& text) {
    failure = text;
    screenshot ? playing.exit(exitStatus(ErrorKind::BadInput)) : QApplication::exit(exitStatus(ErrorKind::BadInput));
  };
  QObject::connect(&workbench, &Workbench::caseFailed, &player, [&](const QString& text) { fail(text.toStdString()); });
  QObject::connect(&workbench, &Workbench::caseOpened, &player, [&] {
    if (workbench.currentCase()->imageHash == recording.imageHash) return player.setRunning(true);
    fail(Error(recording.session, "belongs to another image than " + recording.casePath.string(),
               "name the CT that it was made on")
             .what());
  });
  if (screenshot) {
    QObject::connect(&player, &SessionPlayer::ended, &playing, &QEventLoop::quit);
    QObject::connect(&player, &SessionPlayer::failed, &player, [&](const QString& text) { fail(text.toStdString()); });
  }
  window.openCase(recording.casePath);
  const int status = screenshot ? playing.exec() : QApplication::exec();
  if (!failure.empty()) std::fprintf(stderr, "recontour: %s\n", failure.c_str());
  return status != 0 || !screenshot ? status : takeScreenshot(workbench, window, *screenshot);
}

}  // namespace recontour
