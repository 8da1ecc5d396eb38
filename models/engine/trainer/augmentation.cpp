#include "models/engine/trainer/augmentation.h"

#include <algorithm>
#include <cmath>

namespace recontour {
namespace {

constexpr double kChance = 0.3, kNoiseChance = 0.2, kBlurChance = 0.2;
constexpr double kBrightness = 0.15, kNoise = 0.15;              // of the spread, at most
constexpr double kLeastContrast = 0.85, kMostContrast = 1.18;    // about the mean
constexpr double kLeastGamma = 0.8, kMostGamma = 1.25;           // between darkest and brightest
constexpr double kLeastNeighbour = 0.05, kMostNeighbour = 0.25;  // weight of each neighbour in the blur

struct Spread {
  double mean = 0, deviation = 0;
};

Spread spreadOf(const std::vector<float>& image) {
  double sum = 0, squares = 0;
  for (const float value : image) {
    sum += value;
    squares += double(value) * value;
  }
  const double count = static_cast<double>(image.size()), mean = sum / count;
  return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

void applyGamma(std::vector<float>& image, float gamma) {
  const auto [least, most] = std::ranges::minmax_element(image);
  const float low = *least, range = *most - *least;
  if (!(range > 0)) return;
  for (float& value : image) value = low + range * std::pow((value - low) / range, gamma);
}

void addNoise(std::vector<float>& image, double deviation, PortableRandom& random) {
  for (float& value : image) value += static_cast<float>(deviation * nearlyNormal(random));
}

/// Weighs each value of a line with its two neighbours; the ends have themselves for the missing one.
void blurLine(float* values, int count, std::ptrdiff_t stride, float neighbour) {
  float before = values[0];
  for (int i = 0; i < count; ++i) {
    float& value = values[i * stride];
    const float after = i + 1 < count ? values[(i + 1) * stride] : value;
    const float own = value;
    value += neighbour * (before + after - 2 * own);
    before = own;
  }
}

void blurSlices(std::vector<float>& image, const Size3& size, float neighbour) {
  const std::ptrdiff_t row = size.x, slice = row * size.y;
  for (int z = 0; z < size.z; ++z) {
    float* values = image.data() + z * slice;
    for (int y = 0; y < size.y; ++y) blurLine(values + y * row, size.x, 1, neighbour);
    for (int x = 0; x < size.x; ++x) blurLine(values + x, size.y, row, neighbour);
  }
}

}  // namespace

double nearlyNormal(PortableRandom& random) {
  constexpr double kMean = 2 * 65535.0;   // of the sum
  constexpr double kDeviation = 37837.2;  // sqrt(4 (2^32 - 1) / 12)
  const std::uint64_t bits = random.next();
  const std::uint64_t sum = (bits & 0xffffU) + (bits >> 16U & 0xffffU) + (bits >> 32U & 0xffffU) + (bits >> 48U);
  return (static_cast<double>(sum) - kMean) / kDeviation;
}

void augmentValues(std::vector<float>& image, const Size3& size, PortableRandom& random) {
  const auto happens = [&](double chance) { return random.uniform() < chance; };
  const Spread spread = spreadOf(image);
  const double brightness = happens(kChance) ? random.between(-kBrightness, kBrightness) * spread.deviation : 0;
  const double contrast = happens(kChance) ? random.between(kLeastContrast, kMostContrast) : 1;
  const auto scale = static_cast<float>(contrast);
  const auto offset = static_cast<float>(brightness + spread.mean * (1 - contrast));
  for (float& value : image) value = value * scale + offset;
  if (happens(kChance)) applyGamma(image, static_cast<float>(random.between(kLeastGamma, kMostGamma)));
  if (happens(kNoiseChance)) addNoise(image, random.between(0, kNoise) * spread.deviation, random);
  if (happens(kBlurChance))
    blurSlices(image, size, static_cast<float>(random.between(kLeastNeighbour, kMostNeighbour)));
}

}  // namespace recontour
