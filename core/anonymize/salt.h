#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/files_together.h"

namespace recontour {

/// The salt of a file, as it is; 64 random digits, added to `files` to become this file, where it is missing; random
/// and kept nowhere without a file. @throws Error for a file of less than 16 bytes
std::string saltOf(const std::optional<std::filesystem::path>& file, FilesTogether& files);

}  // namespace recontour
