#include "app/workstation/screenshot.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/workbench/workbench.h"
#include "ui/window/main_window.h"

namespace recontour {
namespace {

constexpr int kLongestWaitMs = 60'000, kLookEveryMs = 100;
constexpr int kCalmLooks = 3;  // queued results of the last change have arrived when nothing is pending for so long

/// @throws Error when waiting is in vain
bool isShown(const Workbench& workbench, const MainWindow& window) {
  const PredictionStatus& prediction = workbench.prediction();
  if (prediction.state == PredictionStatus::State::Failed) throw Error(prediction.error, ErrorKind::ModelFailed);
  return window.settled();
}

}  // namespace

void waitUntilShown(Workbench& workbench, MainWindow& window) {
  QObject scope;  // the connection ends with it
  std::string failure;
  QObject::connect(&workbench, &Workbench::caseFailed, &scope,
                   [&](const QString& text) { failure = text.toStdString(); });
  QElapsedTimer elapsed;
  elapsed.start();
  for (int calm = 0; calm < kCalmLooks && elapsed.elapsed() < kLongestWaitMs;) {
    QEventLoop loop;
    QTimer::singleShot(kLookEveryMs, &loop, &QEventLoop::quit);
    loop.exec();
    if (!failure.empty()) throw Error(failure);
    calm = isShown(workbench, window) ? calm + 1 : 0;
  }
}

void savePicture(MainWindow& window, const std::filesystem::path& file) { savePicture(window.grab(), file); }

void savePicture(const QPixmap& picture, const std::filesystem::path& file) {
  QBuffer png;
  if (!png.open(QIODevice::WriteOnly) || !picture.save(&png, "PNG")) throw Error(file, "cannot be drawn");
  const QByteArray& bytes = png.data();
  writeFileSafely(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

int takeScreenshot(Workbench& workbench, MainWindow& window, const std::filesystem::path& file) {
  try {
    waitUntilShown(workbench, window);
    savePicture(window, file);
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "recontour: %s\n", error.what());
    return exitStatus(error.kind());
  }
}

}  // namespace recontour
