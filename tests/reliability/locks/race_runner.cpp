// One of several programs that open the same cases at the same moments. Reads a line per race and answers with one:
//   case FOLDER  opens the session: "edits", "reads HOLDER", "refused WHY", or "double" where another one was editing,
//   too lock FOLDER  takes and leaves its lock over and over: "took N", or "double"
#include <iostream>
#include <optional>
#include <string>

#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/session/session.h"
#include "core/session/session_lock.h"
#include "tests/data/small_case.h"

using namespace recontour;

namespace {

/// An editor says so by a link that only one can create; who finds one there is a second editor.
class Mark {
 public:
  explicit Mark(const std::filesystem::path& folder)
      : file_(folder / "editing"), alone_(::symlink("here", file_.c_str()) == 0) {}
  ~Mark() {
    if (alone_) ::unlink(file_.c_str());
  }
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;
  bool alone() const { return alone_; }

 private:
  std::filesystem::path file_;
  bool alone_;
};

std::string edit(Session& session, const std::string& me, int time) {
  const Mark mark(session.folder());
  session.stateOrgan(1, {OrganVerdict::NotContourable, me + ", time " + std::to_string(time)});
  if (!session.flush()) return "failed";
  return mark.alone() ? "edits" : "double";
}

std::string takeAndLeave(const std::filesystem::path& folder) {
  constexpr int kTimes = 10;
  int took = 0;
  for (int time = 0; time < kTimes; ++time) {
    std::optional<std::string> heldBy;
    const auto lock = SessionLock::tryTake(folder, heldBy);
    if (!lock) continue;
    const Mark mark(folder);
    if (!mark.alone()) return "double";
    ++took;
  }
  return "took " + std::to_string(took);
}

std::string openCase(const std::filesystem::path& folder, const std::string& me, int time) {
  const SystemClock clock;
  const auto session =
      Session::open(folder, smallCase(), OrganTable::named("word"), me, clock, {.access = Access::EditOrRead});
  if (!session->readOnly()) return edit(*session, me, time);
  return "reads " + session->heldBy().value_or("nobody");
}

std::string answer(const std::string& line, const std::string& me, int time) {
  const std::string folder = line.substr(5);
  try {
    return line.starts_with("lock ") ? takeAndLeave(folder) : openCase(folder, me, time);
  } catch (const Error& error) {
    return std::string("refused ") + error.what();
  }
}

}  // namespace

int main() {
  const std::string me = std::to_string(::getpid());
  int times = 0;
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(line, me, ++times) << std::endl;
}
