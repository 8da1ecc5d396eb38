#include "core/base/sandbox.h"

#include <initializer_list>

#include <unistd.h>

#include "core/base/child_process.h"
#include "core/base/error.h"

namespace recontour {
namespace {

constexpr const char* kTemporaryBytes = "67108864";  // it is memory

using Arguments = std::vector<std::string>;

void append(Arguments& arguments, std::initializer_list<std::string> more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
}

/// Not --new-session: ChildProcess gives it one, by which all of it can be ended.
Arguments isolation() { return {"--unshare-all", "--die-with-parent", "--cap-drop", "ALL"}; }

Arguments withWholeDisk() {
  Arguments arguments = isolation();
  append(arguments, {"--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"});
  return arguments;
}

CommandLine under(const std::filesystem::path& bubblewrap, Arguments arguments, const CommandLine& command) {
  append(arguments, {"--", command.program.string()});
  arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
  return {bubblewrap, std::move(arguments)};
}

/// Folders that bubblewrap makes are ours to write to until they are closed.
void closeOwnFolders(Arguments& arguments) {
  append(arguments, {"--size", kTemporaryBytes, "--tmpfs", "/dev/shm", "--remount-ro", "/dev", "--remount-ro", "/"});
}

}  // namespace

bool sandboxWorks(const std::filesystem::path& bubblewrap) {
  if (::access(bubblewrap.c_str(), X_OK) != 0) return false;
  try {
    const Confinement reach{{"/bin", "/lib", "/lib64", "/usr"}, {}, "/tmp", {"LANG=C"}};
    const CommandLine command = confined({"/bin/true", {}}, reach, bubblewrap);  // all that jobs are run with
    ChildProcess::Options quiet;
    quiet.errorFile = "/dev/null";
    ChildProcess trial(command.program, command.arguments, quiet);
    return trial.wait() == "exit 0";
  } catch (const Error&) {
    return false;
  }
}

CommandLine sandboxed(const CommandLine& command, const std::filesystem::path& writable) {
  Arguments arguments = withWholeDisk();
  append(arguments, {"--bind", writable.string(), writable.string()});
  return under(kBubblewrap, std::move(arguments), command);
}

CommandLine confined(const CommandLine& command, const Confinement& reach, const std::filesystem::path& bubblewrap) {
  Arguments arguments = isolation();
  append(arguments, {"--clearenv"});
  for (const auto& variable : reach.environment) {
    const auto sign = variable.find('=');
    append(arguments, {"--setenv", variable.substr(0, sign), variable.substr(sign + 1)});
  }
  append(arguments, {"--dev", "/dev", "--proc", "/proc", "--size", kTemporaryBytes, "--tmpfs", "/tmp"});
  for (const auto& path : reach.readable) {
    if (path.empty() || path == "/") continue;  // an empty path would be the whole disk
    append(arguments, {"--ro-bind-try", path.string(), path.string()});
  }
  for (const auto& path : reach.devices) append(arguments, {"--dev-bind-try", path.string(), path.string()});
  append(arguments, {"--bind", reach.writable.string(), reach.writable.string(), "--chdir", "/tmp"});
  closeOwnFolders(arguments);
  return under(bubblewrap, std::move(arguments), command);
}

}  // namespace recontour
