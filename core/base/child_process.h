#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace recontour {

/// A helper process that is spoken to in lines: its standard input takes requests, its standard output gives answers,
/// its standard error goes to a file or to ours. Ends the process (SIGKILL) and waits at destruction for it and
/// for what it started and still holds its output, 2 s at most, so no zombie stays. It has a session of its own,
/// without a terminal. Belongs to the thread that made it: the child is also ended when that thread ends.
class ChildProcess {
 public:
  struct Options {
    std::vector<std::string> environment = {};    ///< NAME=value, added to ours
    std::filesystem::path errorFile = {};         ///< standard error; ours when empty
    std::optional<std::size_t> memoryLimit = {};  ///< RLIMIT_AS in bytes
    std::optional<std::size_t> fileLimit = {};    ///< RLIMIT_FSIZE in bytes: beyond it, of any file, SIGXFSZ ends it
    int niceness = 0;                             ///< added to ours
  };
  enum class Read { Line, TimedOut, Ended };

  /// @throws Error when the program cannot be started
  ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments, const Options& options);
  ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments)
      : ChildProcess(program, arguments, Options{}) {}
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Sends a line (the newline is added). @return false when the child no longer listens
  bool writeLine(std::string_view line);
  /// Waits for the next whole line of at most 1 MiB. @param line  receives it without its newline
  Read readLine(std::string& line, int timeoutMs);
  /// Closes the child's standard input: a helper ends then.
  void closeInput();
  /// Whether it has ended already.
  bool hasEnded();
  /// Ends the process at once, and what it started in its session.
  void terminate();
  /// Waits until it has ended. @return "exit 3", "signal 9 (Killed)", or "exit 137, signal 9 (Killed)" of a child's
  /// child
  std::string wait();
  pid_t pid() const { return pid_; }

 private:
  void awaitEndOfAll();
  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
  std::string pending_;
  std::optional<int> status_;
};

}  // namespace recontour
