#include "ui/window/shipped_files.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"

namespace recontour {
namespace {

/// An unreadable manifest gives the folder's name; it is reported when the model is run.
ModelEntry entryOf(const std::filesystem::path& folder) {
  ModelEntry entry{QString::fromStdString(folder.filename().string()), folder, false};
  try {
    const Json manifest = readJsonFile(folder / "recontour.json");
    entry.name = QString::fromStdString(manifest.value("name", folder.filename().string()));
    entry.demo = manifest.value("demo", false);
  } catch (const std::exception&) {
  }
  return entry;
}

}  // namespace

std::vector<ModelEntry> shippedModels() {
  std::vector<ModelEntry> models;
  try {
    for (const auto& entry : std::filesystem::directory_iterator(resource("models/zoo"))) {
      if (std::filesystem::exists(entry.path() / "recontour.json")) {
        models.push_back(entryOf(entry.path()));
      }
    }
  } catch (const std::exception&) {  // no models were installed
  }
  std::sort(models.begin(), models.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return models;
}

std::optional<std::filesystem::path> demoModel() {
  for (const ModelEntry& model : shippedModels()) {
    if (model.folder.filename() == "word-demo") return model.folder;
  }
  return std::nullopt;
}

DemoCase demoCase() {
  const auto folder = dataFolder() / "demo";
  return {folder / "imagesTr" / "demo_0001.nii.gz", folder / "labelsTr" / "demo_0001.nii.gz"};
}

}  // namespace recontour
