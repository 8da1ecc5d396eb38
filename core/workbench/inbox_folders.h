#pragma once
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>

namespace recontour {

/// What lies directly in a folder that others write into.
struct InboxFolder {
  std::string stamp;        ///< changes with names, sizes and times of its files
  bool unfinished = false;  ///< a file looks like one that is still being written
};

/// Whether a file of this name is still being written by those who rename files when they are whole: hidden, or ending
/// in .part, .partial, .filepart, .tmp, .temp or ~.
bool isTemporaryName(const std::string& name);

/// Whether `path` is `folder` or lies in it, by their names alone.
bool isWithin(const std::filesystem::path& path, const std::filesystem::path& folder);

/// The folders with files at or below `inbox`, at any depth. Symbolic links and hidden folders are left out, so is what
/// goes while it is looked at. @throws Error when the inbox itself cannot be listed
std::map<std::filesystem::path, InboxFolder> foldersIn(const std::filesystem::path& inbox, const std::stop_token& stop);

}  // namespace recontour
