#pragma once
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace recontour {

/// Mixes a counter into 64 random bits. Source: S. Vigna, splitmix64 (public domain), its output function.
constexpr std::uint64_t mixBits(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

/// Random numbers that are the same on every machine; those of the standard library's distributions and of
/// std::shuffle are not. Not for secrets. Source: SplitMix64, Steele, Lea & Flood, OOPSLA 2014.
class PortableRandom {
 public:
  explicit PortableRandom(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() { return mixBits(state_ += 0x9e3779b97f4a7c15U); }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  ///< 0 <= value < 1
  double between(double low, double high) { return low + uniform() * (high - low); }
  /// 0 .. count - 1, by scaling `uniform`: for drawings. @param count  1 or more
  int below(int count) { return static_cast<int>(uniform() * count); }
  /// 0 .. count - 1, each exactly as likely as the others: for samples and orders. @param count  1 or more
  std::uint64_t uniformBelow(std::uint64_t count) {
    const std::uint64_t surplus = (std::uint64_t{0} - count) % count;  // 2^64 modulo count; as many values are refused
    std::uint64_t bits = next();
    while (bits < surplus) bits = next();
    return bits % count;
  }

 private:
  std::uint64_t state_;
};

/// The values in random order, each order as likely as the others. Source: Fisher-Yates, Durstenfeld, CACM 7(7), 1964.
template <class Value>
std::vector<Value> shuffled(std::vector<Value> values, PortableRandom& random) {
  for (std::size_t left = values.size(); left > 1; --left)
    std::swap(values[left - 1], values[static_cast<std::size_t>(random.uniformBelow(left))]);
  return values;
}

}  // namespace recontour
