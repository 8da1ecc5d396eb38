#include "core/base/clock.h"

#include <ctime>

namespace recontour {
namespace {

std::int64_t readMs(clockid_t clock) {
  timespec now = {};
  clock_gettime(clock, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

std::int64_t SystemClock::monotonicMs() const { return readMs(CLOCK_BOOTTIME); }

std::int64_t SystemClock::wallMs() const { return readMs(CLOCK_REALTIME); }

std::string isoTime(std::int64_t wallMs) {
  const std::int64_t thousandth = (wallMs % 1000 + 1000) % 1000;  // counted forward before 1970 too
  const std::time_t seconds = static_cast<std::time_t>((wallMs - thousandth) / 1000);
  std::tm utc = {};
  gmtime_r(&seconds, &utc);
  char text[40];
  const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
  const std::string thousandths = std::to_string(1000 + thousandth).substr(1);
  return std::string(text, length) + "." + thousandths + "Z";
}

DicomTime dicomTime(std::int64_t wallMs) {
  const std::time_t seconds = wallMs / 1000;
  std::tm local{};
  localtime_r(&seconds, &local);
  char date[16], time[16];
  std::strftime(date, sizeof date, "%Y%m%d", &local);
  std::strftime(time, sizeof time, "%H%M%S", &local);
  return {date, time};
}

}  // namespace recontour
