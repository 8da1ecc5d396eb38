#include "models/engine/trainer/checkpoint.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"

namespace recontour {
namespace {

static_assert(std::endian::native == std::endian::little, "the numbers are written as they lie in memory");

constexpr const char* kFormat = "recontour-checkpoint";
constexpr int kVersion = 2;
constexpr std::size_t kMostBytes = std::size_t{8} << 30;  // the client lets no larger one be written
constexpr std::size_t kHashLine = 65;                     // 64 digits and a newline

Json pointJson(const CurvePoint& point) {
  Json json = {{"iteration", point.iteration},
               {"learning_rate", point.learningRate},
               {"loss", point.loss},
               {"terms", point.terms}};
  if (point.dscMean) json["dsc_mean"] = *point.dscMean;
  for (const auto& [label, dsc] : point.dsc) json["dsc"][std::to_string(label)] = dsc;
  return json;
}

CurvePoint pointOf(const Json& json) {
  CurvePoint point{json.at("iteration"), json.at("learning_rate"), json.at("loss"), json.at("terms"), {}, {}};
  if (json.contains("dsc_mean")) point.dscMean = json["dsc_mean"].get<double>();
  const Json scores = json.value("dsc", Json::object());
  for (const auto& [label, dsc] : scores.items()) point.dsc[static_cast<Label>(std::stoi(label))] = dsc;
  return point;
}

/// Appends the numbers. @return their names and counts, in order
Json appendArrays(const NamedArrays& arrays, std::string& bytes) {
  Json list = Json::array();
  for (const auto& [name, values] : arrays) {
    list.push_back({name, values.size()});
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
  }
  return list;
}

NamedArrays takeArrays(const Json& list, std::string_view& bytes) {
  NamedArrays arrays;
  for (const Json& entry : list) {
    const std::size_t count = entry.at(1);
    if (count > bytes.size() / sizeof(float)) throw Error("it is cut short");
    std::vector<float> values(count);
    std::memcpy(values.data(), bytes.data(), count * sizeof(float));
    bytes.remove_prefix(count * sizeof(float));
    arrays[entry.at(0)] = std::move(values);
  }
  return arrays;
}

Checkpoint parse(const std::string& text) {
  const std::string_view hashed = std::string_view(text).substr(std::min(text.size(), kHashLine));
  if (sha256Hex(hashed) + "\n" != text.substr(0, kHashLine)) throw Error("its SHA-256 is another one");
  const auto newline = hashed.find('\n');
  const Json head = Json::parse(hashed.substr(0, newline));
  if (head.at("format") != kFormat || head.at("version") != kVersion) throw Error("it is of another version");
  std::string_view bytes = hashed.substr(newline + 1);
  const std::size_t curveBytes = head.at("curve_bytes");
  if (curveBytes > bytes.size()) throw Error("it is cut short");
  Checkpoint checkpoint;
  for (const Json& point : Json::parse(bytes.substr(0, curveBytes))) checkpoint.curve.push_back(pointOf(point));
  bytes.remove_prefix(curveBytes);
  checkpoint.jobSha256 = head.at("job_sha256");
  checkpoint.iteration = head.at("iteration");
  checkpoint.seconds = head.at("seconds");
  checkpoint.bestIteration = head.at("best_iteration");
  if (head.contains("best_dsc")) checkpoint.bestDsc = head["best_dsc"].get<double>();
  checkpoint.weights = takeArrays(head.at("weights"), bytes);
  checkpoint.averages = takeArrays(head.at("averages"), bytes);
  checkpoint.optimizer = takeArrays(head.at("optimizer"), bytes);
  checkpoint.best = takeArrays(head.at("best"), bytes);
  return checkpoint;
}

}  // namespace

void writeCheckpoint(const std::filesystem::path& file, const Checkpoint& checkpoint) {
  Json curve = Json::array();
  for (const CurvePoint& point : checkpoint.curve) curve.push_back(pointJson(point));
  std::string bytes = curve.dump();
  Json head = {{"format", kFormat},
               {"version", kVersion},
               {"job_sha256", checkpoint.jobSha256},
               {"iteration", checkpoint.iteration},
               {"seconds", checkpoint.seconds},
               {"best_iteration", checkpoint.bestIteration},
               {"curve_bytes", bytes.size()}};
  if (checkpoint.bestDsc) head["best_dsc"] = *checkpoint.bestDsc;
  head["weights"] = appendArrays(checkpoint.weights, bytes);
  head["averages"] = appendArrays(checkpoint.averages, bytes);
  head["optimizer"] = appendArrays(checkpoint.optimizer, bytes);
  head["best"] = appendArrays(checkpoint.best, bytes);
  bytes = head.dump() + "\n" + bytes;
  SafeFile target(file);
  target.write(sha256Hex(std::string_view(bytes)) + "\n");
  target.write(std::string_view(bytes));
  target.commit();
}

Checkpoint readCheckpoint(const std::filesystem::path& file) {
  const std::string text = readWholeFile(file, kMostBytes);
  std::string cause;
  try {
    return parse(text);
  } catch (const std::exception& error) {
    cause = error.what();
  }
  throw Error(file, "cannot be gone on from: " + cause, "train anew");
}

}  // namespace recontour
