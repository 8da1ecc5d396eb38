#pragma once
#include <cstdint>
#include <string>

namespace recontour {

/// Source of time, so that tests can set it.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Milliseconds since boot, counting suspend (CLOCK_BOOTTIME); never goes back.
  virtual std::int64_t monotonicMs() const = 0;
  /// Milliseconds since 1970-01-01 UTC; may jump.
  virtual std::int64_t wallMs() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
 public:
  std::int64_t monotonicMs() const override;
  std::int64_t wallMs() const override;
};

/// "2026-11-24T15:36:26.123Z" for milliseconds since 1970-01-01 UTC.
std::string isoTime(std::int64_t wallMs);

/// Date and time as DICOM has them, in the machine's time zone: YYYYMMDD, HHMMSS. @param wallMs  since 1970-01-01 UTC
struct DicomTime {
  std::string date, time;
};
DicomTime dicomTime(std::int64_t wallMs);

}  // namespace recontour
