#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <string>
#include <vector>

class QWidget;

namespace recontour {

/// Measures how long a picture takes to follow the pointer: from a move over a widget to the end of its next painting.
class InputLatency final : public QObject {
 public:
  explicit InputLatency(QObject* parent) : QObject(parent) {}
  /// Median of the last 200 movements, ms; negative before the first.
  double medianMs() const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QPointer<QObject> moved_;
  QElapsedTimer since_;
  std::vector<double> ms_;
  std::size_t next_ = 0;
};

/// What a study records of the reader's machine, JSON text: screen (pixels, mm, scale), pointing devices, CPU, cores,
/// system, whether the session is a remote one, and `latency_ms`. No name of host or user.
std::string studyMachine(const QWidget& window, double latencyMs);

}  // namespace recontour
