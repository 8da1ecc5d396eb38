#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/image/geometry.h"

namespace recontour {

/// What STAPLE makes of several readers' contours of one organ.
struct Staple {
  /// Contours of one organ settle long before; votes that have little in common may take thousands.
  static constexpr unsigned kMostIterations = 500;

  std::vector<double> sensitivity, specificity;  ///< by reader, 0..1
  std::vector<double> weights;                   ///< by voxel: probability that it is of the organ
  int iterations = 0;                            ///< of expectation and maximisation; 0 where all readers agree
};

/// A consensus and how well each reader agrees with it, by itk::STAPLEImageFilter: expectation and maximisation from
/// the mean vote on, with the mean of all votes as the prior, until no figure changes by more than 1e-7 or
/// kMostIterations are done. The prior, and with it the specificity, depend on how much background is handed in.
///
/// @param size  of the box that the votes lie in
/// @param votes  by reader: one a voxel, x fastest, 1 where the organ is and 0 elsewhere; each voxelCount(size) long
/// @throws Error when there is no reader, no voxel has a vote, or all have all
/// Source: S. K. Warfield et al., IEEE Trans Med Imaging 23(7), 2004, pp. 903-921.
Staple staple(const Size3& size, std::span<const std::vector<std::uint8_t>> votes);

}  // namespace recontour
