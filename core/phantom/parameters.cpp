#include "core/phantom/parameters.h"

#include <charconv>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

/// Numbers of one row; empty where a piece is not a number.
std::vector<double> splitNumbers(std::string_view text, bool& valid) {
  std::vector<double> numbers;
  const char* at = text.data();
  const char* end = at + text.size();
  while (true) {
    while (at != end && *at == ' ') ++at;
    if (at == end) return numbers;
    double value = 0;
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc() || (next != end && *next != ' ')) {
      valid = false;
      return {};
    }
    numbers.push_back(value);
    at = next;
  }
}

}  // namespace

Parameters::Parameters(std::shared_ptr<const Json> root, const Json* node, std::filesystem::path source,
                       std::string path)
    : root_(std::move(root)), node_(node), source_(std::move(source)), path_(std::move(path)) {}

Parameters Parameters::fromFile(const std::filesystem::path& file) {
  return fromText(readWholeFile(file, std::size_t{1} << 20), file);
}

Parameters Parameters::fromText(std::string_view text, const std::filesystem::path& source) {
  auto root = std::make_shared<const Json>(parseJson(text, source));
  const Json* node = root.get();
  return {std::move(root), node, source, ""};
}

void Parameters::fail(const std::string& key, const std::string& cause) const {
  throw Error(source_, path_ + key + " " + cause, "compare it with the file that came with Recontour");
}

const Json& Parameters::member(const std::string& key) const {
  if (!has(key)) fail(key, "is missing");
  return node_->at(key);
}

bool Parameters::has(const std::string& key) const { return node_->is_object() && node_->contains(key); }

std::vector<std::string> Parameters::keys() const {
  std::vector<std::string> keys;
  for (const auto& item : node_->items()) keys.push_back(item.key());
  return keys;
}

Parameters Parameters::group(const std::string& key) const {
  if (!member(key).is_object()) fail(key, "is not a group");
  return {root_, &member(key), source_, path_ + key + "."};
}

double Parameters::number(const std::string& key) const {
  if (!member(key).is_number()) fail(key, "is not a number");
  return member(key).get<double>();
}

std::string Parameters::text(const std::string& key) const {
  if (!member(key).is_string()) fail(key, "is not a text");
  return member(key).get<std::string>();
}

std::vector<std::vector<double>> Parameters::rows(const std::string& key, std::size_t width) const {
  const std::string all = text(key);
  std::vector<std::vector<double>> rows;
  for (std::size_t start = 0; start <= all.size();) {
    const std::size_t end = std::min(all.find(';', start), all.size());
    bool valid = true;
    rows.push_back(splitNumbers(std::string_view(all).substr(start, end - start), valid));
    if (!valid || rows.back().size() != width) {
      fail(key, "row " + std::to_string(rows.size()) + " is not " + std::to_string(width) + " numbers");
    }
    start = end + 1;
  }
  return rows;
}

std::vector<double> Parameters::list(const std::string& key, std::size_t width) const {
  const auto all = rows(key, width);
  if (all.size() != 1) fail(key, "has more than one row");
  return all.front();
}

Point3 Parameters::point(const std::string& key) const {
  const auto values = list(key, 3);
  return {values[0], values[1], values[2]};
}

}  // namespace recontour
