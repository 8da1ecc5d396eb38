#pragma once
#include <QObject>
#include <QString>
#include <QTimer>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/study/reader_package.h"
#include "core/workbench/workbench_state.h"

namespace recontour {

class Workbench;

/// A reader at work on a study's package: PIN, the next case, Start, pause, ratings, *clinically acceptable*, receipt.
/// The case is blank until Start and while it is paused. Lives on the GUI thread, beside its workbench; no slot waits.
class StudyReading final : public QObject {
  Q_OBJECT
 public:
  enum class Phase {
    Locked,      ///< the PIN is asked for
    List,        ///< between cases
    Opening,     ///< a case is read
    Ready,       ///< it is there, and blank until begin()
    FormBefore,  ///< image and contours are shown, the contours are rated
    Reading,
    Paused,
    FormAfter,  ///< the clock has stopped, the result is rated
    Saving
  };

  /// @param workbench  must outlive this
  StudyReading(Workbench& workbench, ReaderPackage package, QObject* parent = nullptr);

  const ReaderPackage& package() const { return package_; }
  const ReaderProgress& progress() const { return progress_; }
  Phase phase() const { return phase_; }
  const PackagedTask* task() const;  ///< that is open or opens; null between cases
  int caseNumber() const;            ///< of all cases, from 1; 0 between cases
  NextTask next() const;

  bool unlock(const QString& pin);  ///< false for a wrong PIN
  void openNext();
  void begin();
  void setPaused(bool paused);
  /// Ends the reading, unless an organ has neither contour nor reason: refused() follows then.
  void acceptable();
  /// The questions of the form that is open. @return none without a form
  std::vector<StudyRating> questions() const;
  void answer(const std::map<std::string, std::string>& answers);
  void leave();  ///< back to the list; the case stays as it is

  bool mayEdit() const { return phase_ == Phase::Reading; }
  bool showsImage() const;  ///< else every view is blank
  bool allowsTool(const std::string& tool) const;
  bool showsCue(const std::string& cue) const;
  void noteHint(const std::string& cue, Label organ, bool used);
  /// What is known of the machine, JSON text of an object; written with each case.
  void setEnvironment(const std::string& json) { environment_ = json; }

 Q_SIGNALS:
  void phaseChanged();
  void refused();                                           ///< organs have neither contour nor reason
  void received(const QString& task, const QString& hash);  ///< the receipt of an accepted case
  void failed(const QString& message);

 private:
  void setPhase(Phase phase);
  StudyTaskFiles filesOf(const PackagedTask& task) const;
  std::string factsOf(const PackagedTask& task) const;
  void readAhead();
  void caseOpened();
  void caseFailed(const QString& message);
  void openForm(Phase phase);
  void accept();
  void acceptRefused();
  void acceptFailed();
  bool lacksReceipt() const;
  void writeReceipt();
  void receiptWritten(const Receipt& receipt);

  Workbench& workbench_;
  ReaderPackage package_;
  ReaderProgress progress_;
  Phase phase_ = Phase::Locked;
  std::optional<int> current_;
  std::int64_t formSinceMs_ = 0;
  QTimer again_;  ///< a receipt that could not be written is written later
  std::string environment_ = "{}";
};

}  // namespace recontour
