#include "app/workstation/unattended.h"

#include <QEventLoop>
#include <QTimer>
#include <cstdio>
#include <functional>
#include <string>

#include "app/workstation/screenshot.h"
#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/session/session.h"
#include "core/workbench/revision_script.h"
#include "core/workbench/workbench.h"
#include "ui/window/main_window.h"

namespace recontour {
namespace {

constexpr int kLongestWaitMs = 300'000;

/// Runs the event loop until `done` holds; looked at after every event of the workbench and every 50 ms.
void waitUntil(const char* what, const std::function<bool()>& done) {
  QEventLoop loop;
  QTimer look;
  QTimer limit;
  QObject::connect(&look, &QTimer::timeout, &loop, [&] {
    if (done()) loop.quit();
  });
  QObject::connect(&limit, &QTimer::timeout, &loop, [&] { loop.exit(1); });
  limit.setSingleShot(true);
  look.start(50);
  limit.start(kLongestWaitMs);
  if (!done() && loop.exec() != 0) {
    throw Error(std::string(what) + " took longer than 5 minutes", ErrorKind::ModelFailed);
  }
}

void waitForCase(Workbench& workbench) {
  QObject scope;  // the connections end with it
  std::string failure;
  QObject::connect(&workbench, &Workbench::caseFailed, &scope,
                   [&](const QString& message) { failure = message.toStdString(); });
  waitUntil("opening the case", [&] { return workbench.caseState() == CaseState::Open || !failure.empty(); });
  if (!failure.empty()) throw Error(failure);
}

/// Of a label map that was given, or of the model.
void waitForStart(Workbench& workbench) {
  using State = PredictionStatus::State;
  if (workbench.origin()) return;
  waitUntil("the prediction", [&] {
    return workbench.prediction().state != State::Running && workbench.prediction().state != State::None;
  });
  const PredictionStatus& status = workbench.prediction();
  if (status.state != State::Done) throw Error("prediction: " + status.error, ErrorKind::ModelFailed);
  std::printf("predicted with %s on %s in %.1f s\n", status.modelName.c_str(), status.device.c_str(),
              status.secondsTotal);
}

void draw(Workbench& workbench, const ScriptedStroke& stroke) {
  const Organ* organ = workbench.organs().find(stroke.organKey);
  if (organ == nullptr) throw Error("the revision names an unknown organ \"" + stroke.organKey + "\"");
  workbench.selectOrgan(organ->label);
  workbench.setBrush(stroke.brush);
  const auto samples = samplesOf(stroke, workbench.axisMap());
  workbench.noteSlice(stroke.plane, samples.front().slice);
  workbench.pressStroke(samples.front(), stroke.erase);
  for (std::size_t i = 1; i < samples.size(); ++i) workbench.dragStroke(samples[i]);
  workbench.releaseStroke();
}

/// @throws Error when the disk refuses
void waitUntilSaved(Workbench& workbench) {
  QEventLoop loop;
  QObject::connect(&workbench, &Workbench::saveStatusChanged, &loop, &QEventLoop::quit);
  for (;;) {
    const Session::SaveState state = workbench.session()->saveState();
    if (state.error) throw Error(*state.error);
    if (state.saved == state.appended) return;
    loop.exec();
  }
}

/// Each stroke is said to be saved as soon as the disk has it.
void revise(Workbench& workbench, const RevisionScript& script) {
  QEventLoop events;
  std::size_t number = 0;
  for (const ScriptedStroke& stroke : script.strokes) {
    draw(workbench, stroke);
    events.processEvents();
    waitUntilSaved(workbench);
    std::printf("stroke %zu of %zu is saved, event %llu\n", ++number, script.strokes.size(),
                static_cast<unsigned long long>(workbench.session()->chainHead().sequence));
    std::fflush(stdout);
  }
  std::printf("revised with %zu strokes (%s)\n", script.strokes.size(), script.title.c_str());
}

/// A case is not accepted with organs that have neither contour nor reason; what nobody drew says so.
void explainEmptyOrgans(Workbench& workbench) {
  for (const Label label : workbench.organsWithoutReason()) {
    std::printf("%s has no contour\n", workbench.organs().find(label)->name.c_str());
    workbench.stateOrgan(label, {OrganVerdict::NotContourable, "left out by the revision without a person"});
  }
}

QString accept(Workbench& workbench) {
  QObject scope;  // the connections end with it
  QString folder;
  std::string failure;
  QObject::connect(&workbench, &Workbench::acceptFinished, &scope, [&](const QString& where) { folder = where; });
  QObject::connect(&workbench, &Workbench::message, &scope, [&](MessageKind kind, const QString& text) {
    if (kind == MessageKind::Failure) failure = text.toStdString();
  });
  QObject::connect(&workbench, &Workbench::acceptRefused, &scope, [&] {
    explainEmptyOrgans(workbench);
    workbench.accept();
  });
  workbench.accept();
  waitUntil("saving", [&] { return !folder.isEmpty() || !failure.empty(); });
  if (!failure.empty()) throw Error(failure);
  return folder;
}

std::string figure(const std::optional<double>& value) {
  if (!value) return "     -";
  char text[16];
  std::snprintf(text, sizeof text, "%6.3f", *value);
  return text;
}

void printTable(const Workbench& workbench) {
  std::printf("\n%-18s %8s %12s %11s %8s %7s\n", "organ", "mL", "DSC before", "DSC after", "time s", "edits");
  double sumBefore = 0, sumAfter = 0;
  int compared = 0;
  for (const OrganStatus& status : workbench.organStatus()) {
    const Organ* organ = workbench.organs().find(status.organ);
    std::printf("%-18s %8.1f %12s %11s %8.1f %7d\n", organ->name.c_str(), status.volumeMl,
                figure(status.dscBefore).c_str(), figure(status.dscAfter).c_str(), status.activeSeconds, status.edits);
    if (!status.dscBefore || !status.dscAfter) continue;
    sumBefore += *status.dscBefore;
    sumAfter += *status.dscAfter;
    ++compared;
  }
  if (compared > 0) {
    std::printf("%-18s %8s %12s %11s\n", "mean", "", figure(sumBefore / compared).c_str(),
                figure(sumAfter / compared).c_str());
  }
  std::printf("\nedit time %.1f s (active, idle limit 30 s)\n", workbench.activeSeconds());
}

}  // namespace

int runUnattended(Workbench& workbench, MainWindow& window, const std::filesystem::path& revision,
                  const std::filesystem::path& resultFolder) {
  try {
    const RevisionScript script = readRevisionScript(revision);
    createPrivateFolder(resultFolder);
    waitForCase(workbench);
    waitForStart(workbench);
    revise(workbench, script);
    const QString folder = accept(workbench);
    printTable(workbench);
    waitUntil("the 3D view", [&] { return window.settled(); });
    const auto screenshot = resultFolder / "screenshot.png";
    savePicture(window, screenshot);
    std::printf("screenshot %s\nresult folder %s\n", screenshot.c_str(), folder.toStdString().c_str());
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "recontour: %s\n", error.what());
    return exitStatus(error.kind());
  }
}

}  // namespace recontour
