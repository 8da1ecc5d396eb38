#include "core/base/child_process.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.h"

extern char** environ;

namespace recontour {
namespace {

constexpr std::size_t kLongestLine = 1 << 20;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> mergedEnvironment(const std::vector<std::string>& added) {
  std::vector<std::string> merged = added;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto name = text.substr(0, text.find('=') + 1);
    bool replaced = false;
    for (const auto& other : added) replaced = replaced || std::string_view(other).starts_with(name);
    if (!replaced) merged.emplace_back(text);
  }
  return merged;
}

void closeDescriptor(int& descriptor) {
  if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
}

/// Async-signal-safe.
void limitTo(__rlimit_resource_t what, const std::optional<std::size_t>& most) {
  if (!most) return;
  const rlimit limit = {*most, *most};
  ::setrlimit(what, &limit);
}

/// Runs in the child between fork and exec: only async-signal-safe calls.
[[noreturn]] void becomeProgram(pid_t parent, int input, int output, int errors, const ChildProcess::Options& options,
                                char** arguments, char** environment) {
  ::setsid();  // what it starts can be ended with it, and it has no terminal to type into
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);  // the parent ended before the line above
  ::dup2(input, 0);
  ::dup2(output, 1);
  if (errors >= 0) ::dup2(errors, 2);
  limitTo(RLIMIT_AS, options.memoryLimit);
  limitTo(RLIMIT_FSIZE, options.fileLimit);
  if (options.fileLimit) ::signal(SIGXFSZ, SIG_DFL);  // a parent that ignores it would have handed that on
  if (options.niceness != 0) [[maybe_unused]]
    const int ignored = ::nice(options.niceness);
  // What another thread has just opened without O_CLOEXEC would stay open for as long as the child lives: whoever waits
  // for the end of that pipe (libdbus, at the start of a window) would wait as long. Nor is it any business of a
  // sandbox.
  ::close_range(3, ~0U, 0);
  ::execve(arguments[0], arguments, environment);
  ::_exit(127);
}

}  // namespace

ChildProcess::ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                           const Options& options) {
  if (::access(program.c_str(), X_OK) != 0) {
    throw Error(program, "cannot be started: " + systemErrorText(), "install Recontour again", ErrorKind::ModelFailed);
  }
  ::signal(SIGPIPE, SIG_IGN);  // a child that ended is an answer of writeLine, not the end of this program
  std::vector<std::string> argumentTexts = {program.string()};
  argumentTexts.insert(argumentTexts.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environmentTexts = mergedEnvironment(options.environment);
  const auto argv = pointers(argumentTexts);
  const auto envp = pointers(environmentTexts);
  int toChild[2] = {-1, -1};
  int fromChild[2] = {-1, -1};
  int errors = -1;
  if (!options.errorFile.empty()) {
    errors = ::open(options.errorFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  const pid_t parent = ::getpid();
  if (::pipe2(toChild, O_CLOEXEC) == 0 && ::pipe2(fromChild, O_CLOEXEC) == 0) pid_ = ::fork();
  const std::string failure = systemErrorText();
  if (pid_ == 0) {
    becomeProgram(parent, toChild[0], fromChild[1], errors, options, const_cast<char**>(argv.data()),
                  const_cast<char**>(envp.data()));
  }
  closeDescriptor(toChild[0]);
  closeDescriptor(fromChild[1]);
  closeDescriptor(errors);
  input_ = toChild[1];
  output_ = fromChild[0];
  if (pid_ < 0) {  // the destructor does not run
    closeDescriptor(input_);
    closeDescriptor(output_);
    throw Error(program, "cannot be started: " + failure, {}, ErrorKind::ModelFailed);
  }
}

/// A sandbox that is killed takes what runs in it with it, but a moment later; as long as that lives, it may write into
/// the job's folder. It holds our pipe.
void ChildProcess::awaitEndOfAll() {
  constexpr std::chrono::milliseconds kLongest{2000};
  constexpr int kStepMs = 100;
  const auto deadline = std::chrono::steady_clock::now() + kLongest;
  char ignored[65536];
  while (std::chrono::steady_clock::now() < deadline) {
    pollfd waiting = {output_, POLLIN, 0};
    if (::poll(&waiting, 1, kStepMs) > 0 && ::read(output_, ignored, sizeof ignored) <= 0) return;
  }
}

ChildProcess::~ChildProcess() {
  closeInput();
  terminate();
  wait();
  awaitEndOfAll();
  closeDescriptor(output_);
}

bool ChildProcess::writeLine(std::string_view line) {
  std::string text(line);
  text += '\n';
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(input_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

ChildProcess::Read ChildProcess::readLine(std::string& line, int timeoutMs) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
  for (;;) {
    if (const auto end = pending_.find('\n'); end != std::string::npos) {
      line = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      return Read::Line;
    }
    if (pending_.size() > kLongestLine) return Read::Ended;  // not a helper of ours
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd waiting = {output_, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::max<long long>(0, left.count())));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) return Read::TimedOut;
    char buffer[65536];
    const ssize_t count = ::read(output_, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Read::Ended;
    pending_.append(buffer, static_cast<std::size_t>(count));
  }
}

void ChildProcess::closeInput() { closeDescriptor(input_); }

bool ChildProcess::hasEnded() {
  int status = 0;
  if (!status_ && ::waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
  return status_.has_value();
}

void ChildProcess::terminate() {
  if (pid_ <= 0 || status_) return;
  ::kill(-pid_, SIGKILL);  // all of its session: in its first moments bubblewrap's own child would not end with it
  ::kill(pid_, SIGKILL);   // before it has one
}

std::string ChildProcess::wait() {
  int status = 0;
  while (!status_) {
    if (::waitpid(pid_, &status, 0) == pid_ || errno != EINTR) status_ = status;
  }
  if (WIFSIGNALED(*status_)) {
    return "signal " + std::to_string(WTERMSIG(*status_)) + " (" + ::strsignal(WTERMSIG(*status_)) + ")";
  }
  const int code = WEXITSTATUS(*status_), signal = code - 128;
  if (signal <= 0 || signal >= NSIG) return "exit " + std::to_string(code);
  // Shells and bubblewrap say so of what they ran.
  return "exit " + std::to_string(code) + ", signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ")";
}

}  // namespace recontour
