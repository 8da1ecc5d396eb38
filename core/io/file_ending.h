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

inline bool isNiftiName(const std::filesystem::path& file) {
  return hasEnding(file, ".nii") || hasEnding(file, ".nii.gz");
}

/// Label maps; images have these endings too.
inline bool isLabelName(const std::filesystem::path& file) { return isNiftiName(file); }

}  // namespace recontour
