#include "app/workstation/training_start.h"

#include <QEventLoop>
#include <QPainter>
#include <QPixmap>
#include <QPushButton>
#include <QTimer>
#include <cstdio>

#include "app/workstation/screenshot.h"
#include "core/base/error.h"
#include "core/workbench/workbench.h"
#include "ui/window/main_window.h"
#include "ui/window/training_dialog.h"
#include "ui/window/training_form.h"
#include "ui/window/training_live.h"
#include "ui/window/window_actions.h"

namespace recontour {
namespace {

constexpr int kLongestTrainingMs = 600'000, kLookEveryMs = 100;
constexpr std::size_t kEpochs = 6;  // that make a curve

/// Runs the event loop until `done` holds. @throws Error when that takes too long
template <typename Done>
void waitUntil(const Done& done, const char* what) {
  QEventLoop loop;
  QTimer look;
  QObject::connect(&look, &QTimer::timeout, &loop, [&] {
    if (done()) loop.quit();
  });
  look.start(kLookEveryMs);
  QTimer::singleShot(kLongestTrainingMs, &loop, [&] { loop.exit(1); });
  if (loop.exec() != 0) throw Error(std::string(what) + " took too long", ErrorKind::ModelFailed);
}

/// The dialog in the middle of the window, as it is seen.
QPixmap pictureOf(MainWindow& window) {
  QPixmap picture = window.grab();
  const QPixmap dialog = window.training().grab();
  QPainter painter(&picture);
  painter.fillRect(QRect({}, window.size()), QColor(0, 0, 0, 120));
  painter.drawPixmap((window.width() - window.training().width()) / 2,
                     (window.height() - window.training().height()) / 2, dialog);
  return picture;
}

/// Short epochs, so that there is something to see within minutes on any machine.
void trainForAWhile(TrainingDialog& dialog) {
  QVariantMap brief = dialog.form().kept();
  brief.insert({{QStringLiteral("iterations"), 15},
                {QStringLiteral("batch"), 4},
                {QStringLiteral("patchSide"), 96},
                {QStringLiteral("patchSlices"), 1},
                {QStringLiteral("rate"), 0.03}});
  dialog.form().restore(brief);
  waitUntil([&] { return dialog.startButton().isEnabled(); }, "looking at the cases");
  dialog.start(false);
  waitUntil([&] { return !dialog.running() || dialog.live().plot().score.size() >= kEpochs; }, "the training");
  if (!dialog.running() && !dialog.useButton().isVisible())
    throw Error(dialog.said().toStdString(), ErrorKind::ModelFailed);
}

}  // namespace

void showTraining(MainWindow& window, const std::filesystem::path& cases) {
  const std::filesystem::path model = cases.parent_path() / "from-strokes";
  window.training().setFolders(QString::fromStdString(cases.string()), QString::fromStdString(model.string()));
  window.actions().train->trigger();
}

int takeTrainingScreenshot(Workbench& workbench, MainWindow& window, const std::filesystem::path& file) {
  try {
    waitUntilShown(workbench, window);
    trainForAWhile(window.training());
    savePicture(pictureOf(window), file);
    window.training().cancel();
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "recontour: %s\n", error.what());
    return exitStatus(error.kind());
  }
}

}  // namespace recontour
