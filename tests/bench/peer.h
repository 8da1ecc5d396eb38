#pragma once
#include <string>
#include <vector>

namespace recontour::bench {

/// Exit status of a benchmark whose data or peer is not there.
inline constexpr int kNotAvailable = 77;

/// True when the peers' Python has this module.
bool peerHas(const std::string& module);
/// Runs a Python script of this folder. @return the lines it printed; empty when it failed
std::vector<std::string> runPeer(const std::string& script, const std::vector<std::string>& arguments);

}  // namespace recontour::bench
