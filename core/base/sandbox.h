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

/// True where bubblewrap is installed and user namespaces work. Tries it (some 10 ms, blocks); the answer does not
/// change while a program runs, so ask once.
bool sandboxWorks();

/// `command` under bubblewrap: without network, in process and IPC namespaces of its own, able to read what the user
/// can read and to write nothing but `writable`. It ends with the process that started it.
CommandLine sandboxed(const CommandLine& command, const std::filesystem::path& writable);

}  // namespace recontour
