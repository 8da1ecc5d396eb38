#pragma once
#include <filesystem>
#include <vector>

#include "core/base/json.h"
#include "core/structures/structure_set.h"

namespace recontour {

// Structure sets as the job protocol passes them (docs/formats/jobs.md): what is said of them as JSON, the contours in
// a raw file beside it, little endian: for each ROI u32 contours, for each of these u32 points and their x, y, z
// (double).

/// Without contours. @throws Json::exception, as the one that reads
Json roiJson(const Roi& roi);
Roi roiOf(const Json& json);

/// @return SHA-256 of the file, 64 hex digits. @throws Error when the disk is full
std::string writeContours(const std::filesystem::path& file, const std::vector<const Roi*>& rois);
/// Gives each ROI its contours. @throws Error unless length and SHA-256 are as told
void readContours(const std::filesystem::path& file, const std::string& sha256, const std::vector<Roi*>& rois);

/// Writes the set into two files of the folder. @return what the reader of it needs
Json structureSetMessage(const StructureSet& set, const std::filesystem::path& folder);
StructureSet structureSetOf(const Json& message, const std::filesystem::path& folder);

}  // namespace recontour
