#include "tests/bench/peer.h"

#include <cstdio>

#include <stdlib.h>

namespace recontour::bench {
namespace {

std::string quoted(const std::string& argument) { return "'" + argument + "' "; }  // ours hold no quotes

}  // namespace

bool peerHas(const std::string& module) {
  return std::system((std::string(RECONTOUR_BENCH_PYTHON " -c 'import ") + module + "' 2> /dev/null").c_str()) == 0;
}

std::vector<std::string> runPeer(const std::string& script, const std::vector<std::string>& arguments) {
  std::string command = quoted(RECONTOUR_BENCH_PYTHON) + quoted(RECONTOUR_BENCH_FOLDER "/" + script);
  for (const std::string& argument : arguments) command += quoted(argument);
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::vector<std::string> lines;
  char line[512];
  while (std::fgets(line, sizeof line, pipe) != nullptr) lines.emplace_back(line);
  return ::pclose(pipe) == 0 ? lines : std::vector<std::string>{};
}

}  // namespace recontour::bench
