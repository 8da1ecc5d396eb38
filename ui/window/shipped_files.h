#pragma once
#include <QString>
#include <filesystem>
#include <optional>
#include <vector>

namespace recontour {

/// A model folder that the Model menu offers.
struct ModelEntry {
  QString name;  ///< from its recontour.json
  std::filesystem::path folder;
  bool demo = false;  ///< there to be corrected
};

/// The model folders in models/zoo, by name; empty when the program was built without any.
std::vector<ModelEntry> shippedModels();
/// The model that labels the demo case; none when the program was built without it.
std::optional<std::filesystem::path> demoModel();

/// The demo case that `recontour-cli demo` writes into the data folder. Its files may be missing.
struct DemoCase {
  std::filesystem::path image, reference;
};
DemoCase demoCase();

}  // namespace recontour
