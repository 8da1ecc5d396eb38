#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/io/ct_series.h"

namespace recontour {

/// What the reader has said of a folder's files, as long as they stay as they are.
struct KnownFolder {
  std::string stamp;             ///< of InboxFolder
  std::vector<CtSeries> series;  ///< those that can be opened first
  int order = 0;                 ///< folders that were read later have larger ones
};
using KnownFolders = std::map<std::filesystem::path, KnownFolder>;

/// `inbox.json` in the sessions folder; a cache that may be deleted. Nothing where there is none that can be used.
KnownFolders readInboxMemory(const std::filesystem::path& sessions);
/// When it cannot be written nothing happens: the files are read once more after a restart.
void writeInboxMemory(const std::filesystem::path& sessions, const KnownFolders& folders);

}  // namespace recontour
