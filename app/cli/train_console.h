#pragma once
#include "app/cli/console.h"
#include "core/training/training_run.h"

namespace recontour::cli {

/// A training on standard error: a bar on a terminal, else a line an epoch.
class TrainConsole final : public TrainingSink {
 public:
  /// @param what  the model folder, to name it on a terminal
  TrainConsole(const std::string& what, int iterationsPerEpoch);
  void progress(std::string_view stage, int done, int total, double secondsLeft) override;
  void runsOn(std::string_view name, std::string_view device) override;
  void point(const TrainingPoint& point) override;
  void view(const TrainingView&) override {}
  void warning(const std::string& sentence) override;

 private:
  void tellEpoch(const TrainingPoint& point);
  ConsoleProgress bar_;
  bool onTerminal_;
  int iterationsPerEpoch_;
  double lossSum_ = 0;  ///< of the epoch's iterations so far
  int lossCount_ = 0;
  std::string lastScore_;
};

}  // namespace recontour::cli
