#pragma once
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
#include "core/session/study_events.h"

namespace recontour {

/// Appends events to a log on a thread of its own; an event counts as saved when fdatasync returned. After a failed
/// write it claims nothing any more and keeps what comes in memory.
class SessionLogWriter {
 public:
  struct Status {
    std::uint64_t appended = 0, saved = 0;  ///< events
    std::optional<std::string> error;
  };
  /// Opens or creates the log. A damaged tail behind the last event is copied to session.rclog.damaged-N and cut off.
  /// @throws Error
  /// @param ends  byte offsets after the events that are there
  SessionLogWriter(const std::filesystem::path& file, std::vector<std::uint64_t> ends, const Sha256Digest& lastHash);
  ~SessionLogWriter();  ///< writes what waits
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
  /// File that a damaged tail was moved to, if there was one.
  const std::optional<std::filesystem::path>& setAside() const { return setAside_; }

 private:
  void run(std::stop_token stop);
  void writeBatch(const std::deque<Event>& batch);
  void setTailAside(std::uint64_t validBytes);
  std::filesystem::path file_;
  int descriptor_ = -1;
  Sha256Digest lastHash_;
  std::optional<std::filesystem::path> setAside_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_, changed_;
  std::deque<Event> waiting_;
  Status status_;
  std::vector<std::uint64_t> ends_;  ///< in the file, after each event
  std::function<void()> callback_;
  std::jthread thread_;  // last: uses all above
};

}  // namespace recontour
