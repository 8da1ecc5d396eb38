#include "core/phantom/random.h"

#include "core/base/portable_random.h"

namespace recontour {
namespace {

constexpr std::uint64_t kGoldenRatio = 0x9e3779b97f4a7c15U;

constexpr int sumOfFour16(std::uint64_t bits) {
  return static_cast<int>((bits & 0xffffU) + ((bits >> 16) & 0xffffU) + ((bits >> 32) & 0xffffU) + (bits >> 48));
}

}  // namespace

std::uint64_t randomKey(std::uint64_t seed, std::string_view purpose) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : purpose) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return mixBits(mixBits(seed * kGoldenRatio + 1) ^ hash);
}

float normalAt(std::uint64_t key, std::uint64_t counter) {
  const std::uint64_t state = key + 3 * counter * kGoldenRatio;
  const int sum = sumOfFour16(mixBits(state + kGoldenRatio)) + sumOfFour16(mixBits(state + 2 * kGoldenRatio)) +
                  sumOfFour16(mixBits(state + 3 * kGoldenRatio));
  constexpr int kMean = 12 * 65535 / 2;
  return static_cast<float>(sum - kMean) / 65536.0f;
}

double RandomStream::uniform() {
  const std::uint64_t bits = mixBits(key_ + 3 * counter_++ * kGoldenRatio + kGoldenRatio);
  return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

}  // namespace recontour
