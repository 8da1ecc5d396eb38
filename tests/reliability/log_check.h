#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/session/event.h"
#include "tests/reliability/editor_process.h"

namespace recontour {

/// What a log holds of what was acknowledged, found by replay from its first event.
struct LogCheck {
  bool there = false;    ///< the log can be read at all
  bool damaged = false;  ///< there is something behind its last whole event
  int lost = 0;          ///< acknowledged edits that are not in it, or that do not give the labels that were told
  std::string hash;      ///< of the labels with which it opens
  std::vector<Event> events;
};
LogCheck checkLog(const std::filesystem::path& sessionFolder, const std::vector<Said::Acknowledged>& acknowledged);

/// Runs recontour-cli. @return its exit status, "exit 0" where all went well; what it prints is dropped
std::string commandLine(const std::vector<std::string>& arguments);

}  // namespace recontour
