#include "core/evaluate/tolerances.h"

#include <charconv>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {
namespace {

constexpr double kLargestMm = 100;
constexpr const char* kRemedy = "give millimetres such as 3 or 1,2,3, or a file (docs/formats/tolerances.md)";

bool isUsableMm(double mm) { return std::isfinite(mm) && mm >= 0 && mm <= kLargestMm; }

/// A list of numbers; empty when it is something else.
std::vector<NamedTolerance> listed(const std::string& text) {
  std::vector<NamedTolerance> tolerances;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string item = text.substr(begin, end - begin);
    double mm = 0;
    const auto [last, error] = std::from_chars(item.data(), item.data() + item.size(), mm);
    if (error != std::errc() || last != item.data() + item.size()) return {};
    if (!isUsableMm(mm)) throw Error("tolerance " + item + " lies outside 0..100 mm");
    tolerances.push_back({item + "mm", {.mm = mm}});
    begin = end + 1;
  }
  return tolerances;
}

double millimetres(const Json& value, const std::filesystem::path& file, const std::string& name) {
  if (value.is_number() && isUsableMm(value.get<double>())) return value.get<double>();
  throw Error(file, "the tolerance of " + name + " is no number within 0..100 mm", kRemedy);
}

NamedTolerance readFile(const std::filesystem::path& file, const OrganTable& organs) {
  const Json json = readJsonFile(file);
  if (!json.is_object() || json.value("format", "") != "recontour-tolerances")
    throw Error(file, "is no file of tolerances", kRemedy);
  if (json.value("version", 0) != 1) throw Error(file, "has another version than 1", "use a newer Recontour");
  NamedTolerance tolerance;
  if (json.contains("mm")) tolerance.tolerance.mm = millimetres(json["mm"], file, "all other organs");
  const Json own = json.value("organs", Json::object());
  for (const auto& [key, value] : own.items()) {
    const Organ* organ = organs.find(key);
    if (organ == nullptr)
      throw Error(file, "names the organ '" + key + "', which the table '" + organs.name() + "' lacks", kRemedy);
    tolerance.tolerance.organs[organ->label] = millimetres(value, file, key);
  }
  return tolerance;
}

}  // namespace

std::vector<NamedTolerance> tolerancesFrom(const std::string& text, const OrganTable& organs) {
  const auto numbers = listed(text);
  return numbers.empty() ? std::vector{readFile(text, organs)} : numbers;
}

}  // namespace recontour
