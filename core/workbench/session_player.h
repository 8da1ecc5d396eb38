#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <string>
#include <vector>

#include "core/image/axis_map.h"
#include "core/session/event.h"

namespace recontour {

class Workbench;

/// Plays a session's log into a workbench that has its case open for reading only: each event at its time, divided by
/// the speed; pauses of more than 5 s are cut to 5 s. Lives on the GUI thread.
class SessionPlayer final : public QObject {
  Q_OBJECT
 public:
  /// @param events  of one session, from the first on
  /// @param speed   > 0; 2 is twice as fast
  SessionPlayer(Workbench& workbench, std::vector<Event> events, double speed, QObject* parent = nullptr);
  void setRunning(bool running);
  bool running() const { return running_; }
  bool finished() const { return next_ == events_.size(); }
  double speed() const { return speed_; }
  double positionS() const;  ///< in the log's time, long pauses cut
  double durationS() const { return atMs_.empty() ? 0 : atMs_.back() / 1000; }

 Q_SIGNALS:
  void looked(recontour::Plane plane, int slice);  ///< where the reader looked or drew
  void moved();                                    ///< the position has
  void ended();
  void failed(const QString& reason);  ///< an event cannot be played; it ends there

 private:
  void playDue();
  void play(const Event& event);
  void waitForNext();
  Workbench& workbench_;
  std::vector<Event> events_;
  std::vector<double> atMs_;  ///< position of each event
  double speed_, positionMs_ = 0;
  std::size_t next_ = 0;
  bool running_ = false;
  QElapsedTimer since_;  ///< positionMs_ was reached
  QTimer wait_;
};

}  // namespace recontour
