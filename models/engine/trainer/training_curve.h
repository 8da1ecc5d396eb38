#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/image/label_map.h"

namespace recontour {

/// What is known after an iteration; scores only where the held-back cases were looked at.
struct CurvePoint {
  int iteration = 0;  ///< how many are done, from 1
  double learningRate = 0, loss = 0;
  std::map<std::string, double> terms;  ///< parts of the loss before their weights
  std::optional<double> dscMean;        ///< of held-back cases
  std::map<Label, double> dsc;          ///< by label
};

/// curves.csv: iteration,learning_rate,loss,TERM...,dsc_mean,dsc_KEY..., one row an iteration, 9 significant digits,
/// missing = empty field (docs/formats/training.md).
/// @param keys  of labels 1.., in order
std::string curvesCsv(const std::vector<CurvePoint>& points, const std::vector<std::string>& keys);
/// The "curve" message of the job protocol, without type and id.
Json curveMessage(const CurvePoint& point, const std::vector<std::string>& keys);

}  // namespace recontour
