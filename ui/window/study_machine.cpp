#include "ui/window/study_machine.h"

#include <QEvent>
#include <QInputDevice>
#include <QPointingDevice>
#include <QScreen>
#include <QSysInfo>
#include <QThread>
#include <QTimer>
#include <QWidget>
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <nlohmann/json.hpp>

#include "core/base/json.h"

namespace recontour {
namespace {

constexpr std::size_t kKept = 200;
constexpr qint64 kStaleMs = 1000;

std::string cpuName() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const auto colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return {};
}

/// By what remote desktops set; a reader over a slow line is timed with it.
std::string remoteSession() {
  for (const char* name : {"SSH_CONNECTION", "XRDP_SESSION", "VNCDESKTOP", "NX_ROOT", "X2GO_SESSION"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return name;
  }
  return {};
}

Json pointingDevices() {
  Json devices = Json::array();
  for (const QInputDevice* device : QInputDevice::devices()) {
    const auto* pointing = qobject_cast<const QPointingDevice*>(device);
    if (pointing == nullptr) continue;
    const char* kind = device->type() == QInputDevice::DeviceType::Stylus        ? "pen"
                       : device->type() == QInputDevice::DeviceType::TouchScreen ? "touch screen"
                       : device->type() == QInputDevice::DeviceType::TouchPad    ? "touch pad"
                                                                                 : "mouse";
    devices.push_back({{"kind", kind}, {"name", device->name().toStdString()}});
  }
  return devices;
}

}  // namespace

double InputLatency::medianMs() const {
  if (ms_.empty()) return -1;
  std::vector<double> sorted = ms_;
  std::ranges::sort(sorted);
  return sorted[sorted.size() / 2];
}

bool InputLatency::eventFilter(QObject* watched, QEvent* event) {
  const auto type = event->type();
  const bool stale = moved_ != nullptr && since_.elapsed() > kStaleMs;  // it was not painted
  if (type == QEvent::MouseMove && watched->isWidgetType() && (moved_ == nullptr || stale)) {
    moved_ = watched;
    since_.start();
  }
  if (type == QEvent::Paint && watched == moved_) {
    const double startedMs = static_cast<double>(since_.nsecsElapsed()) / 1e6;
    moved_ = nullptr;
    // Painting is through when the event loop goes on.
    if (startedMs < 1000)
      QTimer::singleShot(0, this, [this, since = since_] {
        const double ms = static_cast<double>(since.nsecsElapsed()) / 1e6;
        if (ms_.size() < kKept)
          ms_.push_back(ms);
        else
          ms_[next_++ % kKept] = ms;
      });
  }
  return QObject::eventFilter(watched, event);
}

std::string studyMachine(const QWidget& window, double latencyMs) {
  const QScreen& screen = *window.screen();
  Json json = {{"screen_px", {screen.geometry().width(), screen.geometry().height()}},
               {"screen_mm", {screen.physicalSize().width(), screen.physicalSize().height()}},
               {"scale", window.devicePixelRatioF()},
               {"refresh_hz", screen.refreshRate()},
               {"pointing_devices", pointingDevices()},
               {"cpu", cpuName()},
               {"cores", QThread::idealThreadCount()},
               {"system", QSysInfo::prettyProductName().toStdString()},
               {"remote_session", remoteSession()}};
  if (latencyMs >= 0) json["latency_ms"] = latencyMs;
  return json.dump();
}

}  // namespace recontour
