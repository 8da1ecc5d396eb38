#pragma once
#include <filesystem>

namespace recontour {

/// The `lock` file of a session folder: who edits it (host, process, start). Removed at destruction.
class SessionLock {
 public:
  /// Takes over a lock whose process no longer runs on this machine.
  /// @throws Error saying who holds it
  explicit SessionLock(const std::filesystem::path& folder);
  ~SessionLock();
  /// This very program holds the folder's lock.
  static bool heldHere(const std::filesystem::path& folder);
  SessionLock(const SessionLock&) = delete;
  SessionLock& operator=(const SessionLock&) = delete;

 private:
  std::filesystem::path file_;
};

}  // namespace recontour
