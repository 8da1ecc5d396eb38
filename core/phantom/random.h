#pragma once
#include <cstdint>
#include <string_view>

namespace recontour {

/// Key of the random numbers that serve one purpose for one seed, so that a new purpose leaves the others as they are.
std::uint64_t randomKey(std::uint64_t seed, std::string_view purpose);

/// Normal deviate number `counter` of a key: mean 0, SD 1, within +-6. The same on every machine, since it is a sum of
/// twelve uniform integers (std::normal_distribution is not specified).
float normalAt(std::uint64_t key, std::uint64_t counter);

/// A sequence of random numbers for one purpose.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::string_view purpose) : key_(randomKey(seed, purpose)) {}
  double normal() { return static_cast<double>(normalAt(key_, counter_++)); }
  /// 0 <= value < 1, a multiple of 2^-53
  double uniform();

 private:
  std::uint64_t key_;
  std::uint64_t counter_ = 0;
};

}  // namespace recontour
