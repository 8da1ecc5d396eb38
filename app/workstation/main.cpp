#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "app/workstation/end_signals.h"
#include "app/workstation/first_paint.h"
#include "app/workstation/options.h"
#include "app/workstation/replay.h"
#include "app/workstation/screenshot.h"
#include "app/workstation/study_start.h"
#include "app/workstation/training_start.h"
#include "app/workstation/unattended.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/private_files.h"
#include "core/io/reader_process.h"
#include "core/predict/model_trust.h"
#include "core/predict/worker_predictor.h"
#include "core/study/study_in_place.h"
#include "core/workbench/scribbling.h"
#include "core/workbench/study_reading.h"
#include "core/workbench/workbench.h"
#include "ui/panels/theme.h"
#include "ui/views/probe_3d.h"
#include "ui/window/main_window.h"
#include "ui/window/shipped_files.h"
#include "ui/window/view_grid.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

void requireFile(const std::optional<fs::path>& file, const char* cause, const char* advice) {
  if (file && !fs::exists(*file)) throw Error(*file, cause, advice);
}

/// What can be told before a window is open.
void checkFiles(const StartOptions& options) {
  for (const auto& file : {options.casePath, options.prediction, options.reference, options.revision, options.replay,
                           options.scribbles, options.train, options.study, options.inbox, options.outbox}) {
    requireFile(file, "does not exist", "check the path");
  }
  if (options.model) requireFile(*options.model / "recontour.json", "does not exist", "give a model folder");
  if (options.demo)
    requireFile(demoCase().image, "does not exist", "make it with: recontour-cli demo DIR, or start installer/run.sh");
}

void requireDisplay() {
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return;
  }
  throw Error("no display to open a window on; use recontour-cli, or start it under xvfb-run");
}

/// An unattended run starts from an empty session each time, so that it can be repeated.
fs::path unattendedSessions(const fs::path& results) {
  return results /
         ("session-" + QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")).toStdString());
}

bool isAttended(const StartOptions& options) { return !options.screenshot && !options.unattended && !options.replay; }

/// Reads nothing but the case and writes nothing: there is no sessions folder.
Workbench::Options replayOptions(const StartOptions& options, const Recording& recording) {
  Workbench::Options result;
  result.sessionsFolder = recording.session / "none";
  result.reader = recording.reader;
  result.readOnly = true;
  result.referenceFile = options.reference;
  return result;
}

/// What is not given on the command line is as the reader chose it last.
Workbench::Options workbenchOptions(const StartOptions& options, const Settings& settings) {
  Workbench::Options result;
  if (options.unattended) result.sessionsFolder = unattendedSessions(*options.unattended);
  if (options.sessions) result.sessionsFolder = *options.sessions;
  result.reader = options.reader;
  result.readOnly = options.readOnly;
  result.fromNothing = options.fromNothing;
  result.predictionFile = options.prediction;
  result.referenceFile = options.reference;
  if (options.labelValues) result.valueTable = LabelValueTable::named(*options.labelValues);
  result.choosesSeries = result.choosesValues = isAttended(options);
  result.unattended = !isAttended(options);
  result.model = options.model;
  const auto chosen = settings.modelChoice();
  if (!result.model && chosen && !chosen->isEmpty()) result.model = chosen->toStdString();
  result.device = options.device.value_or(settings.device().toStdString());
  if (isAttended(options)) result.predictions = cacheFolder() / "predictions";
  if (isAttended(options)) result.modelTrust = ModelTrust::standardFile();
  result.allowUnsandboxed = options.allowUnsandboxed;
  return result;
}

/// Runs with nobody in front of them neither follow nor change what the reader's window remembers.
Settings settingsFor(const StartOptions& options) {
  if (!isAttended(options)) return Settings();
  Settings settings(Settings::standardFile());
  if (options.resetSettings) settings.reset();
  return settings;
}

/// Cases open even when the table of one's own is gone or broken.
OrganTable organTable(const StartOptions& options, const Settings& settings) {
  if (options.organs) return OrganTable::named(*options.organs);
  const QString own = settings.organTable();
  if (own.isEmpty()) return OrganTable::named("word");
  try {
    return OrganTable::fromFile(own.toStdString());
  } catch (const Error& error) {
    std::fprintf(stderr, "recontour: %s; the shipped table is used\n", error.what());
    return OrganTable::named("word");
  }
}

/// The reference arrives with the case.
void showReferenceOnceOpen(Workbench& workbench) {
  QObject::connect(&workbench, &Workbench::referenceChanged, &workbench, [&workbench, done = false]() mutable {
    if (workbench.reference() != nullptr && !std::exchange(done, true)) workbench.setReferenceShown(true);
  });
}

/// Opens in scribble mode with these strokes, on the slice that shows most of them.
void scribbleOnceOpen(Workbench& workbench, MainWindow& window, const fs::path& file) {
  Scribbling& scribbling = workbench.scribbling();
  QObject::connect(
      &workbench, &Workbench::caseOpened, &window,
      [&, file] {
        window.actions().scribble->trigger();
        scribbling.addFrom(file);
      },
      Qt::SingleShotConnection);
  QObject::connect(&scribbling, &Scribbling::coverageChanged, &window, [&, done = false]() mutable {
    const auto& slices = scribbling.coverage().slices;
    const auto most = std::ranges::max_element(slices, {}, [](const auto& slice) { return slice.second.size(); });
    if (most == slices.end() || std::exchange(done, true)) return;
    window.views().view(Plane::Axial).setSlice(most->first);
    scribbling.suggestSlices();
  });
}

void prepareApplication(QApplication& application) {
  // Qt has taken over the user's locale; libraries that print and read numbers would use its decimal comma in files.
  std::setlocale(LC_NUMERIC, "C");
  QApplication::setApplicationName(QStringLiteral("recontour"));
  QApplication::setApplicationVersion(QStringLiteral(RECONTOUR_VERSION));
  applyTheme(application);
}

int run(int argc, char** argv, const StartOptions& options) {
  checkFiles(options);
  std::optional<Recording> recording;
  if (options.replay) recording = readRecording(*options.replay, options.casePath);
  requireDisplay();
  if (options.scale > 0) ::setenv("QT_SCALE_FACTOR", std::to_string(options.scale).c_str(), 1);
  QApplication application(argc, argv);
  prepareApplication(application);
  if (options.study && isCoordinatorStudy(*options.study) && !options.readerGiven)
    return runCoordinator(*options.study);
  std::optional<OpenedStudy> study;
  if (options.study) study = startOfStudy(*options.study, options.reader);
  Settings settings = settingsFor(options);
  const auto reader = makeReaderProcess();
  Workbench workbench(recording ? replayOptions(options, *recording) : workbenchOptions(options, settings),
                      study ? study->organs : organTable(options, settings), makeThreadCaseSource(reader),
                      std::make_shared<WorkerPredictor>(), reader);
  MainWindow window(workbench, std::move(settings),
                    {.threeD = !options.noThreeD,
                     .asksForModel = isAttended(options),
                     .crashMarker = isAttended(options) ? cacheFolder() / "3d-is-drawn" : fs::path(),
                     .endsAnyway = endWithinFiveSeconds});
  if (options.light) window.actions().lightTheme->setChecked(true);
  if (options.width > 0) window.resize(options.width, options.height);
  if (options.showReference) showReferenceOnceOpen(workbench);
  if (options.scribbles) scribbleOnceOpen(workbench, window, *options.scribbles);
  reportFirstPaint(window);
  std::optional<StudyReading> reading;
  if (study) {
    window.showStudy(reading.emplace(workbench, study->package));
    mergeWhatIsRead(*study, *reading);
  }
  window.show();
  if (reading && options.screenshot) {
    window.activateWindow();
    beginNextCase(*reading);
  }
  if (recording) return runReplay(workbench, window, *recording, options.speed, options.screenshot);
  if (options.outbox) window.useOutbox(*options.outbox);
  if (options.inbox) window.watchInbox({*options.inbox, options.openFirst});
  if (options.demo) window.openDemo();
  if (options.casePath && options.series) workbench.openCase(*options.casePath, *options.series);
  if (options.casePath && !options.series) window.openPath(*options.casePath);
  if (options.unattended) {
    const fs::path revision = options.revision ? *options.revision : resource("resources/demo/revision.json");
    return runUnattended(workbench, window, revision, *options.unattended);
  }
  if (options.train) showTraining(window, *options.train);
  if (options.screenshot && options.train) return takeTrainingScreenshot(workbench, window, *options.screenshot);
  if (options.screenshot) return takeScreenshot(workbench, window, *options.screenshot);
  if (!options.casePath && !options.demo && !study) window.offerUnfinished();
  const EndSignals signals([&window] {
    window.endUnattended();
    QApplication::exit(0);
  });
  return QApplication::exec();
}

}  // namespace
}  // namespace recontour

int main(int argc, char** argv) {
  recontour::keepFilesPrivate();
  if (argc == 2 && std::strcmp(argv[1], "--probe-3d") == 0) return recontour::runProbe3d();
  recontour::StartOptions options;
  if (const auto status = recontour::readOptions(argc, argv, options)) return *status;
  try {
    return recontour::run(argc, argv, options);
  } catch (const recontour::Error& error) {
    std::fprintf(stderr, "recontour: %s\n", error.what());
    return recontour::exitStatus(error.kind());
  }
}
