#pragma once
#include <filesystem>
#include <vector>

namespace recontour {

/// Folders that may take what the disk of `folder` refuses, best first: those on another disk, and of these the ones
/// that outlive a restart. None is created here.
std::vector<std::filesystem::path> spareFoldersFor(const std::filesystem::path& folder);

/// A real folder (no link) of this user that nobody else may look into or write to.
bool isPrivateFolder(const std::filesystem::path& folder);

}  // namespace recontour
