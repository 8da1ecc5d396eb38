#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/image/geometry.h"
#include "core/image/label_layers.h"

namespace recontour {

/// File of a structure that has a layer of its own.
struct LayerFile {
  Label structure = 0;
  std::filesystem::path file;
};

/// Where a structure's layer goes beside the organs': "revision_ptv.nii.gz" for "revision.nii.gz" and the key "ptv".
std::filesystem::path layerFileName(const std::filesystem::path& file, const std::string& key);

/// Writes the organs' layer to `file` as writeLabelFile() does, and beside it one file for each structure with a layer,
/// one without a voxel too: what was there before must not be taken for it.
/// @param keys  of the structures; one that is missing goes by its number
/// @return the structures' files. @throws Error
std::vector<LayerFile> writeLayerFiles(const std::filesystem::path& file, const LabelLayers& layers,
                                       const std::map<Label, std::string>& keys, const Geometry& geometry);

}  // namespace recontour
