#pragma once
// Private to core/scribble: random numbers that are the same everywhere; those of the standard library's distributions
// are not.
#include <cstdint>

namespace recontour {

/// SplitMix64 (Steele, Lea & Flood 2014).
class PortableRandom {
 public:
  explicit PortableRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  ///< 0 <= value < 1
  double between(double low, double high) { return low + uniform() * (high - low); }
  int below(int count) { return static_cast<int>(uniform() * count); }  ///< 0 .. count - 1

 private:
  std::uint64_t state_;
};

}  // namespace recontour
