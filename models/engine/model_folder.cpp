#include "models/engine/model_folder.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"

namespace recontour {
namespace {

constexpr const char* kManifestName = "recontour.json";

ModelManifest readManifest(const std::filesystem::path& folder) {
  const auto file = folder / kManifestName;
  if (!std::filesystem::is_directory(folder)) throw Error(folder, "is not a folder", "give a model folder");
  if (!std::filesystem::exists(file)) throw Error(folder, "has no recontour.json", "give a model folder");
  return parseManifest(readJsonFile(file), file);
}

std::optional<Label> labelIn(const LabelTable& table, const ModelLabel& label) {
  if (label.word && table.name == "word") return static_cast<Label>(*label.word);
  const auto found = table.labels.find(label.key);
  if (found == table.labels.end()) return {};
  return found->second;
}

}  // namespace

ModelFolder::ModelFolder(const std::filesystem::path& folder) : folder_(folder), manifest_(readManifest(folder)) {
  weights_ = readWholeFile(weightsFile());
  const std::string found = sha256Hex(std::string_view(weights_));
  if (found != manifest_.sha256) {
    throw Error(weightsFile(),
                "its SHA-256 " + found.substr(0, 12) + "... is not the manifest's " + manifest_.sha256.substr(0, 12) +
                    "..., so it is damaged or was exchanged",
                "fetch the model folder again");
  }
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
