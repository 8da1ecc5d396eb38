// Programs that open one case at the same moment: one edits it, the others read it and say who does.
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <map>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/child_process.h"
#include "core/session/session_log_reader.h"
#include "tests/data/temporary_folder.h"

namespace recontour {
namespace {

constexpr int kRaces = 1000, kRacesPerCase = 20, kPrograms = 3;

/// As a program leaves it that was killed.
void leaveStaleLock(const std::filesystem::path& folder) {
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "lock") << R"({"host":")" << host
                                 << R"(","pid":1,"started":"2026-01-01T00:00:00.000Z","process_start":"another"})";
}

/// Programs that are told of a race one after the other and then listened to.
class Racers {
 public:
  Racers() {
    for (auto& program : programs_) program = std::make_unique<ChildProcess>(RACE_RUNNER, std::vector<std::string>());
  }
  /// @param first  the one that is told first. @return what each answers
  std::array<std::string, kPrograms> run(const std::string& line, int first) {
    std::array<std::string, kPrograms> answers;
    for (int i = 0; i < kPrograms; ++i) programs_[static_cast<std::size_t>((first + i) % kPrograms)]->writeLine(line);
    for (std::size_t i = 0; i < kPrograms; ++i)
      EXPECT_EQ(programs_[i]->readLine(answers[i], 60'000), ChildProcess::Read::Line);
    return answers;
  }

 private:
  std::array<std::unique_ptr<ChildProcess>, kPrograms> programs_;
};

std::size_t statementsIn(const std::filesystem::path& folder) {
  const SessionLogContent content = readSessionLog(folder / "session.rclog");
  EXPECT_FALSE(content.damage.has_value()) << *content.damage;
  return static_cast<std::size_t>(std::ranges::count(content.events, "organ_state", &Event::type));
}

TEST(Locks, OfProgramsThatRaceForACaseOneEdits) {
  const TemporaryFolder folder;
  Racers racers;
  std::map<std::string, int> answers;  // by their first word
  std::size_t editors = 0, written = 0;
  for (int race = 0; race < kRaces; ++race) {
    const auto session = folder / ("case-" + std::to_string(race / kRacesPerCase));
    if (race % 4 != 3) leaveStaleLock(session);
    std::size_t editing = 0;
    for (const std::string& answer : racers.run("case " + session.string(), race)) {
      ++answers[answer.substr(0, answer.find(' '))];
      editing += answer == "edits" ? 1 : 0;
      ASSERT_FALSE(answer.empty() || answer.starts_with("failed") || answer.starts_with("refused")) << answer;
    }
    ASSERT_GE(editing, 1u) << race;
    editors += editing;
    if (race % kRacesPerCase == kRacesPerCase - 1) written += statementsIn(session);
  }
  std::printf(
      "P5 races: %d races, %d double editors (%d programs; %d times a case was edited, %d times only read; "
      "%d events of editors in valid logs)\n",
      kRaces, answers["double"], kPrograms, answers["edits"], answers["reads"], static_cast<int>(written));
  EXPECT_EQ(answers["double"], 0);
  EXPECT_EQ(written, editors);
  EXPECT_GT(answers["reads"], kRaces / 10) << "they hardly met";
}

/// The moment at which one leaves while another one comes is a short one, so it is met often.
TEST(Locks, ThatGoFromProgramToProgramAreNeverHeldTwice) {
  const TemporaryFolder folder;
  Racers racers;
  int took = 0, doubles = 0;
  for (int race = 0; race < kRaces; ++race) {
    if (race % 2 == 0) leaveStaleLock(folder.path());
    for (const std::string& answer : racers.run("lock " + folder.path().string(), race)) {
      doubles += answer == "double" ? 1 : 0;
      if (answer.starts_with("took ")) took += std::stoi(answer.substr(5));
    }
  }
  std::printf("P5 locks: %d races, taken %d times, %d times by two programs\n", kRaces, took, doubles);
  EXPECT_EQ(doubles, 0);
  EXPECT_GT(took, kRaces);
}

}  // namespace
}  // namespace recontour
