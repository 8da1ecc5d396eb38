#include "core/session/session_lock.h"

#include <cerrno>
#include <chrono>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {
namespace {

struct Holder {
  std::string host;
  long pid = 0;
  std::string started, processStart;
};

std::string hostName() {
  char name[256] = {};
  ::gethostname(name, sizeof name - 1);
  return name;
}

/// Field 22 of /proc/PID/stat: tells a process from a later one with the same number. Empty when it does not run.
std::string startOfProcess(long pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(stat, text);
  const auto nameEnd = text.rfind(')');
  if (nameEnd == std::string::npos) return {};
  std::istringstream fields(text.substr(nameEnd + 1));
  std::string field;
  for (int number = 3; number <= 22; ++number) {
    fields >> field;
    if (number == 3 && (field == "Z" || field == "X")) return {};  // ended, and nobody has asked how
  }
  return field;
}

std::optional<Holder> holderOf(const std::filesystem::path& file) {
  try {
    const Json json = readJsonFile(file);
    return Holder{json.at("host").get<std::string>(), json.at("pid").get<long>(), json.at("started").get<std::string>(),
                  json.at("process_start").get<std::string>()};
  } catch (const std::exception&) {
    return {};  // written half before a crash, or being written
  }
}

/// By the clock on the wall, to the minute; as it stands where it is no such time.
std::string shownTime(const std::string& isoUtc) {
  std::tm utc = {}, local = {};
  if (::strptime(isoUtc.c_str(), "%Y-%m-%dT%H:%M:%S", &utc) == nullptr) return isoUtc;
  const std::time_t seconds = ::timegm(&utc);
  ::localtime_r(&seconds, &local);
  char text[40];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local)};
}

bool holds(const Holder& holder) {
  return holder.host != hostName() || startOfProcess(holder.pid) == holder.processStart;
}

std::string processText(const Holder& holder) {
  return "process " + std::to_string(holder.pid) + " since " + shownTime(holder.started);
}

std::string textOf(const Holder& holder) {
  return "host " + holder.host + ", process " + std::to_string(holder.pid) + ", since " + shownTime(holder.started);
}

/// Who has just taken it still writes who that is.
std::string holderText(const std::filesystem::path& file) {
  for (int look = 0; look < 20; ++look) {
    if (const auto holder = holderOf(file)) return textOf(*holder);
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) break;  // it has just been left
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return "another program";
}

std::string adviceFor(const std::filesystem::path& file) {
  const std::string usual = "close it there, or open it here with --read-only";
  const auto holder = holderOf(file);
  if (!holder || holder->host == hostName()) return usual;
  return usual + "; if that program is sure to run no more, remove " + file.string();
}

}  // namespace

SessionLock::SessionLock(const std::filesystem::path& folder, Method method) : file_(folder / "lock"), method_(method) {
  std::optional<std::string> other;
  take(other);
  if (other) throw Error(folder, "this case is open in another program (" + *other + ")", adviceFor(file_));
}

SessionLock::SessionLock(const std::filesystem::path& folder, Method method, std::optional<std::string>& heldBy)
    : file_(folder / "lock"), method_(method) {
  take(heldBy);
}

SessionLock::~SessionLock() { letGo(); }

std::unique_ptr<SessionLock> SessionLock::tryTake(const std::filesystem::path& folder,
                                                  std::optional<std::string>& heldBy) {
  std::unique_ptr<SessionLock> lock(new SessionLock(folder, Method::Flock, heldBy));
  return lock->held_ ? std::move(lock) : nullptr;
}

std::optional<std::string> SessionLock::heldBy(const std::filesystem::path& folder) {
  const auto holder = holderOf(folder / "lock");
  const bool other = holder && holds(*holder) && !heldHere(folder);
  return other ? std::optional(textOf(*holder)) : std::nullopt;
}

bool SessionLock::heldHere(const std::filesystem::path& folder) {
  const auto holder = holderOf(folder / "lock");
  return holder && holder->host == hostName() && holder->pid == ::getpid() && holds(*holder);
}

void SessionLock::take(std::optional<std::string>& heldBy) {
  constexpr int kAttempts = 1000;  // each one fails only where another program has just let go
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    bool created = false;
    if (!openFile(created)) continue;
    if (!lockFile(created)) {
      letGo();
      heldBy = holderText(file_);
      return;
    }
    if (!isAtItsPath()) {
      letGo();
      continue;
    }
    const auto holder = created ? std::nullopt : holderOf(file_);
    if (holder && holds(*holder)) {  // on another machine, or by creation
      letGo();
      heldBy = textOf(*holder);
      return;
    }
    if (holder) takenOver_ = processText(*holder);
    writeHolder();
    held_ = true;
    return;
  }
  heldBy = "another program";
}

/// @return false when the file went between two calls
bool SessionLock::openFile(bool& created) {
  constexpr int kFlags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  descriptor_ = ::open(file_.c_str(), kFlags | O_CREAT | O_EXCL, 0600);
  created = descriptor_ >= 0;
  if (!created && errno == EEXIST) {
    descriptor_ = ::open(file_.c_str(), kFlags);
    if (descriptor_ < 0 && errno == ENOENT) return false;
  }
  if (descriptor_ >= 0) return true;
  throw Error(file_, "cannot be written: " + systemErrorText(), "choose another sessions folder with --sessions");
}

/// @return false when another program has it
bool SessionLock::lockFile(bool created) {
  if (method_ == Method::Flock) {
    while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return false;
      if (errno == EINTR) continue;
      method_ = Method::Creation;  // a file system without such locks
      break;
    }
  }
  if (method_ == Method::Flock || created) return true;
  const auto holder = holderOf(file_);
  if (!holder || holds(*holder)) return false;
  letGo();
  throw Error(file_, "was left by a program that no longer runs (" + processText(*holder) + ")", "remove this file");
}

/// Who had it removes the file before letting go of it; a lock on such a file says nothing.
bool SessionLock::isAtItsPath() const {
  struct stat open = {}, found = {};
  return ::fstat(descriptor_, &open) == 0 && ::lstat(file_.c_str(), &found) == 0 && open.st_dev == found.st_dev &&
         open.st_ino == found.st_ino;
}

/// Where it cannot be written (a full disk), flock() holds all the same.
void SessionLock::writeHolder() {
  const Json json = {{"host", hostName()},
                     {"pid", ::getpid()},
                     {"started", isoTime(SystemClock().wallMs())},
                     {"process_start", startOfProcess(::getpid())}};
  const std::string text = json.dump() + "\n";
  const bool written = ::ftruncate(descriptor_, 0) == 0 &&
                       ::pwrite(descriptor_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
  if (written || method_ == Method::Flock) return;
  const std::string why = systemErrorText();
  held_ = true;  // so that the file goes
  letGo();
  throw Error(file_, "cannot be written: " + why, "free space on this disk");
}

void SessionLock::letGo() {
  if (descriptor_ < 0) return;
  if (held_ && isAtItsPath()) ::unlink(file_.c_str());
  held_ = false;
  ::close(std::exchange(descriptor_, -1));
}

}  // namespace recontour
