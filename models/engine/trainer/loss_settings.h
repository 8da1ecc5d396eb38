#pragma once
#include <string>
#include <vector>

#include "core/image/label_map.h"

namespace recontour {

inline constexpr Label kIgnored = 255;  ///< a voxel that nothing is known of: no loss, no score

/// What is minimised. Sources: Luo et al. 2022 (WORD), 4.3; docs/development/training.md.
struct LossSettings {
  std::string name = "pce";  ///< ce-dice, pce, pce+em, pce+ivm, pce+em+ivm, pce+crf
  double lambdaEm = 0.1, lambdaIvm = 0.1, lambdaCrf = 0.1;
  bool ivmNormalized = false;  ///< intensity variance about each class's mean in place of the paper's one line
  /// Iterations over which the lambdas rise as exp(-5 (1 - t / ramp)^2); 0: they are there from the start.
  int rampIterations = 0;
  /// How much a voxel of each channel counts in the cross entropy of ce-dice; empty: all alike.
  std::vector<double> classWeights = {};

  bool isDense() const { return name == "ce-dice"; }  ///< learns from dense labels, else from strokes
  bool has(const std::string& term) const { return name.find("+" + term) != std::string::npos; }
};

}  // namespace recontour
