#pragma once
#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/image/geometry.h"
#include "core/image/label_map.h"
#include "core/image/volume.h"

namespace recontour {

// Geometries, volumes and label maps as the job protocol passes them (docs/formats/jobs.md): raw files, little endian,
// x fastest, in a job folder.

/// {"size", "spacing_mm", "origin_mm", "direction"}.
Json geometryJson(const Geometry& geometry);
/// @throws Error when a number is out of range or the direction is not orthonormal; Json::exception when one is missing
Geometry geometryOf(const Json& json);

/// @throws Error when the disk is full
void writeVoxels(const std::filesystem::path& file, std::span<const std::int16_t> voxels);
/// @throws Error unless the file has exactly `count` voxels
std::vector<std::int16_t> readVoxels(const std::filesystem::path& file, std::size_t count);

/// Writes uint8 labels. @return their SHA-256, 64 hex digits
std::string writeLabels(const std::filesystem::path& file, const LabelMap& labels);
/// @throws Error unless length and SHA-256 are as told
LabelMap readLabels(const std::filesystem::path& file, const Size3& size, const std::string& sha256);

/// Writes the box of a label map that holds labels into a file of the folder. @return what the reader of it needs
Json labelBoxMessage(const LabelMap& labels, const std::filesystem::path& folder, const std::string& name);
/// @throws Error unless box, length and SHA-256 are as told; Json::exception when something is missing
LabelMap labelMapOf(const Json& message, const std::filesystem::path& folder, const Size3& size);

/// The name of a file in a job folder. @throws Error when it has a folder part
std::string plainName(const Json& name);

}  // namespace recontour
