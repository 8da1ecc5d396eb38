#include "models/engine/trainer/request_cases.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/image/job_files.h"

namespace recontour {
namespace {

std::string hashOf(const RequestMembers& file) {
  const std::string hash = file.text("sha256");
  const bool whole = hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!whole) file.refuse("sha256", "has not 64 lower-case hexadecimal digits");
  return hash;
}

std::filesystem::path fileOf(const RequestMembers& file, const std::filesystem::path& folder) {
  file.text("file");
  return folder / plainName(file.at("file"));
}

/// Names that `recontour-cli demo` and most people give what is made up.
bool soundsSynthetic(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto has = [&](const char* word) { return name.find(word) != std::string::npos; };
  return name.starts_with("demo_") || has("synth") || has("phantom");
}

void requireLabelsOnly(const RequestMembers& json) {
  if (json.has("scribbles")) json.refuse("scribbles", "is not for label maps alone (source 'labels')");
  if (json.inner("volume").has("file")) json.refuse("volume.file", "is not for label maps alone (source 'labels')");
  json.at("dense");
}

TrainingCaseFiles readCase(const RequestMembers& json, const std::filesystem::path& folder, bool labelsOnly) {
  TrainingCaseFiles result;
  result.name = json.name("name");
  plainName(json.at("name"));  // pictures and messages name it
  result.patient = json.has("patient") ? json.name("patient") : result.name;
  result.heldBack = json.flag("held_back", false);
  result.synthetic = labelsOnly || json.flag("synthetic", false) || soundsSynthetic(result.name);
  json.at("volume");
  const RequestMembers volume = json.inner("volume");
  result.geometry = geometryOf(volume.object());
  if (labelsOnly) {
    requireLabelsOnly(json);
  } else {
    result.volume = fileOf(volume, folder);
    result.volumeSha256 = hashOf(volume);
  }
  if (json.has("scribbles")) {
    result.scribbles = fileOf(json.inner("scribbles"), folder);
    result.scribblesSha256 = hashOf(json.inner("scribbles"));
  }
  if (json.has("dense")) {
    result.dense = fileOf(json.inner("dense"), folder);
    result.denseSha256 = hashOf(json.inner("dense"));
  }
  return result;
}

/// Says which case is at fault.
TrainingCaseFiles caseOf(const Json& json, std::size_t number, const std::filesystem::path& folder, bool labelsOnly) {
  const std::string place = "cases[" + std::to_string(number) + "]";
  try {
    return readCase(RequestMembers(json, place), folder, labelsOnly);
  } catch (const Json::exception& error) {
    throw Error("the training request: " + place + ": " + error.what());
  } catch (const Error& error) {
    const std::string text = error.what();
    throw Error(text.starts_with("the training request") ? text : "the training request: " + place + ": " + text);
  }
}

}  // namespace

std::vector<TrainingCaseFiles> requestedCases(const RequestMembers& message, const std::filesystem::path& folder,
                                              bool labelsOnly) {
  if (!message.at("cases").is_array()) message.refuse("cases", "is no list");
  std::vector<TrainingCaseFiles> cases;
  std::set<std::string> names;
  for (const Json& json : message.at("cases")) {
    cases.push_back(caseOf(json, cases.size(), folder, labelsOnly));
    const std::string& name = cases.back().name;
    if (!names.insert(name).second) message.refuse("cases", "has two of the name '" + name + "'");
  }
  return cases;
}

}  // namespace recontour
