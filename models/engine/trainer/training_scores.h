#pragma once
#include <map>
#include <optional>
#include <vector>

#include "core/image/label_map.h"
#include "models/engine/trainer/training_volume.h"

namespace recontour {

/// DSC by label of held-back cases, voxels of all of them counted together on the model's grid. Where `truth` is
/// kIgnored nothing counts, so that with strokes it is the DSC on their voxels.
class ScoreCounter {
 public:
  explicit ScoreCounter(int channels) : counts_(static_cast<std::size_t>(channels)) {}
  /// @param truth  empty: a case without such labels, of which nothing counts
  void add(const std::vector<Label>& predicted, const std::vector<Label>& truth);
  /// Of labels 1.. that truth or prediction has.
  std::map<Label, double> dsc() const;
  /// Of the labels that the truth has; empty without one.
  std::optional<double> mean() const;

 private:
  struct Count {
    std::int64_t predicted = 0, truth = 0, both = 0;
  };
  std::vector<Count> counts_;
};

}  // namespace recontour
