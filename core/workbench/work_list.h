#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace recontour {

/// One case of a work list and how far its reader is.
struct WorkItem {
  enum class State { Waiting, Started, Accepted };
  std::filesystem::path path;
  std::string series = {};   ///< Series Instance UID, where the path holds several CTs; else empty
  std::string content = {};  ///< contentOf() its slices, with a series
  std::string name = {};
  State state = State::Waiting;
  double activeSeconds = 0;  ///< idle limit 30 s
  bool failed = false;       ///< could not be opened in this run of the program
  bool isSameRow(const WorkItem& other) const { return path == other.path && series == other.series; }
};

/// Remembers which image a case file holds, so that its session is found without reading the image: `cases.json` in the
/// sessions folder, a cache that may be deleted: when it cannot be written nothing happens. A file that has changed
/// since counts as not known.
void rememberImage(const std::filesystem::path& sessions, const std::filesystem::path& casePath,
                   const std::string& imageHash);

/// The same of a CT series, wherever its files lie: it is known as long as it consists of the same slices.
void rememberSeries(const std::filesystem::path& sessions, const WorkItem& item, const std::string& imageHash);

/// Whether `reader` may name a reader, and so a folder: 1 to 64 letters, digits, '-', '_' and '.', not first a '.'.
bool isReaderName(const std::string& reader);
/// The folder of a reader's session on an image. @throws Error for what may not name a reader: it would lie elsewhere
std::filesystem::path sessionFolderOf(const std::filesystem::path& sessions, const std::string& imageHash,
                                      const std::string& reader);

/// What the reader's session log says of a case; Waiting where there is none or its image is not known. Reads files.
WorkItem workItemOf(const std::filesystem::path& sessions, const std::string& reader,
                    const std::filesystem::path& casePath);

/// The same of a series, with path, name, series and content as they are in `item`.
WorkItem workItemOf(const std::filesystem::path& sessions, const std::string& reader, WorkItem item);

/// The cases that lie in a folder, by name, without label maps of others. @throws Error when there are none
std::vector<WorkItem> workListOf(const std::filesystem::path& folder, const std::filesystem::path& sessions,
                                 const std::string& reader);

/// The case file that `rememberImage` last saw hold this image; none when it is not known or gone.
std::optional<std::filesystem::path> caseOfImage(const std::filesystem::path& sessions, const std::string& imageHash);

/// The same though the file may be gone: where the image was last.
std::optional<std::filesystem::path> lastPlaceOfImage(const std::filesystem::path& sessions,
                                                      const std::string& imageHash);

}  // namespace recontour
