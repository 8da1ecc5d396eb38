#include "core/base/sandbox.h"

#include <unistd.h>

#include "core/base/child_process.h"
#include "core/base/error.h"

namespace recontour {
namespace {

constexpr const char* kBubblewrap = "/usr/bin/bwrap";

std::vector<std::string> isolation() {
  return {"--unshare-all",
          "--die-with-parent",
          "--new-session",
          "--cap-drop",
          "ALL",
          "--ro-bind",
          "/",
          "/",
          "--dev",
          "/dev",
          "--proc",
          "/proc"};
}

}  // namespace

bool sandboxWorks() {
  if (::access(kBubblewrap, X_OK) != 0) return false;
  try {
    std::vector<std::string> arguments = isolation();
    arguments.insert(arguments.end(), {"--", "/bin/true"});
    ChildProcess::Options quiet;
    quiet.errorFile = "/dev/null";
    ChildProcess trial(kBubblewrap, arguments, quiet);
    return trial.wait() == "exit 0";
  } catch (const Error&) {
    return false;
  }
}

CommandLine sandboxed(const CommandLine& command, const std::filesystem::path& writable) {
  CommandLine result{kBubblewrap, isolation()};
  auto& arguments = result.arguments;
  arguments.insert(arguments.end(), {"--bind", writable.string(), writable.string(), "--", command.program.string()});
  arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
  return result;
}

}  // namespace recontour
