#pragma once
#include <QObject>
#include <functional>
#include <vector>

#include "core/session/step_summary.h"

class QWidget;

namespace recontour {

class Workbench;

/// How a case is left and the program ended without losing anything: what is being drawn is finished, and all is
/// written, behind a progress note where the disk is slow. Lives on the GUI thread.
class OrderlyClose final : public QObject {
  Q_OBJECT
 public:
  enum class Answer { KeepOpen, SaveElsewhere, LeaveAnyway };
  /// @param window  the dialogs' parent; must outlive this
  OrderlyClose(Workbench& workbench, QWidget& window);
  /// Somebody closes the window. Asks where something cannot be saved. @return false: it stays open
  bool attended();
  /// Another case is asked for. Asks where the open one cannot be saved; otherwise it is written in the background.
  bool mayLeaveCase();
  /// Nobody can answer (a signal, the end of the desktop's session): the case is closed after 4.5 s at the latest.
  /// @return whether all is on some disk
  bool unattended();
  /// The same without closing the case; 3 s at the latest. For a session that may yet go on.
  void write();
  void setAsker(std::function<Answer(const QString& loss)> asker) { ask_ = std::move(asker); }  ///< in place of a box

 Q_SIGNALS:
  void saveAsAsked();
  void leftUnsaved();  ///< the window closes although not everything is on a disk; the disk may hang

 private:
  enum class State { Waiting, Written, Elsewhere, Failed };
  State state() const;
  bool isKept() const;
  void finishDrawing();
  bool waitFor(const std::function<bool()>& done, int limitMs, bool mayStay);
  bool mayLeave();
  void leave(int limitMs);
  void rememberSaved();
  QString loss() const;
  Answer askBox(const QString& loss);
  Workbench& workbench_;
  QWidget& window_;
  std::function<Answer(const QString&)> ask_;
  std::size_t stepsSaved_ = 0;  ///< of the open case's history, when all was on disk last
  bool givenUp_ = false;        ///< somebody no longer wanted to wait
  bool running_ = false;
};

}  // namespace recontour
