#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/base/child_process.h"
#include "core/base/portable_random.h"

namespace recontour {

/// What reliability_editor said, see there.
struct Said {
  struct Acknowledged {
    std::uint64_t event = 0;
    std::string hash;
  };
  std::vector<std::string> lines;
  std::vector<Acknowledged> acknowledged;
  std::optional<std::string> openedHash;
  double openedMs = 0;
  bool has(const std::string& start) const;                         ///< a line that starts so
  std::optional<std::string> last(const std::string& start) const;  ///< the rest of the last such line
};

/// A run of reliability_editor, or of another program that speaks in lines.
class EditorProcess {
 public:
  struct Options {
    std::uint64_t seed = 1;
    int edits = 100'000;  ///< more than it lives to do
    int grid = 64;
    std::string mode = {};
    std::vector<std::string> environment = {};
  };
  EditorProcess(const std::filesystem::path& folder, const Options& options);
  EditorProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                const ChildProcess::Options& options)
      : process_(program, arguments, options) {}
  /// Reads on until it has said `count` lines that start so, or it ended. @return whether it has
  bool waitFor(const std::string& start, int count = 1);
  /// Waits until it ends by itself. @return "exit 0" where all went well
  std::string finish();
  /// Kills it (SIGKILL) after `microseconds`, and takes in what it still said.
  void killAfter(std::int64_t microseconds);
  const Said& said() const { return said_; }

 private:
  bool read();
  void take(const std::string& line);
  ChildProcess process_;
  Said said_;
};

}  // namespace recontour
