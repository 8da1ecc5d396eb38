#pragma once
#include <array>

#include <sys/types.h>

namespace recontour {

/// What is done to a worker that runs.
enum class Fault { Kill, Segfault, Abort, SandboxKilled, NoMemory, Garbage, Hang };
inline constexpr std::array kFaults = {Fault::Kill,     Fault::Segfault, Fault::Abort, Fault::SandboxKilled,
                                       Fault::NoMemory, Fault::Garbage,  Fault::Hang};

const char* nameOf(Fault fault);
/// @param sandbox  the process that we started, which runs the worker or is it
void inflict(Fault fault, pid_t worker, pid_t sandbox);

}  // namespace recontour
