#include "core/session/session_lock.h"

#include <cerrno>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <signal.h>
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
  for (int number = 3; number <= 22; ++number) fields >> field;
  return field;
}

std::optional<Holder> holderOf(const std::filesystem::path& file) {
  try {
    const Json json = readJsonFile(file);
    return Holder{json.at("host").get<std::string>(), json.at("pid").get<long>(), json.at("started").get<std::string>(),
                  json.at("process_start").get<std::string>()};
  } catch (const std::exception&) {
    return {};  // written half before a crash
  }
}

bool holds(const Holder& holder) {
  return holder.host != hostName() || startOfProcess(holder.pid) == holder.processStart;
}

bool createLock(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    if (errno == EEXIST) return false;
    throw Error(file, "cannot be written: " + systemErrorText(), "choose another sessions folder with --sessions");
  }
  const Json json = {{"host", hostName()},
                     {"pid", ::getpid()},
                     {"started", isoTime(SystemClock().wallMs())},
                     {"process_start", startOfProcess(::getpid())}};
  const std::string text = json.dump() + "\n";
  const bool written = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(descriptor);
  if (!written) throw Error(file, "cannot be written: " + systemErrorText(), "free space on this disk");
  return true;
}

}  // namespace

SessionLock::SessionLock(const std::filesystem::path& folder) {
  const auto file = folder / "lock";
  if (!createLock(file)) {
    const auto holder = holderOf(file);
    if (holder && holds(*holder)) {
      throw Error(folder,
                  "this case is open in another program (host " + holder->host + ", process " +
                      std::to_string(holder->pid) + ", since " + holder->started + ")",
                  "close it there, or open it here with --read-only");
    }
    std::filesystem::remove(file);
    if (!createLock(file)) throw Error(folder, "this case was opened by another program just now", "try again");
  }
  file_ = file;
}

bool SessionLock::heldHere(const std::filesystem::path& folder) {
  const auto holder = holderOf(folder / "lock");
  return holder && holder->host == hostName() && holder->pid == ::getpid() && holds(*holder);
}

SessionLock::~SessionLock() {
  std::error_code ignored;
  if (!file_.empty()) std::filesystem::remove(file_, ignored);
}

}  // namespace recontour
