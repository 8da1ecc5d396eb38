#pragma once
#include <cstdint>

#include "core/base/clock.h"

namespace recontour {

/// Stands still until it is told to go on.
class FakeClock final : public Clock {
 public:
  std::int64_t monotonicMs() const override { return nowMs; }
  std::int64_t wallMs() const override { return wallAtZeroMs + nowMs; }
  void goOn(std::int64_t ms) { nowMs += ms; }
  void setWallForward(std::int64_t ms) { wallAtZeroMs += ms; }  ///< by hand, or by daylight saving time

  std::int64_t nowMs = 1000;
  std::int64_t wallAtZeroMs = 1'700'000'000'000;
};

}  // namespace recontour
