// Edits a session by script until it is killed: reliability_editor FOLDER SEED EDITS GRID [MODE [ELSEWHERE...]]
//   GRID    edge of the grid in voxels, e.g. 64; 512 has 200 slices
//   slow    strokes take up to two seconds, "sample NUMBER MS" tells when by the monotonic clock; accept: the case is
//           accepted after every third edit; quick: waits for the disk only at the end; failing: as accept, but goes on
//           where the disk refuses ("unsaved WHY", "not accepted WHY") and waits at the end until the log has all
//   ELSEWHERE  folders that take what the log's disk refuses; "kept EVENT HASH" at the end where one has it
// Says in lines what it does; "acknowledged EVENT HASH" once the disk has an edit, EVENT being the last event then and
// HASH that of all labels.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/layer_files.h"
#include "core/session/kept_head.h"
#include "core/session/result_json.h"
#include "core/session/session_log_reader.h"
#include "tests/reliability/scripted_editing.h"

namespace recontour {
namespace {

/// In one write, so that a kill leaves the line whole or away.
[[gnu::format(printf, 1, 2)]] void say(const char* format, ...) {
  char line[4096];
  va_list values;
  va_start(values, format);
  const int length = std::vsnprintf(line, sizeof line - 1, format, values);
  va_end(values);
  const auto size = std::min<std::size_t>(static_cast<std::size_t>(length), sizeof line - 2);
  line[size] = '\n';
  if (::write(1, line, size + 1) < 0) std::exit(3);
}

struct Wanted {
  std::filesystem::path folder;
  std::uint64_t seed = 1;
  int edits = 0;
  Case opened;
  std::string mode;
  std::vector<std::filesystem::path> elsewhere;
  bool fails() const { return mode == "failing"; }
  bool accepts() const { return mode == "accept" || fails(); }
};

Wanted wantedFrom(char** argv, int argc) {
  const int edge = std::atoi(argv[4]);
  return {argv[1],
          std::stoull(argv[2]),
          std::atoi(argv[3]),
          scriptedCase({edge, edge, edge == 512 ? 200 : edge / 2}, edge == 512 ? 0.8 : 2),
          argc > 5 ? argv[5] : "",
          {argv + std::min(argc, 6), argv + argc}};
}

void acknowledge(Session& session) {
  if (!session.flush()) throw Error(session.saveState().error.value_or("not saved"));
  say("acknowledged %llu %s", static_cast<unsigned long long>(session.chainHead().sequence),
      labelMapHash(session.labels()).c_str());
}

/// As the workbench does it.
void accept(Session& session, const Wanted& wanted, const OrganTable& organs) {
  say("accepting");
  const auto file = session.folder() / "revision.nii.gz";
  writeLayerFiles(file, session.layers(), organs.overlapping(), wanted.opened.geometry);
  const WrittenRevision written{sha256HexOfFile(file), {}};
  say("revision %s", written.sha256.c_str());
  session.accept(written);
  const std::string result = resultJson(wanted.opened, organs, session, written, {});
  if (!session.flush()) throw Error("not saved");
  const std::string text = withChainHead(result, session.chainHead());
  say("result %s", sha256Hex(text).c_str());
  writeFileSafely(session.folder() / "result.json", text);
  say("accepted");
  acknowledge(session);
}

/// Says where the disk refuses, and goes on.
void acknowledgeOrSayWhyNot(Session& session) {
  try {
    acknowledge(session);
  } catch (const Error& error) {
    say("unsaved %s", error.what());
  }
}

void acceptOrSayWhyNot(Session& session, const Wanted& wanted, const OrganTable& organs) {
  try {
    accept(session, wanted, organs);
  } catch (const Error& error) {
    say("not accepted %s", error.what());
  }
}

ScriptedEditing::Pace paceOf(const Wanted& wanted, const Clock& clock) {
  // Operations on organs that are strewn over a whole large volume take seconds, and a log's length is not theirs.
  if (wanted.mode == "quick") return {.samples = 60, .wholeMaps = false};
  if (wanted.mode != "slow") return {};
  return {.samples = 200,
          .between =
              [&clock](int sample) {
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
                say("sample %d %lld", sample, static_cast<long long>(clock.monotonicMs()));
              },
          .wholeMaps = false};
}

void edit(Session& session, const Wanted& wanted, const OrganTable& organs, const Clock& clock) {
  ScriptedEditing script(session, wanted.opened, wanted.seed, paceOf(wanted, clock));
  for (int i = 0; i < wanted.edits; ++i) {
    if (wanted.mode != "quick") say("begin %d", i);
    script.next();
    if (wanted.mode == "quick") continue;
    say("released %d", i);
    wanted.fails() ? acknowledgeOrSayWhyNot(session) : acknowledge(session);
    if (!wanted.accepts() || i % 3 != 2) continue;
    wanted.fails() ? acceptOrSayWhyNot(session, wanted, organs) : accept(session, wanted, organs);
  }
}

/// Tells of the log's thread; outlives the session.
struct SaveNews {
  std::mutex mutex;
  std::condition_variable changed;
};

/// Waits for the log to take what its disk refused before: it is tried again every two seconds.
/// @param before  events that were there before this program
void endFailing(Session& session, SaveNews& news, std::uint64_t before) {
  constexpr std::chrono::seconds kPatience(5);
  if (!session.flush()) say("unsaved %s", session.saveState().error.value_or("").c_str());
  session.onSaveState([&news] {
    const std::lock_guard lock(news.mutex);
    news.changed.notify_one();
  });
  {
    std::unique_lock lock(news.mutex);
    news.changed.wait_for(lock, kPatience, [&] {
      const Session::SaveState now = session.saveState();
      return !now.error && now.saved == now.appended;
    });
  }
  const Session::SaveState state = session.saveState();
  if (!state.error) return acknowledge(session);
  if (state.elsewhere)
    say("kept %llu %s", static_cast<unsigned long long>(before + state.appended - 1),
        labelMapHash(session.labels()).c_str());
  throw Error(*state.error);
}

std::uint64_t eventsIn(const std::filesystem::path& log) {
  return std::filesystem::exists(log) ? readSessionLog(log).events.size() : 0;
}

void run(const Wanted& wanted) {
  const SystemClock clock;
  const OrganTable organs = OrganTable::named("word");
  const std::uint64_t before = wanted.fails() ? eventsIn(wanted.folder / "session.rclog") : 0;
  say("opening");
  const auto start = std::chrono::steady_clock::now();
  SaveNews news;
  const auto session =
      Session::open(wanted.folder, wanted.opened, organs, "R1", clock, {.elsewhere = wanted.elsewhere});
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  say("opened %.1f %s", took.count(), labelMapHash(session->labels()).c_str());
  for (const auto& note : session->notes()) say("note %s", note.c_str());
  edit(*session, wanted, organs, clock);
  session->close();
  wanted.fails() ? endFailing(*session, news, before) : acknowledge(*session);
  say("closed");
}

}  // namespace
}  // namespace recontour

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  try {
    recontour::run(recontour::wantedFrom(argv, argc));
  } catch (const recontour::Error& error) {
    std::fprintf(stderr, "reliability_editor: %s\n", error.what());
    recontour::say("refused %s", error.what());
    return 1;
  }
}
