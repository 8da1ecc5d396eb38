#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/engine/trainer/training_curve.h"

namespace recontour {

/// Numbers of a network or an optimizer, by name.
using NamedArrays = std::map<std::string, std::vector<float>>;

/// Where a training stands after an epoch.
struct Checkpoint {
  std::string jobSha256;  ///< of settings and data; another job cannot go on from here
  int iteration = 0;      ///< how many are done
  double seconds = 0;     ///< of training so far
  std::vector<CurvePoint> curve;
  NamedArrays weights;    ///< that are learned
  NamedArrays averages;   ///< of the weights, with averaging
  NamedArrays optimizer;  ///< what it remembers
  // With a selection, the weights that scored best so far; averages with averaging.
  int bestIteration = 0;
  std::optional<double> bestDsc;
  NamedArrays best;
};

/// Replaces the file as a whole or not at all. A line with the SHA-256 of the rest, a line with names and sizes, the
/// curve, then float32, little endian: no code, unlike LibTorch's own archives. @throws Error when the disk is full
void writeCheckpoint(const std::filesystem::path& file, const Checkpoint& checkpoint);
/// @throws Error for a file that is damaged or none of these
Checkpoint readCheckpoint(const std::filesystem::path& file);

}  // namespace recontour
