#pragma once
// Private to core/base.
#include <filesystem>
#include <optional>

namespace recontour {

/// Begins the names of files that are written beside their places, see FilesTogether.
inline constexpr const char* kAside = ".partial-";

/// What was at a file's place before.
enum class Placed { Nothing, OldFile, Unknown };

/// Renames a file to its place. An old file there changes places with it, so that it can come back.
/// @return nothing when that failed (`errno` says why); Unknown where the file system cannot exchange files
std::optional<Placed> place(const std::filesystem::path& from, const std::filesystem::path& to);
/// The opposite, as far as it goes.
void takeBack(const std::filesystem::path& from, const std::filesystem::path& to, Placed before);

std::filesystem::path folderOf(const std::filesystem::path& file);  ///< "." of a plain name
/// An old file's permissions are the user's choice; a new file (or an empty path) is for nobody else to read.
/// @return false when that failed
bool setMode(int descriptor, const std::filesystem::path& target);

}  // namespace recontour
