#pragma once
#include <functional>
#include <stop_token>
#include <vector>

#include "core/phantom/noise_fields.h"
#include "core/phantom/tissue.h"

namespace recontour {

/// Turns tissue into CT numbers as a scanner would: CT number and texture of each tissue, blur, noise, rounding.
class Scanner {
 public:
  /// @param parameters  the group `scan`
  Scanner(const Parameters& parameters, const TissueTable& tissues, const NoiseFields& fields, std::uint64_t seed);

  /// CT numbers of slice k before blur.
  void fillSlice(const Geometry& geometry, int k, std::span<const Tissue> tissue, std::span<float> out) const;
  /// Blurs all of it, adds noise, rounds. @param done  called with rounds finished of kRounds
  std::vector<std::int16_t> scan(const Geometry& geometry, std::vector<float> hu, int threads,
                                 const std::stop_token& stop, const std::function<void(int)>& done) const;
  static constexpr int kRounds = 7;

 private:
  void addWhite(const Geometry& geometry, std::uint64_t key, float sd, std::vector<float>& values, int threads,
                const std::stop_token& stop) const;

  const TissueTable& tissues_;
  const NoiseFields& fields_;
  std::uint64_t seed_;
  double blurMm_, noiseSd_, whiteWeight_, colouredWeight_, colouredMm_, lowest_, highest_;
};

}  // namespace recontour
