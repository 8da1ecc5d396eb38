#include "models/engine/trainer/training_curve.h"

#include <array>
#include <charconv>
#include <set>

#include <nlohmann/json.hpp>

namespace recontour {
namespace {

constexpr int kDigits = 9;

/// The decimal sign is a point in every locale.
std::string numberText(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, kDigits);
  return {text.data(), end.ptr};
}

std::string numberText(const std::optional<double>& value) { return value ? numberText(*value) : std::string(); }

template <typename Key>
std::optional<double> valueOf(const std::map<Key, double>& values, const Key& key) {
  const auto found = values.find(key);
  if (found == values.end()) return {};
  return found->second;
}

/// RFC 4180.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char character : text) result += character == '"' ? "\"\"" : std::string(1, character);
  return result + '"';
}

std::set<std::string> termsOf(const std::vector<CurvePoint>& points) {
  std::set<std::string> terms;
  for (const auto& point : points) {
    for (const auto& [term, value] : point.terms) terms.insert(term);
  }
  return terms;
}

}  // namespace

std::string curvesCsv(const std::vector<CurvePoint>& points, const std::vector<std::string>& keys) {
  const auto terms = termsOf(points);
  std::string text = "iteration,learning_rate,loss";
  for (const auto& term : terms) text += "," + quoted(term);
  text += ",dsc_mean";
  for (const auto& key : keys) text += "," + quoted("dsc_" + key);
  text += "\n";
  for (const auto& point : points) {
    text += std::to_string(point.iteration) + "," + numberText(point.learningRate) + "," + numberText(point.loss);
    for (const auto& term : terms) text += "," + numberText(valueOf(point.terms, term));
    text += "," + numberText(point.dscMean);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      text += "," + numberText(valueOf(point.dsc, static_cast<Label>(i + 1)));
    }
    text += "\n";
  }
  return text;
}

Json curveMessage(const CurvePoint& point, const std::vector<std::string>& keys) {
  Json message{{"iteration", point.iteration},
               {"learning_rate", point.learningRate},
               {"loss", point.loss},
               {"terms", point.terms}};
  if (!point.dscMean) return message;
  message["dsc_mean"] = *point.dscMean;
  message["dsc"] = Json::object();
  for (const auto& [label, value] : point.dsc) message["dsc"][keys.at(std::size_t(label) - 1)] = value;
  return message;
}

}  // namespace recontour
