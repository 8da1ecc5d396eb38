#pragma once
#include <cstdint>
#include <filesystem>

#include <sys/types.h>

namespace recontour {

/// Bytes of a process and of all that it started, itself or through others, which are in memory now. Pages that several
/// of them share count for each. 0 when it no longer runs. @param proc  where the kernel tells of its processes
std::uint64_t residentBytesOfTree(pid_t process, const std::filesystem::path& proc = "/proc");

/// The largest resident size that this program itself has had (getrusage also counts what forked it).
std::int64_t ownPeakMemoryBytes();

/// Bytes that programs can still take without swapping, as the kernel estimates; 0 where it does not say.
std::uint64_t availableMemoryBytes();

}  // namespace recontour
