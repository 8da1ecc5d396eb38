#include "models/engine/trainer/training_scores.h"

#include <cassert>

namespace recontour {

void ScoreCounter::add(const std::vector<Label>& predicted, const std::vector<Label>& truth) {
  if (truth.empty()) return;
  assert(predicted.size() == truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (truth[i] == kIgnored) continue;
    assert(truth[i] < counts_.size() && predicted[i] < counts_.size());
    ++counts_[truth[i]].truth;
    ++counts_[predicted[i]].predicted;
    if (truth[i] == predicted[i]) ++counts_[truth[i]].both;
  }
}

std::map<Label, double> ScoreCounter::dsc() const {
  std::map<Label, double> result;
  for (std::size_t label = 1; label < counts_.size(); ++label) {
    const Count& count = counts_[label];
    const auto voxels = static_cast<double>(count.predicted + count.truth);
    if (voxels > 0) result[static_cast<Label>(label)] = 2 * static_cast<double>(count.both) / voxels;
  }
  return result;
}

std::optional<double> ScoreCounter::mean() const {
  double sum = 0;
  int organs = 0;
  for (const auto& [label, value] : dsc()) {
    if (counts_[label].truth == 0) continue;
    sum += value;
    ++organs;
  }
  if (organs == 0) return {};
  return sum / organs;
}

}  // namespace recontour
