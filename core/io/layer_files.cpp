#include "core/io/layer_files.h"

#include "core/io/label_file.h"
#include "core/io/open_case.h"

namespace recontour {

std::filesystem::path layerFileName(const std::filesystem::path& file, const std::string& key) {
  const std::string name = file.filename().string(), stem = caseName(file);
  return file.parent_path() / (stem + "_" + key + name.substr(stem.size()));
}

std::vector<LayerFile> writeLayerFiles(const std::filesystem::path& file, const LabelLayers& layers,
                                       const std::map<Label, std::string>& keys, const Geometry& geometry) {
  writeLabelFile(file, layers.organs(), geometry);
  std::vector<LayerFile> written;
  for (const auto& [structure, map] : layers.overlapping()) {
    const auto key = keys.find(structure);
    written.push_back({structure, layerFileName(file, key == keys.end() ? std::to_string(structure) : key->second)});
    writeLabelFile(written.back().file, map, geometry);
  }
  return written;
}

}  // namespace recontour
