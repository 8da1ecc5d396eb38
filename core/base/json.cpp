#include "core/base/json.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

constexpr double kLargestReal = 2147483648.0;

}  // namespace

Json parseJson(std::string_view text, const std::filesystem::path& source) {
  try {
    return Json::parse(text, [](int, Json::parse_event_t event, Json& value) {
      if (event != Json::parse_event_t::value || !value.is_number_float()) return true;
      if (std::abs(value.get<double>()) < kLargestReal) return true;
      throw Error("a number is out of range");
    });
  } catch (const Error& error) {
    throw Error(source, error.what(), "mend or replace the file");
  } catch (const Json::exception& error) {
    throw Error(source, std::string("is not valid JSON (") + error.what() + ")", "mend or replace the file");
  }
}

std::int64_t wholeNumber(const Json& json, std::int64_t least, std::int64_t largest) {
  const bool fits =
      json.is_number_unsigned() ? json.get<std::uint64_t>() <= std::uint64_t{INT64_MAX} : json.is_number_integer();
  if (fits && json.get<std::int64_t>() >= least && json.get<std::int64_t>() <= largest) return json.get<std::int64_t>();
  throw Error("'" + json.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 40) +
              "' is no whole number from " + std::to_string(least) + " to " + std::to_string(largest));
}

Json readJsonFile(const std::filesystem::path& file) { return parseJson(readWholeFile(file), file); }

}  // namespace recontour
