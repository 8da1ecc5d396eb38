#include "app/workstation/first_paint.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <chrono>
#include <cstdio>

namespace recontour {
namespace {

class FirstPaint final : public QObject {
 public:
  using QObject::QObject;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint) {
      watched->removeEventFilter(this);
      QTimer::singleShot(0, this, report);  // when all that the window holds is painted too, and sent to the display
    }
    return false;
  }

 private:
  static void report() {
    using std::chrono::nanoseconds;
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    std::printf("%lld\n", static_cast<long long>(std::chrono::duration_cast<nanoseconds>(now).count()));
    QCoreApplication::quit();
  }
};

}  // namespace

void reportFirstPaint(QWidget& window) {
  if (qEnvironmentVariableIsSet("RECONTOUR_FIRST_PAINT")) window.installEventFilter(new FirstPaint(&window));
}

}  // namespace recontour
