#include "core/anonymize/shifted_dates.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace recontour {
namespace {

bool areDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return std::string(text);
}

/// Digits of the same precision: "2024", "202402" or "20240229". A missing month or day counts as the first.
std::optional<std::string> shiftedDigits(const std::string& digits, int daysBack) {
  using namespace std::chrono;
  const auto number = [&](std::size_t at, std::size_t length) {
    return at < digits.size() ? std::stoi(digits.substr(at, length)) : 1;
  };
  const year_month_day date{year(number(0, 4)), month(static_cast<unsigned>(number(4, 2))),
                            day(static_cast<unsigned>(number(6, 2)))};
  if (!date.ok()) return {};
  const year_month_day moved = sys_days(date) - days(daysBack);
  char text[48];
  std::snprintf(text, sizeof text, "%04d%02u%02u", std::max(0, static_cast<int>(moved.year())),
                static_cast<unsigned>(moved.month()), static_cast<unsigned>(moved.day()));
  return std::string(text).substr(0, digits.size());
}

std::optional<std::string> shiftedDate(const std::string& value, int daysBack) {
  std::string digits = value;
  if (value.size() == 10 && value[4] == '.' && value[7] == '.') std::erase(digits, '.');
  if (digits.size() != 8 || !areDigits(digits)) return {};
  return shiftedDigits(digits, daysBack);
}

std::optional<std::string> shiftedDateTime(const std::string& value, int daysBack) {
  const std::string local = value.substr(0, value.find_first_of("+-"));
  const std::string date = local.substr(0, 8), time = local.substr(date.size());
  const bool precise = date.size() == 8 || date.size() == 6 || date.size() == 4;
  if (!precise || !areDigits(date) || !areTimes(time)) return {};
  const auto moved = shiftedDigits(date, daysBack);
  return moved ? std::optional(*moved + time) : std::nullopt;
}

template <typename One>
std::optional<std::string> each(const std::string& values, One&& shiftOne) {
  std::string result;
  for (std::size_t at = 0; at <= values.size();) {
    const std::size_t next = std::min(values.find('\\', at), values.size());
    const std::string value = trimmed(std::string_view(values).substr(at, next - at));
    const auto shifted = value.empty() ? std::optional(value) : shiftOne(value);
    if (!shifted) return {};
    result += (at > 0 ? "\\" : "") + *shifted;
    at = next + 1;
  }
  return result;
}

/// Hours, minutes, seconds and at most six digits of a fraction.
bool isTime(std::string value) {
  if (value.size() > 4 && value[2] == ':') std::erase(value, ':');
  const std::size_t point = std::min(value.find('.'), value.size());
  const std::string_view whole = std::string_view(value).substr(0, point);
  const std::string_view fraction = std::string_view(value).substr(std::min(point + 1, value.size()));
  const bool lengths = whole.size() <= 6 && whole.size() % 2 == 0 && fraction.size() <= 6;
  return lengths && areDigits(whole) && areDigits(fraction);
}

}  // namespace

std::optional<std::string> shiftedDates(const std::string& dates, int daysBack) {
  return each(dates, [&](const std::string& value) { return shiftedDate(value, daysBack); });
}

std::optional<std::string> shiftedDateTimes(const std::string& dateTimes, int daysBack) {
  return each(dateTimes, [&](const std::string& value) { return shiftedDateTime(value, daysBack); });
}

bool areTimes(const std::string& times) {
  return each(times, [](const std::string& value) { return isTime(value) ? std::optional(value) : std::nullopt; })
      .has_value();
}

}  // namespace recontour
