#pragma once
#include <string_view>

namespace recontour {

/// Receives the progress of a long job. Called from the job's thread; implementations must not block.
class ProgressSink {
 public:
  virtual ~ProgressSink() = default;
  /// @param stage        short name: "read", "preprocess", "network", "resample", "write"
  /// @param done, total  steps of this stage (slices, tiles), 0 <= done <= total
  /// @param secondsLeft  estimate for the whole job, negative when unknown
  virtual void progress(std::string_view stage, int done, int total, double secondsLeft) = 0;
  /// What does the work and where, as soon as that is known. @param device  "cpu", "cuda:0"
  virtual void runsOn(std::string_view /*name*/, std::string_view /*device*/) {}
};

/// Ignores all progress.
class NoProgress final : public ProgressSink {
 public:
  void progress(std::string_view, int, int, double) override {}
};

}  // namespace recontour
