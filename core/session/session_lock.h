#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace recontour {

/// The `lock` file of a session folder: who edits it (host, process, start). Held by flock() as long as this lives, so
/// that no two programs of a machine ever hold it; removed at destruction. Programs that this one starts do not have
/// it.
class SessionLock {
 public:
  /// How programs exclude one another.
  enum class Method {
    Flock,    ///< and by Creation where the file system has none
    Creation  ///< who created the file has it; one that a dead process left has to be removed by hand
  };
  /// A lock whose process no longer runs on this machine is taken over, see takenOver().
  /// @throws Error saying who holds it, or that it cannot be written
  explicit SessionLock(const std::filesystem::path& folder, Method method = Method::Flock);
  ~SessionLock();
  SessionLock(const SessionLock&) = delete;
  SessionLock& operator=(const SessionLock&) = delete;

  /// @return null where another program holds it, which `heldBy` then names. @throws Error when it cannot be written
  static std::unique_ptr<SessionLock> tryTake(const std::filesystem::path& folder, std::optional<std::string>& heldBy);
  /// Another program holds it now: its host, process and since when.
  static std::optional<std::string> heldBy(const std::filesystem::path& folder);
  /// This very program holds the folder's lock.
  static bool heldHere(const std::filesystem::path& folder);

  /// Whose lock it was ("process 811 since ..."), where that process no longer runs.
  const std::optional<std::string>& takenOver() const { return takenOver_; }

 private:
  SessionLock(const std::filesystem::path& folder, Method method, std::optional<std::string>& heldBy);
  void take(std::optional<std::string>& heldBy);
  bool openFile(bool& created);
  bool lockFile(bool created);
  bool isAtItsPath() const;
  void writeHolder();
  void letGo();
  std::filesystem::path file_;
  Method method_;
  int descriptor_ = -1;
  bool held_ = false;
  std::optional<std::string> takenOver_;
};

}  // namespace recontour
