#include "core/anonymize/plain_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace recontour {
namespace {

constexpr std::size_t kLongestCode = 16, kLongestDecimal = 16, kLongestWhole = 12, kLongestUid = 64;
constexpr std::size_t kLongestWrittenDecimal = 32;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isCode(std::string_view value) {
  return value.size() <= kLongestCode && std::ranges::all_of(value, [](char c) {
           return (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == ' ';
         });
}

bool isAge(std::string_view value) {
  return value.empty() || (value.size() == 4 && std::ranges::all_of(value.substr(0, 3), isDigit) &&
                           std::string_view("DWMY").find(value[3]) != std::string_view::npos);
}

/// A finite number of digits alone: no "inf" or "nan", no hexadecimal one.
std::optional<double> decimalOf(std::string_view value) {
  if (value.size() > 1 && value[0] == '+' && value[1] != '-') value.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool isWhole = error == std::errc() && end == value.data() + value.size();
  return isWhole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

bool isDecimal(std::string_view value) {
  return value.empty() || (value.size() <= kLongestDecimal && decimalOf(value));
}

bool isWholeNumber(std::string_view value) {
  if (value.empty()) return true;
  const bool isSigned = value.front() == '+' && value.size() > 1 && isDigit(value[1]);
  const std::string_view digits = value.substr(isSigned ? 1 : 0);
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return value.size() <= kLongestWhole && error == std::errc() && end == digits.data() + digits.size();
}

/// Many programs write all digits of a double, where DICOM has room for 16 characters.
std::optional<std::string> rounded(std::string_view value) {
  const auto number = value.size() <= kLongestWrittenDecimal ? decimalOf(value) : std::nullopt;
  if (!number) return {};
  for (int digits = 15; digits > 8; --digits) {
    std::array<char, 32> text{};
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), *number, std::chars_format::general, digits);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error == std::errc() && length <= kLongestDecimal) return std::string(text.data(), length);
  }
  return {};
}

/// A NUL would hide what follows it. Escapes switch between character sets.
bool isText(std::string_view value) {
  return std::ranges::none_of(value, [](char c) { return (c >= 0 && c < ' ' && c != '\x1b') || c == '\x7f'; });
}

/// The value as it may stay.
std::optional<std::string> keptOf(std::string_view vr, std::string_view value) {
  if (isPlain(vr, value)) return std::string(value);
  return vr == "DS" ? rounded(trimmedValue(value)) : std::nullopt;
}

/// Calls back with each value of several.
template <typename Each>
void forEachValue(std::string_view values, Each&& each) {
  for (std::size_t at = 0; at <= values.size();) {
    const std::size_t next = std::min(values.find('\\', at), values.size());
    each(values.substr(at, next - at));
    at = next + 1;
  }
}

}  // namespace

std::string_view trimmedValue(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\0')) text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  return text;
}

bool isUid(std::string_view text) {
  return text.size() <= kLongestUid && std::ranges::all_of(text, [](char c) { return isDigit(c) || c == '.'; });
}

bool isPlain(std::string_view vr, std::string_view value) {
  const auto fits = vr == "CS"   ? isCode
                    : vr == "AS" ? isAge
                    : vr == "DS" ? isDecimal
                    : vr == "IS" ? isWholeNumber
                                 : isText;
  return fits(trimmedValue(value));
}

std::optional<std::string> plainValues(std::string_view vr, std::string_view values) {
  std::string plain;
  bool isFirst = true, isAnyKept = trimmedValue(values).empty();
  forEachValue(values, [&](std::string_view value) {
    const auto kept = keptOf(vr, value);
    if (!isFirst) plain += '\\';
    plain += kept.value_or("");
    isAnyKept |= kept && !kept->empty();
    isFirst = false;
  });
  return isAnyKept ? std::optional(plain) : std::nullopt;
}

bool arePlain(std::string_view vr, std::string_view values) {
  bool arePlain = true;
  forEachValue(values, [&](std::string_view value) { arePlain &= keptOf(vr, value).has_value(); });
  return arePlain;
}

}  // namespace recontour
