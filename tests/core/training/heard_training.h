#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/training/training_run.h"

namespace recontour {

/// Keeps what a run tells.
struct Heard final : TrainingSink {
  void progress(std::string_view stage, int done, int total, double) override {
    stages.push_back(std::string(stage) + " " + std::to_string(done) + "/" + std::to_string(total));
  }
  void runsOn(std::string_view name, std::string_view device) override {
    stages.push_back(std::string(name) + " on " + std::string(device));
  }
  void point(const TrainingPoint& point) override {
    points.push_back(point);
    if (onPoint) onPoint();
  }
  void view(const TrainingView& view) override { views.push_back(view); }
  void warning(const std::string& sentence) override { warnings.push_back(sentence); }
  std::vector<std::string> stages, warnings;
  std::vector<TrainingPoint> points;
  std::vector<TrainingView> views;
  std::function<void()> onPoint;
};

}  // namespace recontour
