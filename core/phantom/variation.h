#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/image/geometry.h"
#include "core/phantom/parameters.h"

namespace recontour {

/// How one patient differs from the mean one. Seed 0 differs in noise only.
class Variation {
 public:
  Variation(const Parameters& parameters, std::uint64_t seed);
  std::uint64_t seed() const { return seed_; }
  bool isMean() const { return seed_ == 0; }
  Point3 shiftMm(const std::string& organ) const;  ///< 0 for organs that the parameter file does not move
  double scale(const std::string& organ) const;    ///< about 1
  double fatMm() const;                            ///< added to the body's outline
  double huOffset(std::string_view tissue, double hu) const;

 private:
  double normal(std::string_view purpose, std::string_view name) const;
  Parameters parameters_;
  std::uint64_t seed_;
};

}  // namespace recontour
