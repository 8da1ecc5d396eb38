#include "core/workbench/session_player.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/session/step_summary.h"
#include "core/workbench/workbench.h"

namespace recontour {
namespace {

constexpr double kLongestPauseMs = 5000;
constexpr int kTickMs = 250;  // at the latest the position is told again

std::vector<double> positionsOf(const std::vector<Event>& events) {
  std::vector<double> positions;
  for (std::size_t i = 0; i < events.size(); ++i) {
    // The clock starts anew with the machine, so a step back is no time.
    const double gap = i == 0 ? 0 : static_cast<double>(events[i].timeMs - events[i - 1].timeMs);
    positions.push_back((i == 0 ? 0 : positions.back()) + std::clamp(gap, 0.0, kLongestPauseMs));
  }
  return positions;
}

}  // namespace

SessionPlayer::SessionPlayer(Workbench& workbench, std::vector<Event> events, double speed, QObject* parent)
    : QObject(parent), workbench_(workbench), events_(std::move(events)), atMs_(positionsOf(events_)), speed_(speed) {
  wait_.setSingleShot(true);
  wait_.setTimerType(Qt::PreciseTimer);
  connect(&wait_, &QTimer::timeout, this, &SessionPlayer::playDue);
}

double SessionPlayer::positionS() const {
  const double beyond = running_ ? static_cast<double>(since_.nsecsElapsed()) / 1e6 * speed_ : 0;
  return std::min(positionMs_ + beyond, finished() ? positionMs_ : atMs_[next_]) / 1000;
}

void SessionPlayer::setRunning(bool running) {
  if (running == running_ || finished()) return;
  if (!running) positionMs_ = positionS() * 1000;
  running_ = running;
  since_.start();
  if (running) waitForNext();
  if (!running) wait_.stop();
  Q_EMIT moved();
}

void SessionPlayer::waitForNext() {
  const double left = (atMs_[next_] - positionS() * 1000) / speed_;
  wait_.start(std::clamp(static_cast<int>(left), 0, kTickMs));
}

void SessionPlayer::playDue() {
  const double now = positionMs_ + static_cast<double>(since_.nsecsElapsed()) / 1e6 * speed_;
  QElapsedTimer began;
  began.start();
  while (!finished() && atMs_[next_] <= now && began.elapsed() < kTickMs) {
    positionMs_ = atMs_[next_];
    try {
      play(events_[next_]);
    } catch (const std::exception& error) {
      next_ = events_.size();
      running_ = false;
      return Q_EMIT failed(QString::fromUtf8(error.what()));
    }
    ++next_;
  }
  if (finished()) {
    running_ = false;
    Q_EMIT moved();
    return Q_EMIT ended();
  }
  positionMs_ = std::min(now, atMs_[next_]);
  since_.start();
  Q_EMIT moved();
  waitForNext();
}

void SessionPlayer::play(const Event& event) {
  const Json header = parseJson(event.header, "event");
  if (event.type == "look")
    Q_EMIT looked(planeNamed(header.at("plane").get<std::string>()), header.at("last").get<int>());
  if (event.type == "edit") {
    const StepSummary step = stepSummaryFrom(header, event.wallMs);
    if (step.slice >= 0) Q_EMIT looked(planeNamed(step.plane), step.slice);
  }
  workbench_.play(event);
}

}  // namespace recontour
