#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/training/training_run.h"
#include "tests/core/training/heard_training.h"
#include "tests/core/training/training_folder.h"

namespace recontour {

/// Two cases to learn from by strokes and one held back, trained by a worker that only pretends to.
class TrainingRunTest : public TrainingTestFolder {
 protected:
  TrainingRunTest() : out_(folder_ / "mine"), training_(folder_ / "mine.training") {
    for (const char* name : {"a", "b", "c"}) addCase(name);
    settings_.device = "cpu";
    worker_.program = FAKE_TRAINER;
    worker_.jobs = folder_ / "jobs";
    worker_.bubblewrap.clear();  // the modes come by the environment, of which a sandbox has none
  }
  std::vector<TrainingSource> sources() const {
    const auto split = write("split.json", R"({"training": ["a", "b"], "validation": ["c"]})");
    if (settings_.source == "labels") return trainingLabelMapsIn(cases_, split, settings_.selection, settings_.seed);
    return trainingCasesIn(cases_, split, settings_.loss == "ce-dice", settings_.selection, 1);
  }
  TrainingReport run(const char* mode, std::stop_token stop = {}) {
    ::setenv("RECONTOUR_FAKE_TRAINER", mode, 1);
    return train(settings_, sources(), out_, worker_, heard_, std::move(stop), ModelTrust(trustFile()));
  }
  TrainingReport resume(const char* mode) {
    settings_.resume = true;
    return run(mode);
  }
  std::filesystem::path trustFile() const { return folder_ / "config/trusted.json"; }
  Json request() const;  ///< that the worker got in a run that ended well
  /// The run fails, and nothing is at --out.
  void expectRunFails(const char* mode, const std::string& text, ErrorKind kind = ErrorKind::ModelFailed) {
    expectError([&] { run(mode); }, text, kind);
    EXPECT_FALSE(std::filesystem::exists(out_));
  }

  std::filesystem::path out_, training_;
  TrainingSettings settings_;
  WorkerSettings worker_;
  Heard heard_;
};

}  // namespace recontour
