#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/sha256.h"
#include "core/session/event.h"
#include "core/session/log_file.h"
#include "core/session/spare_log.h"
#include "core/session/study_events.h"

namespace recontour {

/// Appends events to a log on a thread of its own; an event counts as saved when fdatasync returned. After a failure
/// nothing more is called saved: what the log lacks is kept in memory and written elsewhere, and every two seconds the
/// log is tried again.
class SessionLogWriter {
 public:
  struct Status {
    std::uint64_t appended = 0, saved = 0;  ///< events
    std::optional<std::string> error;       ///< why the log cannot be written now
    /// With an error: the file that has the events that the log lacks, up to `kept`.
    std::optional<std::filesystem::path> elsewhere;
    std::uint64_t kept = 0;  ///< events that are on some disk
  };
  /// Opens or creates the log. What it holds behind the last event is cut off with the first write, see recoverLog().
  /// @throws Error
  /// @param ends  byte offsets after the events that are there
  /// @param elsewhere  folders, best first, that take what the log's disk refuses
  SessionLogWriter(const std::filesystem::path& file, std::vector<std::uint64_t> ends, const Sha256Digest& lastHash,
                   std::vector<std::filesystem::path> elsewhere = {}, const DiskCalls& disk = {},
                   std::chrono::milliseconds tryAgainAfter = std::chrono::seconds(2));
  ~SessionLogWriter();  ///< writes what waits; tries a log that fails once more
  SessionLogWriter(const SessionLogWriter&) = delete;
  SessionLogWriter& operator=(const SessionLogWriter&) = delete;

  void append(Event event);
  Status status() const;
  /// Blocks until everything appended is on disk. @return false when that failed
  bool flush();
  /// The last event on disk; blocks until all is there. @throws Error when that failed
  ChainHead head();
  std::uint64_t eventsInFile() const;  ///< those of earlier programs included
  /// Reads an event again, once it is on disk. @throws Error
  Event read(std::uint64_t sequence);
  /// Called from the writer's thread after each change of the status.
  void onStatus(std::function<void()> callback);

 private:
  /// Events as bytes that are not known to be in the log.
  struct Pending {
    std::string bytes;
    std::vector<std::uint64_t> ends;  ///< in the log, after each
  };
  void run(std::stop_token stop);
  bool waitForEvents(std::stop_token stop, std::deque<Event>& batch);
  void encode(const std::deque<Event>& batch);
  void save();
  void saved();
  void failed(const std::string& why);
  void keepElsewhere();
  void tell();
  std::filesystem::path file_;
  // Of the writer's thread
  LogFile log_;
  SpareLog spare_;
  Pending pending_;
  Sha256Digest hash_;  ///< of the last event that became bytes
  std::uint64_t end_;  ///< of the log, with all that is pending
  bool failing_ = false;
  bool triedLast_ = false;
  const std::chrono::milliseconds tryAgainAfter_;
  std::chrono::steady_clock::time_point nextTry_;
  // Of all threads
  mutable std::mutex mutex_;
  std::condition_variable_any wake_, changed_;
  std::deque<Event> waiting_;
  Status status_;
  Sha256Digest lastHash_;            ///< of the last event in the file
  std::vector<std::uint64_t> ends_;  ///< in the file, after each event
  std::function<void()> callback_;
  std::jthread thread_;  // last: uses all above
};

}  // namespace recontour
