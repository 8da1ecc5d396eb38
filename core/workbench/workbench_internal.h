#pragma once
// Private to core/workbench: what Workbench owns. Split over several .cpp files by what the parts do.
#include <QTimer>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/session/session.h"
#include "core/workbench/job_queue.h"
#include "core/workbench/organ_figures.h"
#include "core/workbench/prediction_runner.h"
#include "core/workbench/workbench.h"

namespace recontour {

/// A case with all that was read for it in the background, ready to be adopted by the GUI thread.
struct PreparedCase {
  Case opened;
  std::shared_ptr<Session> session;  // shared only so that it can travel through a queued call
  std::optional<double> midlineMm;
  std::optional<LabelMap> reference;
  std::optional<StartMap> start;
};

struct Workbench::State {
  State(Workbench& owner, Options options, OrganTable organs, std::unique_ptr<CaseSource> source,
        std::shared_ptr<Predictor> predictor);

  /// Runs `call` on the GUI thread, unless another case was asked for since `asked`. Any thread may call it.
  template <typename Call>
  void onGuiThread(std::uint64_t asked, Call call) {
    QMetaObject::invokeMethod(
        &owner,
        [this, asked, call = std::move(call)]() mutable {
          if (asked == generation) call();
        },
        Qt::QueuedConnection);
  }

  /// Runs `work` on the jobs' thread and hands its result to `take` on the GUI thread; an Error becomes a message.
  /// @param name  a job of the same name that still waits is dropped
  template <typename Work, typename Take>
  void inBackground(const std::string& name, Work work, Take take) {
    jobs.post(name, [this, asked = generation, work = std::move(work), take = std::move(take)](std::stop_token) {
      try {
        onGuiThread(asked, [take, result = work()]() mutable { take(std::move(result)); });
      } catch (const Error& error) {
        onGuiThread(asked, [this, text = std::string(error.what())] { fail(text); });
      }
    });
  }

  // Case (workbench_case.cpp)
  /// Any thread; reads files. @param asked  options as they were when the case was asked for. @throws Error
  PreparedCase prepare(Case read, const Options& asked) const;
  void adopt(PreparedCase prepared);
  void failOpening(const QString& message);
  void forgetCase();

  // Work list (workbench_work_list.cpp)
  void refreshWorkItems(const std::vector<int>& numbers);

  // Labels (workbench_editing.cpp)
  void labelsEdited(const Box& changed);  ///< after each change
  void editEnded(const Box& changed);     ///< after a whole stroke, undo or start map
  void takeStart(StartMap start);
  bool editable() const { return session != nullptr && !options.readOnly; }

  // Figures (workbench_figures.cpp)
  FiguresRequest figuresRequest() const;
  void requestFigures();
  void applyFigures(const std::vector<OrganFigures>& figures);
  void applyTimes();
  void applyExpectations();  ///< what the last start promises for each organ
  void everySecond();

  // Prediction (workbench_prediction.cpp)
  PredictionRunner::Callbacks predictionCallbacks(std::filesystem::path modelFolder, std::int64_t startedMs);
  void predictionProgress(const std::string& stage, int done, int total, double secondsLeft);
  void predictionFinished(const PredictionResult& result, StartMap start, double seconds);
  void predictionFailed(const Error& error);

  // Saving (workbench_saving.cpp)
  void acceptWritten(const std::string& revisionSha256, const LabelMap& written,
                     const std::vector<OrganFigures>& figures);
  void saveStateChanged();
  void fail(const std::string& text) { Q_EMIT owner.message(MessageKind::Failure, QString::fromStdString(text)); }

  Workbench& owner;
  Options options;
  OrganTable organs;
  SystemClock clock;
  std::uint64_t generation = 0;  ///< rises with each case; what an older one still delivers is dropped

  std::vector<WorkItem> workList;
  int previousWorkItem = -1;

  CaseState caseState = CaseState::None;
  std::filesystem::path casePath;  ///< that was asked for
  std::optional<Case> opened;
  AxisMap axisMap;
  std::optional<double> midlineMm;  ///< of the patient
  std::shared_ptr<Session> session;
  LabelMap noLabels;
  std::optional<LabelMap> reference;
  bool referenceShown = false;
  std::vector<OrganStatus> organStatus;
  BrushSettings brush;
  std::optional<StartMap> waitingStart;  ///< arrived during a stroke
  PredictionStatus prediction;
  std::map<Label, double> expectedDsc;
  SaveStatus saveStatus;
  std::uint64_t predictionRun = 0;  ///< rises with each start; what a cancelled run still delivers is dropped
  bool accepted = false;
  bool accepting = false;
  double activeSeconds = 0;
  QTimer second;  ///< times shown, and spans of looking written

  std::unique_ptr<CaseSource> source;
  PredictionRunner runner;
  JobQueue jobs;  // these last: their threads use what is above, so they must end first
};

}  // namespace recontour
