#include "models/engine/normalization.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

constexpr double kSmallestDeviation = 1e-8;  // of nnU-Net

struct Moments {
  double mean = 0, deviation = 1;
};

Moments imageMoments(std::span<const float> hu, bool nonzeroOnly) {
  double sum = 0, squares = 0, count = 0;
  for (const float value : hu) {
    if (nonzeroOnly && value == 0) continue;
    sum += value;
    squares += double(value) * value;
    count += 1;
  }
  if (count == 0) return {};
  const double mean = sum / count;
  const double variance = std::max(0.0, squares / count - mean * mean);
  return {mean, std::max(std::sqrt(variance), kSmallestDeviation)};
}

}  // namespace

HuTransform::HuTransform(const Normalization& normalization, std::span<const float> hu)
    : clipped_(normalization.clipped), low_(float(normalization.low)), high_(float(normalization.high)) {
  switch (normalization.type) {
    case Normalization::Type::Affine:
    case Normalization::Type::CtClipZscore:
      scale_ = 1 / normalization.divide;
      offset_ = -normalization.subtract * scale_;
      break;
    case Normalization::Type::Range:
      scale_ = (normalization.outHigh - normalization.outLow) / (normalization.high - normalization.low);
      offset_ = normalization.outLow - normalization.low * scale_;
      break;
    case Normalization::Type::Zscore: {
      const Moments moments = imageMoments(hu, normalization.nonzeroOnly);
      scale_ = 1 / moments.deviation;
      offset_ = -moments.mean * scale_;
      keepZero_ = normalization.nonzeroOnly;
      break;
    }
  }
}

float HuTransform::operator()(float hu) const {
  if (keepZero_ && hu == 0) return 0;
  if (clipped_) hu = std::clamp(hu, low_, high_);
  return static_cast<float>(hu * scale_ + offset_);
}

void HuTransform::apply(std::span<float> hu) const {
  for (float& value : hu) value = (*this)(value);
}

}  // namespace recontour
