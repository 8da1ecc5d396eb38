#include "tests/reliability/editor_process.h"

#include <algorithm>
#include <chrono>
#include <ranges>
#include <sstream>
#include <thread>

namespace recontour {
namespace {

constexpr int kLongestWaitMs = 120'000;

std::vector<std::string> argumentsOf(const std::filesystem::path& folder, const EditorProcess::Options& options) {
  return {folder.string(), std::to_string(options.seed), std::to_string(options.edits), std::to_string(options.grid),
          options.mode};
}

}  // namespace

bool Said::has(const std::string& start) const { return last(start).has_value(); }

std::optional<std::string> Said::last(const std::string& start) const {
  for (const std::string& line : lines | std::views::reverse)
    if (line.starts_with(start)) return line.substr(start.size());
  return {};
}

EditorProcess::EditorProcess(const std::filesystem::path& folder, const Options& options)
    : process_(RELIABILITY_EDITOR_PROGRAM, argumentsOf(folder, options), {.environment = options.environment}) {}

bool EditorProcess::waitFor(const std::string& start, int count) {
  while (std::ranges::count_if(said_.lines, [&](const auto& line) { return line.starts_with(start); }) < count)
    if (!read()) return false;
  return true;
}

std::string EditorProcess::finish() {
  while (read()) continue;
  return process_.wait();
}

void EditorProcess::killAfter(std::int64_t microseconds) {
  std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
  process_.terminate();
  while (read()) continue;
  process_.wait();
}

bool EditorProcess::read() {
  std::string line;
  if (process_.readLine(line, kLongestWaitMs) != ChildProcess::Read::Line) return false;
  take(line);
  return true;
}

void EditorProcess::take(const std::string& line) {
  std::istringstream words(line);
  std::string what;
  words >> what;
  if (what == "acknowledged") {
    Said::Acknowledged one;
    words >> one.event >> one.hash;
    said_.acknowledged.push_back(one);
  }
  if (what == "opened") words >> said_.openedMs >> said_.openedHash.emplace();
  said_.lines.push_back(line);
}

}  // namespace recontour
