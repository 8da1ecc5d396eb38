// D7: every way in which a window or a case is closed loses nothing, not even the stroke that is being drawn.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/session/replay.h"
#include "core/session/session_log_reader.h"
#include "tests/data/temporary_folder.h"
#include "tests/data/virtual_display.h"
#include "tests/reliability/close/closing_window.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

struct ClosePath {
  const char* name;
  int signal = 0;  ///< that ends it
};

/// A program that is ended in one way.
struct Ended {
  int status = -1;
  double seconds = 0;  ///< from the wish to the end
};

pid_t startWindow(const ClosePath& path, const fs::path& sessions, int& output) {
  int ends[2];
  if (::pipe(ends) != 0) return -1;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    const std::string self = fs::read_symlink("/proc/self/exe");
    ::execl(self.c_str(), self.c_str(), "--close-by", path.signal != 0 ? "signal" : path.name, sessions.c_str(),
            nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  output = ends[0];
  return child;
}

Ended endWindow(const ClosePath& path, const fs::path& sessions) {
  int output = -1;
  const pid_t child = startWindow(path, sessions, output);
  std::string said;
  for (char c = 0; said.find("ready\n") == std::string::npos && ::read(output, &c, 1) == 1;) said += c;
  const auto started = std::chrono::steady_clock::now();
  if (path.signal != 0) ::kill(child, path.signal);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(output);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), took.count()};
}

/// The session of the case with the most events: the one that was drawn on.
fs::path drawnSession(const fs::path& sessions) {
  fs::path found;
  std::uintmax_t most = 0;
  for (const auto& entry : fs::recursive_directory_iterator(sessions)) {
    if (entry.path().filename() != "session.rclog" || entry.file_size() <= most) continue;
    most = entry.file_size();
    found = entry.path();
  }
  return found;
}

/// What a path lost, in words; empty when nothing.
std::string lostBy(const ClosePath& path) {
  const TemporaryFolder folder;
  const Ended ended = endWindow(path, folder.path());
  if (ended.status != 0) return "exit status " + std::to_string(ended.status);
  if (ended.seconds > 5) return "took " + std::to_string(ended.seconds) + " s";
  const fs::path log = drawnSession(folder.path());
  if (log.empty()) return "there is no log";
  const SessionLogContent content = readSessionLog(log);
  const auto strokes = std::ranges::count(content.events, "edit", &Event::type);
  if (content.damage) return "the log is damaged: " + *content.damage;
  if (strokes != kStrokesDrawn) return "the log has " + std::to_string(strokes) + " strokes";
  if (content.events.back().type != "close") return "the log ends with " + content.events.back().type;
  if (fs::exists(log.parent_path() / "lock")) return "the lock is still there";
  const LabelMap labels = replay(log).labels.layer(LabelLayers::kOrgans);
  for (int slice = 1; slice <= kStrokesDrawn; ++slice)
    if (labels.at({6, 5, slice}) == 0) return "the stroke on slice " + std::to_string(slice) + " is not there";
  return {};
}

TEST(ClosePaths, LoseNothing) {
  const ClosePath paths[] = {{"window-x"},    {"ctrl-q"},           {"case-switch"},    {"next-case"},
                             {"session-end"}, {"SIGTERM", SIGTERM}, {"SIGINT", SIGINT}, {"SIGHUP", SIGHUP}};
  int kept = 0, all = 0;
  for (const ClosePath& path : paths) {
    const std::string lost = lostBy(path);
    EXPECT_EQ(lost, "") << path.name;
    ++all;
    kept += lost.empty();
  }
  std::printf("D7 close paths: %d of %d lost nothing\n", kept, all);
}

}  // namespace
}  // namespace recontour

int main(int argc, char** argv) {
  if (argc == 4 && std::string(argv[1]) == "--close-by") return recontour::closingWindow(argc, argv, argv[2], argv[3]);
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  const recontour::VirtualDisplay display;
  return RUN_ALL_TESTS();
}
