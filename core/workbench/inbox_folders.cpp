#include "core/workbench/inbox_folders.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/error.h"
#include "core/base/sha256.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 32;

struct Listing {
  std::vector<std::string> files;  ///< name, size and time, in one line each
  bool unfinished = false;
};

void addFile(const fs::directory_entry& entry, Listing& listing) {
  std::error_code gone;
  const std::string name = entry.path().filename().string();
  const auto bytes = entry.file_size(gone);
  const auto modified = entry.last_write_time(gone).time_since_epoch().count();
  listing.files.push_back(name + '\n' + std::to_string(bytes) + ' ' + std::to_string(modified));
  if (bytes == 0 || isTemporaryName(name)) listing.unfinished = true;
}

InboxFolder summaryOf(Listing listing) {
  std::ranges::sort(listing.files);
  std::string all;
  for (const std::string& file : listing.files) all += file + '\n';
  return {sha256Hex(all), listing.unfinished};
}

/// @return why the folder could not be listed
std::error_code addFolders(const fs::path& folder, int depth, const std::stop_token& stop,
                           std::map<fs::path, InboxFolder>& found) {
  std::error_code failure, gone;
  Listing listing;
  for (fs::directory_iterator entry(folder, failure), end; entry != end && !failure; entry.increment(failure)) {
    if (stop.stop_requested()) return {};
    if (entry->is_symlink(gone)) continue;
    if (entry->is_regular_file(gone)) addFile(*entry, listing);
    const bool isHidden = entry->path().filename().string().starts_with('.');
    if (entry->is_directory(gone) && !isHidden && depth < kDeepest) addFolders(entry->path(), depth + 1, stop, found);
  }
  if (!failure && !listing.files.empty()) found[folder] = summaryOf(std::move(listing));
  return failure;
}

}  // namespace

bool isTemporaryName(const std::string& name) {
  constexpr std::array kEndings = {".part", ".partial", ".filepart", ".tmp", ".temp", "~"};
  return name.starts_with('.') || std::ranges::any_of(kEndings, [&](const char* end) { return name.ends_with(end); });
}

bool isWithin(const fs::path& path, const fs::path& folder) {
  const auto plain = [](const fs::path& any) {
    const fs::path whole = fs::absolute(any).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();  // "folder/"
  };
  const fs::path inner = plain(path), outer = plain(folder);
  return std::ranges::mismatch(outer, inner).in1 == outer.end();
}

std::map<fs::path, InboxFolder> foldersIn(const fs::path& inbox, const std::stop_token& stop) {
  std::map<fs::path, InboxFolder> found;
  if (const auto failure = addFolders(inbox, 0, stop, found))
    throw Error(inbox, "cannot be listed: " + failure.message(),
                "check whether the folder is there and may be read; it is looked at again");
  return found;
}

}  // namespace recontour
