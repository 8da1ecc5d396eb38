#pragma once
// Private to core/session: where events go that a log's own disk refuses.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/session/log_file.h"

namespace recontour {

/// A continuation of a log: the records from one event on, in a file of their own.
struct SpareFile {
  std::filesystem::path file;
  std::uint64_t first = 0;  ///< number of its first event
  bool named = false;       ///< by its name it belongs to the log
};

/// Those in these folders, by their first event.
std::vector<SpareFile> spareFilesFor(const std::filesystem::path& log,
                                     const std::vector<std::filesystem::path>& folders);

/// Writes such a file in the first of several folders that takes it. Used by one thread at a time.
class SpareLog {
 public:
  SpareLog(std::filesystem::path log, std::vector<std::filesystem::path> folders, DiskCalls disk);
  /// Afterwards file() has all of them on disk, or there is none.
  /// @param bytes  all records from event `first` on; those that an earlier call brought included
  void keep(std::uint64_t first, std::string_view bytes);
  std::optional<std::filesystem::path> file() const;
  void remove();  ///< the log has them all

 private:
  bool goOn(std::uint64_t first, std::string_view bytes);
  bool beginIn(const std::filesystem::path& folder, std::uint64_t first, std::string_view bytes);
  std::filesystem::path log_;
  std::vector<std::filesystem::path> folders_;
  DiskCalls disk_;
  std::unique_ptr<LogFile> open_;
  std::uint64_t first_ = 0;
  std::vector<std::filesystem::path> written_;  ///< the last one is open
};

}  // namespace recontour
