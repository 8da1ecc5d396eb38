#pragma once
#include <span>

#include "core/image/geometry.h"

namespace recontour {

/// Turns HU into what a network was trained on.
struct Normalization {
  enum class Type {
    Affine,        ///< (clip(x) - subtract) / divide
    Range,         ///< linear from inLow..inHigh to outLow..outHigh, clipped there when `clipped`
    CtClipZscore,  ///< (clip(x) - mean) / std with the training set's figures; same arithmetic as Affine
    Zscore         ///< (x - mean) / std of this image, of its voxels other than 0 when `nonzeroOnly`
  };
  Type type = Type::Affine;
  bool clipped = false;
  double low = 0, high = 0;         ///< clip range in HU; for Range the input range
  double subtract = 0, divide = 1;  ///< mean and standard deviation for CtClipZscore
  double outLow = 0, outHigh = 1;   ///< for Range
  bool nonzeroOnly = false;         ///< for Zscore
};

/// A normalisation with its figures settled: value = clip(HU) * scale + offset.
class HuTransform {
 public:
  /// @param hu  the image, for types that take their figures from it
  HuTransform(const Normalization& normalization, std::span<const float> hu);
  float operator()(float hu) const;
  void apply(std::span<float> hu) const;

 private:
  bool clipped_ = false;
  float low_ = 0, high_ = 0;
  double scale_ = 1, offset_ = 0;
  bool keepZero_ = false;  ///< Zscore with nonzeroOnly leaves zeros as they are
};

}  // namespace recontour
