#pragma once
#include <filesystem>
#include <string>

#include "models/engine/trainer/training_curve.h"
#include "models/engine/trainer/training_request.h"

namespace recontour {

/// A slice of a held-back case (else of the first) as the network labels it now.
struct TrainingPicture {
  int iteration = 0;
  std::string caseName;
  int width = 0, height = 0;            ///< pixels; x to the patient's left, y to the back
  std::vector<std::uint8_t> grey;       ///< from the slice's least normalised value to its largest
  std::vector<Label> predicted, truth;  ///< truth: dense, else strokes with 255 where none is
};

/// Hears of a training, on its thread.
class TrainingListener {
 public:
  virtual ~TrainingListener() = default;
  virtual void loading(int done, int total) = 0;  ///< cases
  virtual void runsOn(const std::string& network, const std::string& device, int done, int total) = 0;
  virtual void iteration(const CurvePoint& point, int total, double secondsLeft) = 0;
  virtual void scoring(int done, int total) = 0;  ///< slices of the held-back cases
  virtual void picture(const TrainingPicture& picture) = 0;
};

struct TrainingOutcome {
  std::filesystem::path folder;  ///< of the model, inside the job folder: "model"
  std::string device, fallback;
  int chosenIteration = 0, iterations = 0;
  double seconds = 0;
  std::optional<double> dscMean;  ///< of held-back cases with the chosen weights
};

/// Trains a network as the request says and writes its model folder into the job folder. Every epoch leaves a
/// checkpoint (`checkpoint.bin`, replaced whole), which a request that resumes goes on from: same batches and, on the
/// same device with as many threads, the same curve.
/// @throws Error (BadInput for data or settings that cannot be trained on, ModelFailed when it fails on the way)
TrainingOutcome trainModel(const TrainingRequest& request, TrainingListener& listener);

}  // namespace recontour
