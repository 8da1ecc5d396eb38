#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/io/file_reader.h"
#include "core/workbench/inbox_folders.h"
#include "core/workbench/inbox_memory.h"
#include "core/workbench/work_list.h"

namespace recontour {

/// How a folder is watched.
struct InboxSettings {
  std::filesystem::path folder;                 ///< at any depth below it
  std::filesystem::path sessions;               ///< where it is remembered, and what the reader has done
  std::string reader;                           ///< who revises
  std::chrono::milliseconds looksEvery{1500};   ///< polled: network shares tell nobody of their changes
  std::chrono::milliseconds quiet{10'000};      ///< files of a folder are read when they have not changed for so long
  std::chrono::milliseconds patience{300'000};  ///< what is not complete is told when nothing came for so long
};

/// Watches a folder for CT series, on a thread of its own. A series is complete when its folder was quiet and its
/// slices make a regular grid of at least three. What was read once is not read again, also after a restart, as long
/// as its files stay as they are.
class Inbox {
 public:
  /// Called on the inbox's thread.
  struct Listener {
    /// Series that are complete, with what was done of them: at first those that were read before (also when there is
    /// none), then all of a folder when something was added to it.
    std::function<void(std::vector<WorkItem>)> arrived;
    std::function<void(std::string)> tells;  ///< once: what waits and why, or why the folder cannot be looked at
  };
  Inbox(InboxSettings settings, std::shared_ptr<FileReader> reader, Listener listener);
  /// Waits for the disk; whoever may not has it done elsewhere.
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;
  const InboxSettings& settings() const { return settings_; }
  void requestStop() { thread_.request_stop(); }  ///< nothing is read from now on; does not wait

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Watched {
    std::string stamp;
    Time since;         ///< it has been so
    bool read = false;  ///< in this state
    bool told = false;  ///< why something of it waits
  };
  using Listing = std::map<std::filesystem::path, InboxFolder>;

  void run(const std::stop_token& stop);
  void look(const std::stop_token& stop);
  void forgetGone(const Listing& listing);
  std::vector<std::filesystem::path> updateWatched(const Listing& listing, Time now);
  bool isDue(const Watched& folder, bool unfinished, Time now) const;
  std::vector<WorkItem> read(const std::filesystem::path& folder, const std::stop_token& stop);
  std::vector<WorkItem> completeIn(const std::filesystem::path& folder) const;
  void tellWaiting(const std::filesystem::path& folder, Watched& watched, Time now);

  InboxSettings settings_;
  std::shared_ptr<FileReader> reader_;
  Listener listener_;
  KnownFolders known_;  ///< also of other inboxes
  std::map<std::filesystem::path, Watched> watched_;
  std::map<std::filesystem::path, std::string> failures_;  ///< of the reader
  std::string lastFailure_;                                ///< of listing the inbox
  bool first_ = true;                                      ///< nothing was reported yet
  std::jthread thread_;                                    ///< last: it uses the rest
};

}  // namespace recontour
