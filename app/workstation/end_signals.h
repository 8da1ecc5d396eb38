#pragma once
#include <QObject>
#include <functional>

namespace recontour {

/// Calls a function on the GUI thread when SIGTERM, SIGINT or SIGHUP asks the program to end; a second one ends it at
/// once. One object a program, which is there before the event loop runs.
class EndSignals final : public QObject {
 public:
  explicit EndSignals(std::function<void()> end);
  ~EndSignals() override;

 private:
  int readEnd_ = -1, writeEnd_ = -1;
};

/// Ends the program after 5 s whatever its threads wait for: a disk that hangs holds nobody's desktop. Says so.
void endWithinFiveSeconds();

}  // namespace recontour
