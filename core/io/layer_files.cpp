#include "core/io/layer_files.h"

#include "core/base/files_together.h"
#include "core/base/safe_file.h"
#include "core/io/label_file.h"
#include "core/io/open_case.h"

namespace recontour {

std::filesystem::path layerFileName(const std::filesystem::path& file, const std::string& key) {
  const std::string name = file.filename().string(), stem = caseName(file);
  return file.parent_path() / (stem + "_" + key + name.substr(stem.size()));
}

std::vector<LayerFile> writeLayerFiles(const std::filesystem::path& file, const LabelLayers& layers,
                                       const std::map<Label, std::string>& keys, const Geometry& geometry) {
  { const SafeFile trial(file); }  // a folder that is missing or closed is refused by the name that was asked for
  FilesTogether files;
  writeLabelFile(files.add(file), layers.organs(), geometry);
  std::vector<LayerFile> written;
  for (const auto& [structure, map] : layers.overlapping()) {
    const auto key = keys.find(structure);
    written.push_back({structure, layerFileName(file, key == keys.end() ? std::to_string(structure) : key->second)});
    writeLabelFile(files.add(written.back().file), map, geometry);
  }
  files.commit();
  return written;
}

}  // namespace recontour
