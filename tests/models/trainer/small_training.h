#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/json.h"
#include "models/engine/trainer/trainer.h"

namespace recontour {

/// A folder with two cases that a small network learns within seconds: a bright block, "liver", on the patient's right,
/// a darker one, "spleen", on the left, on 32 x 32 x 4 voxels of 3 mm. Strokes are the middle row of each block and a
/// row of background.
class SmallTraining {
 public:
  explicit SmallTraining(const std::filesystem::path& folder);
  /// A "train" request that learns from the first case and holds the second back.
  Json message() const;
  static constexpr int kIterations = 40, kPerEpoch = 10;

 private:
  Json caseJson(int number, bool heldBack) const;
  std::filesystem::path folder_;
};

/// Remembers what it hears; can end the training from outside.
class HeardTraining final : public TrainingListener {
 public:
  void runsOn(const std::string&, const std::string& on, int done, int) override {
    device = on;
    begunAt = done;
  }
  void iteration(const CurvePoint& point, int, double) override {
    points.push_back(point);
    if (static_cast<int>(points.size()) == stopsAfter) throw Error("stopped", ErrorKind::Cancelled);
  }
  void loading(int done, int total) override { loaded.emplace_back(done, total); }
  void scoring(int done, int total) override { scored.emplace_back(done, total); }
  void picture(const TrainingPicture& picture) override { pictures.push_back(picture); }
  std::vector<CurvePoint> points;
  std::vector<TrainingPicture> pictures;
  std::vector<std::pair<int, int>> loaded, scored;  ///< done, of all
  std::string device;
  int begunAt = -1, stopsAfter = -1;
};

}  // namespace recontour
