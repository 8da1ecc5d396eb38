#include "models/engine/model_folder.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"

namespace recontour {
namespace {

constexpr const char* kManifestName = "recontour.json";

constexpr std::size_t kLargestManifest = 1U << 20U,
                      kLargestWeights = (std::size_t{1} << 32U) - 1;  // of one zip archive
constexpr const char* kFetchAgain = "fetch the model folder again";

/// A link could lead to another file tomorrow, and a pipe never ends.
std::string readOwnFile(const std::filesystem::path& file, std::size_t limitBytes) {
  const auto status = std::filesystem::symlink_status(file);
  if (std::filesystem::is_symlink(status)) throw Error(file, "is a symbolic link", "put the file itself there");
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw Error(file, "is no plain file", kFetchAgain);
  }
  return readWholeFile(file, limitBytes);
}

std::string readManifest(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) throw Error(folder, "is not a folder", "give a model folder");
  const auto file = folder / kManifestName;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file))) {
    throw Error(folder, "has no recontour.json", "give a model folder");
  }
  return readOwnFile(file, kLargestManifest);
}

std::string shortened(const std::string& hash) { return hash.substr(0, 12) + "..."; }

void checkPinned(const std::filesystem::path& manifest, const std::string& found, const std::string& pinned) {
  if (pinned.empty() || found == pinned) return;
  throw Error(manifest,
              "its SHA-256 " + shortened(found) + " is not the " + shortened(pinned) +
                  " of the model that was allowed, so the model was changed or exchanged",
              kFetchAgain);
}

std::optional<Label> labelIn(const LabelTable& table, const ModelLabel& label) {
  if (label.word && table.name == "word") return static_cast<Label>(*label.word);
  const auto found = table.labels.find(label.key);
  if (found == table.labels.end()) return {};
  return found->second;
}

}  // namespace

ModelFolder::ModelFolder(const std::filesystem::path& folder, const std::string& pinnedSha256) : folder_(folder) {
  const auto manifestFile = folder / kManifestName;
  const std::string text = readManifest(folder);
  manifestSha256_ = sha256Hex(std::string_view(text));
  checkPinned(manifestFile, manifestSha256_, pinnedSha256);
  manifest_ = parseManifest(parseJson(text, manifestFile), manifestFile);
  weights_ = readOwnFile(weightsFile(), kLargestWeights);
  const std::string found = sha256Hex(std::string_view(weights_));
  if (found == manifest_.sha256) return;
  throw Error(weightsFile(),
              "its SHA-256 " + shortened(found) + " is not the manifest's " + shortened(manifest_.sha256) +
                  ", so it is damaged or was exchanged",
              kFetchAgain);
}

ChannelLabels ModelFolder::channelLabels(const LabelTable& table) const {
  ChannelLabels result;
  bool any = false;
  for (std::size_t channel = 1; channel < manifest_.labels.size(); ++channel) {
    const ModelLabel& label = manifest_.labels[channel];
    const auto mapped = table.labels.empty() ? std::optional(static_cast<Label>(channel)) : labelIn(table, label);
    result.labelOf[channel] = mapped.value_or(0);
    any = any || result.labelOf[channel] != 0;
    if (!mapped) result.unmapped.push_back(label.key);
  }
  if (!any) {
    throw Error(folder_ / kManifestName, "none of its labels is in the organ table '" + table.name + "'",
                "choose another organ table or model");
  }
  return result;
}

}  // namespace recontour
