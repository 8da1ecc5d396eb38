#pragma once
#include <string>

#include <sys/types.h>
#include <unistd.h>

namespace recontour {

/// What the kernel counts of a process; 0 for one that has ended.
struct ProcessFigures {
  std::string name;  ///< at most 15 characters
  double residentMb = 0, peakMb = 0;
  int descriptors = 0, threads = 0;
};
ProcessFigures figuresOf(pid_t process = ::getpid());

/// The peak of this process counts from now on.
void forgetPeak();

}  // namespace recontour
