#include "app/worker/train_job.h"

#include <deque>
#include <fstream>

#include <malloc.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/process_memory.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "models/engine/trainer/trainer.h"

namespace recontour::worker {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPicturesKept = 2;  // the client may be reading the one before

/// Tells the client what a training does, and leaves its pictures in the folder.
class ToldTraining final : public TrainingListener {
 public:
  ToldTraining(const TrainingRequest& request, JobReport& report)
      : folder_(request.folder), report_(report), keys_(request.organKeys()) {}

  void loading(int done, int total) override { report_.progress("load", done, total, -1); }
  void runsOn(const std::string& network, const std::string& device, int done, int total) override {
    report_.runsOn(network, device);
    report_.progress("train", done, total, -1);
  }
  void iteration(const CurvePoint& point, int total, double secondsLeft) override {
    Json message = curveMessage(point, keys_);
    message["type"] = "curve";
    message["iterations"] = total;
    if (secondsLeft >= 0) message["seconds_left"] = secondsLeft;
    report_.tell(message);
    report_.progress("train", point.iteration, total, secondsLeft);
  }
  void scoring(int done, int total) override { report_.progress("score", done, total, -1); }
  void picture(const TrainingPicture& picture) override {
    const std::string name = "picture-" + std::to_string(picture.iteration) + ".u8";
    std::ofstream file(folder_ / name, std::ios::binary);
    for (const auto* values : {&picture.grey, &picture.predicted, &picture.truth})
      file.write(reinterpret_cast<const char*>(values->data()), static_cast<std::streamsize>(values->size()));
    file.close();
    keep(name);
    if (!file) return;  // a full disk shows no picture; the checkpoint says what is wrong
    report_.tell({{"type", "picture"},
                  {"iteration", picture.iteration},
                  {"case", picture.caseName},
                  {"width", picture.width},
                  {"height", picture.height},
                  {"file", name}});
  }

 private:
  void keep(const std::string& name) {
    pictures_.push_back(name);
    if (pictures_.size() <= kPicturesKept) return;
    std::error_code ignored;
    fs::remove(folder_ / pictures_.front(), ignored);
    pictures_.pop_front();
  }
  fs::path folder_;
  JobReport& report_;
  std::vector<std::string> keys_;
  std::deque<std::string> pictures_;
};

/// Each iteration takes and gives back the same arrays; as pages of the system they would be cleared anew every time.
void keepMemory() {
  constexpr int kLargest = 1 << 30;
  ::mallopt(M_MMAP_THRESHOLD, kLargest);
  ::mallopt(M_TRIM_THRESHOLD, kLargest);
}

}  // namespace

Json train(const Json& message, const fs::path& base, JobReport& report) {
  keepMemory();
  const TrainingRequest request = trainingRequestOf(message, base);
  report.progress("load", 0, 1, -1);
  ToldTraining listener(request, report);
  const TrainingOutcome outcome = trainModel(request, listener);
  const std::string manifest = readWholeFile(outcome.folder / "recontour.json");
  return {{"model", outcome.folder.filename().string()},
          {"manifest_sha256", sha256Hex(std::string_view(manifest))},
          {"device", outcome.device},
          {"fallback", outcome.fallback},
          {"iterations", outcome.iterations},
          {"chosen_iteration", outcome.chosenIteration},
          {"seconds", outcome.seconds},
          {"dsc_mean", outcome.dscMean ? Json(*outcome.dscMean) : Json()},
          {"peak_memory_bytes", ownPeakMemoryBytes()}};
}

}  // namespace recontour::worker
