#pragma once
#include <string>
#include <vector>

#include <sys/types.h>

namespace recontour {

/// Whether the process is there and no zombie.
bool runs(pid_t process);
/// Processes of this machine whose command line has `text` in it, other than this one.
std::vector<pid_t> processesWith(const std::string& text);
/// Children of this process that ended and that nobody asked for.
int zombies();

}  // namespace recontour
