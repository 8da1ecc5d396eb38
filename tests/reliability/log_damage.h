#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace recontour {

/// A log as a failing disk, a crash or a careless hand may leave it.
struct DamagedLog {
  std::string how;
  std::string bytes;
};

/// `count` ways to damage a log: cut at ends of events and one byte beside them, bits flipped, pages of zeros, garbage
/// behind it, events swapped, an empty file, a first event that is none.
/// @param ends  byte offsets after its events
std::vector<DamagedLog> damagedLogs(const std::string& log, const std::vector<std::uint64_t>& ends, int count,
                                    std::uint64_t seed);

/// Events that no damage has reached.
std::size_t intactEvents(const std::string& log, const std::vector<std::uint64_t>& ends, const std::string& damaged);

}  // namespace recontour
