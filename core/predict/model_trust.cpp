#include "core/predict/model_trust.h"

#include <algorithm>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestManifest = 1 << 20;
constexpr std::size_t kSha256Digits = 64, kLongestName = 200;
constexpr const char* kFormat = "recontour-trusted-models";
constexpr std::string_view kShipped = RECONTOUR_SHIPPED_MANIFESTS;  // with spaces between

/// A folder has one name however it is written.
std::string nameOf(const fs::path& folder) {
  std::error_code ignored;
  const fs::path real = fs::weakly_canonical(folder, ignored);
  const fs::path found = real.empty() ? fs::absolute(folder) : real;
  return (found.has_filename() ? found : found.parent_path()).string();
}

/// The pinned models by folder, each with `name` and `manifest_sha256`.
Json readPinned(const fs::path& file) {
  if (!fs::exists(file)) return Json::object();
  try {
    const Json json = readJsonFile(file);
    if (json.at("format") != kFormat || json.at("version") != 1) throw Error("it is of another version");
    for (const Json& model : json.at("models")) model.at("manifest_sha256").get<std::string>();
    return json.at("models");
  } catch (const std::exception& error) {
    throw Error(file, std::string("cannot be read (") + error.what() + ")",
                "remove it; models will be asked for once more");
  }
}

/// A link could lead to another file tomorrow, and a pipe never ends.
void requireOwnFile(const fs::path& modelFolder, const fs::path& file) {
  std::error_code ignored;
  const auto status = fs::symlink_status(file, ignored);
  if (!fs::is_directory(modelFolder, ignored)) throw Error(modelFolder, "is not a folder", "give a model folder");
  if (!fs::exists(status)) throw Error(modelFolder, "has no recontour.json", "give a model folder");
  if (fs::is_symlink(status)) throw Error(file, "is a symbolic link", "put the file itself there");
  if (!fs::is_regular_file(status)) throw Error(file, "is no plain file", "fetch the model folder again");
}

}  // namespace

ModelIdentity readModelIdentity(const fs::path& modelFolder) {
  const fs::path file = modelFolder / "recontour.json";
  requireOwnFile(modelFolder, file);
  const std::string manifest = readWholeFile(file, kLongestManifest);
  ModelIdentity model{modelFolder.filename().string(), sha256Hex(std::string_view(manifest)), {}};
  try {  // the worker says what is wrong with it
    const Json json = parseJson(manifest, file);
    model.name = oneLine(json.at("name"), kLongestName);
    const fs::path weights = json.at("weights").get<std::string>();
    if (weights == weights.filename() && weights != ".." && weights != ".") model.weights = weights.string();
  } catch (const std::exception&) {
  }
  return model;
}

bool isShippedModel(const std::string& manifestHash) {
  return manifestHash.size() == kSha256Digits && kShipped.find(manifestHash) != std::string_view::npos;
}

fs::path ModelTrust::standardFile() { return configFolder() / "trusted-models.json"; }

ModelStanding ModelTrust::standing(const fs::path& modelFolder, const std::string& manifestHash) const {
  if (isShippedModel(manifestHash)) return ModelStanding::Shipped;
  const Json pinned = readPinned(file_);
  const auto agreed = [&](const Json& model) { return model["manifest_sha256"] == manifestHash; };
  if (const auto own = pinned.find(nameOf(modelFolder)); own != pinned.end())
    return agreed(*own) ? ModelStanding::Pinned : ModelStanding::Changed;
  return std::ranges::any_of(pinned, agreed) ? ModelStanding::Pinned : ModelStanding::New;
}

void ModelTrust::pin(const fs::path& modelFolder, const ModelIdentity& model) const {
  Json pinned = readPinned(file_);
  pinned[nameOf(modelFolder)] = {{"name", model.name}, {"manifest_sha256", model.manifestHash}};
  createPrivateFolder(file_.parent_path());
  const Json json = {{"format", kFormat}, {"version", 1}, {"models", pinned}};
  writeFileSafely(file_, json.dump(1, ' ', true, Json::error_handler_t::replace) + "\n");
}

}  // namespace recontour
