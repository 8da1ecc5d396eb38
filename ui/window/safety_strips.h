#pragma once
#include <QWidget>

#include "core/session/step_summary.h"
#include "ui/panels/strip.h"

namespace recontour {

class Workbench;

/// What the reader has to know of the safety of the work, as long as it holds: a session that was cut short, a disk
/// that refuses, another program that edits the case. Follows the workbench by itself.
class SafetyStrips final : public QWidget {
  Q_OBJECT
 public:
  explicit SafetyStrips(Workbench& workbench, QWidget* parent = nullptr);
  void setOffersOtherWays(bool offers) { offersOtherWays_ = offers; }  ///< of opening; not in a study
  Strip& recovery() { return *recovery_; }
  Strip& saving() { return *saving_; }
  Strip& access() { return *access_; }    ///< who else edits the case
  Strip& refusal() { return *refusal_; }  ///< why a session did not open

 Q_SIGNALS:
  void stepWanted(const recontour::StepSummary& step);  ///< to be shown
  void saveAsWanted();
  void readWanted(const QString& casePath);         ///< although its session cannot be written
  void otherFolderWanted(const QString& casePath);  ///< for sessions

 private:
  void forgetCase();
  void showCase();
  void showRecovery();
  void showAccess();
  void showSaving();
  void showRefusal(const QString& casePath, const QString& cause);
  Workbench& workbench_;
  bool offersOtherWays_ = true;
  Strip* recovery_ = nullptr;
  Strip* saving_ = nullptr;
  Strip* access_ = nullptr;
  Strip* refusal_ = nullptr;
};

}  // namespace recontour
