#pragma once
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <string_view>

namespace recontour {

/// True when the file's name ends in `ending` (lower case, with its dot), whatever its case.
inline bool hasEnding(const std::filesystem::path& file, std::string_view ending) {
  std::string name = file.filename().string();
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return name.size() > ending.size() && std::string_view(name).substr(name.size() - ending.size()) == ending;
}

/// Header or voxels of a NIfTI in two files.
inline bool isNiftiPairName(const std::filesystem::path& file) {
  return hasEnding(file, ".hdr") || hasEnding(file, ".img") || hasEnding(file, ".hdr.gz") || hasEnding(file, ".img.gz");
}
inline bool isNiftiName(const std::filesystem::path& file) {
  return hasEnding(file, ".nii") || hasEnding(file, ".nii.gz") || isNiftiPairName(file);
}
inline bool isNrrdName(const std::filesystem::path& file) {
  return hasEnding(file, ".nrrd") || hasEnding(file, ".nhdr");
}
/// Neither of these: a DICOM file, which may have any name.
inline bool mayBeDicomName(const std::filesystem::path& file) { return !isNiftiName(file) && !isNrrdName(file); }
/// Volume files that can be opened by their name, in lists: of a pair, the header.
inline bool isVolumeName(const std::filesystem::path& file) {
  const bool voxelsOfPair = hasEnding(file, ".img") || hasEnding(file, ".img.gz");
  return isNrrdName(file) || (isNiftiName(file) && !voxelsOfPair);
}

}  // namespace recontour
