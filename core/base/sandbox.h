#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace recontour {

/// A program with its arguments.
struct CommandLine {
  std::filesystem::path program;
  std::vector<std::string> arguments;
};

/// Where Debian puts bubblewrap.
inline constexpr const char* kBubblewrap = "/usr/bin/bwrap";

/// True where bubblewrap is installed and user namespaces work. Tries it (some 10 ms, blocks); the answer does not
/// change while a program runs, so ask once.
bool sandboxWorks(const std::filesystem::path& bubblewrap = kBubblewrap);

/// `command` under bubblewrap: without network, in process and IPC namespaces of its own, able to read what the user
/// can read and to write nothing but `writable`. It ends with the process that started it.
/// To be run by ChildProcess, which gives it a session without a terminal.
CommandLine sandboxed(const CommandLine& command, const std::filesystem::path& writable);

/// All that a confined program can reach; paths keep their names, and what is not there is left out.
struct Confinement {
  std::vector<std::filesystem::path> readable;  ///< files and folders, read-only
  std::vector<std::filesystem::path> devices;   ///< besides null, zero, full, random, urandom and tty
  std::filesystem::path writable;               ///< a folder
  std::vector<std::string> environment;         ///< NAME=value; nothing is taken over from ours
};

/// `command` under bubblewrap as above, with nothing of the disk but what `reach` names, 64 MB of private /tmp, and no
/// variable of our environment.
CommandLine confined(const CommandLine& command, const Confinement& reach,
                     const std::filesystem::path& bubblewrap = kBubblewrap);

}  // namespace recontour
