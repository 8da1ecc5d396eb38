#include "ui/views/probe_3d.h"

#include <QCoreApplication>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <sys/resource.h>
#include <vtkActor.h>
#include <vtkCellArray.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkUnsignedCharArray.h>

namespace recontour {
namespace {

constexpr int kEdge = 32;
constexpr int kTimeoutMs = 20'000;

/// A red triangle that covers the middle of the view.
vtkSmartPointer<vtkActor> triangle() {
  auto points = vtkSmartPointer<vtkPoints>::New();
  points->InsertNextPoint(-1, -1, 0);
  points->InsertNextPoint(1, -1, 0);
  points->InsertNextPoint(0, 1, 0);
  auto cells = vtkSmartPointer<vtkCellArray>::New();
  const vtkIdType corners[3] = {0, 1, 2};
  cells->InsertNextCell(3, corners);
  auto surface = vtkSmartPointer<vtkPolyData>::New();
  surface->SetPoints(points);
  surface->SetPolys(cells);
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->SetInputData(surface);
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  actor->GetProperty()->SetColor(1, 0, 0);
  actor->GetProperty()->LightingOff();
  return actor;
}

bool rendersTriangle() {
  auto window = vtkSmartPointer<vtkRenderWindow>::New();
  window->SetShowWindow(false);
  window->SetOffScreenRendering(1);
  window->SetMultiSamples(0);
  window->SetSize(kEdge, kEdge);
  auto renderer = vtkSmartPointer<vtkRenderer>::New();
  renderer->AddActor(triangle());
  window->AddRenderer(renderer);
  renderer->ResetCamera();
  window->Render();
  auto pixels = vtkSmartPointer<vtkUnsignedCharArray>::New();
  window->GetRGBACharPixelData(0, 0, kEdge - 1, kEdge - 1, 0, pixels);
  const unsigned char* middle = pixels->GetPointer(4 * (kEdge / 2 * kEdge + kEdge / 2));
  return middle[0] > 200 && middle[1] < 50;
}

int refuse(const char* reason) {
  std::fprintf(stderr, "%s\n", reason);
  return 1;
}

}  // namespace

int runProbe3d() {
  const rlimit noCore{0, 0};
  setrlimit(RLIMIT_CORE, &noCore);  // VTK aborts on a display it cannot use; that is an answer, not a crash to keep
  const char* display = std::getenv("DISPLAY");
  if (display == nullptr || *display == '\0') return refuse("there is no X display (DISPLAY is not set)");
  return rendersTriangle() ? 0 : refuse("this display's OpenGL does not draw");
}

Probe3d::Probe3d(const QString& program, QObject* parent)
    : QObject(parent), program_(program.isEmpty() ? QCoreApplication::applicationFilePath() : program) {
  process_.setProcessEnvironment(QProcessEnvironment::systemEnvironment());
  connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error == QProcess::FailedToStart) report(false, tr("the probe does not start: %1").arg(process_.errorString()));
  });
  connect(&process_, &QProcess::finished, this, [this](int status, QProcess::ExitStatus how) {
    const bool works = how == QProcess::NormalExit && status == 0;
    const QString said =
        QString::fromLocal8Bit(process_.readAllStandardError()).trimmed().section(QLatin1Char('\n'), -1);
    if (how == QProcess::CrashExit) return report(false, tr("this display offers no usable OpenGL"));
    report(works, works ? QString() : said.isEmpty() ? tr("the probe failed") : said);
  });
}

Probe3d::~Probe3d() {
  disconnect(&process_, nullptr, this, nullptr);
  if (process_.state() == QProcess::NotRunning) return;
  process_.kill();
  process_.waitForFinished(1000);
}

void Probe3d::start() {
  process_.start(program_, {QStringLiteral("--probe-3d")});
  QTimer::singleShot(kTimeoutMs, this, [this] {
    report(false, tr("the display did not answer within %1 s").arg(kTimeoutMs / 1000));
    process_.kill();
  });
}

void Probe3d::report(bool works, const QString& reason) {
  if (std::exchange(reported_, true)) return;
  Q_EMIT finished(works, reason);
}

}  // namespace recontour
