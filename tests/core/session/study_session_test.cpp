// Times of a reading of a study while clocks do what clocks do.
#include <gtest/gtest.h>

#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/session/session_log_reader.h"
#include "tests/core/session/session_fixture.h"

namespace recontour {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

class StudySessionTest : public SessionTest {
 protected:
  /// The pointer moves over a view, seen every half second.
  void look(Session& session, double seconds) {
    for (int i = 0; i <= static_cast<int>(seconds * 2); ++i) {
      if (i > 0) clock.goOn(500);
      session.noteActivity();
    }
  }
  void stroke(Session& session, double seconds) {
    session.beginStroke({.label = session.selectedOrgan(), .radiusMm = 0.5, .ball = false, .erase = false},
                        at({3, 4, 2}));
    clock.goOn(static_cast<std::int64_t>(seconds * 1000));
    session.endStroke();
  }
  EditTimes times(double idleLimitS = 30) const {
    return computeTimes(timedEvents(readSessionLog(log()).events), idleLimitS, Attribution::LookBack);
  }
  /// At most 50 ms and 0.1 % off.
  static void expectSeconds(double found, double truth) { EXPECT_NEAR(found, truth, 0.05 + 0.001 * truth); }
};

TEST_F(StudySessionTest, TimesAreThoseOfTheScriptWhateverTheWallClockDoes) {
  const auto session = open();
  session->selectOrgan(kLiver);
  look(*session, 20);  // before Start
  session->beginReading();
  look(*session, 10);
  clock.setWallForward(kHourMs);  // daylight saving time
  stroke(*session, 400);
  clock.setWallForward(-2 * kHourMs);
  look(*session, 60);
  session->setPaused(true);
  clock.goOn(100'000);
  clock.setWallForward(kHourMs);
  session->setPaused(false);
  look(*session, 5);
  session->noteFocus(false);
  clock.goOn(30'000);
  session->noteFocus(true);
  session->noteAcceptable();
  const std::int64_t formFrom = clock.nowMs;
  clock.goOn(45'000);
  session->noteForm({"after", {{"acceptability", "5"}}, formFrom, clock.nowMs});
  finish(*session);
  const EditTimes found = times();
  expectSeconds(found.total.editS, 400);
  expectSeconds(found.total.inspectS, 75);
  expectSeconds(found.total.pausedS, 100);
  expectSeconds(found.total.awayS, 30);
  expectSeconds(found.total.waitS, 0);
  expectSeconds(found.total.wallS, 605);
  expectSeconds(found.formS, 45);
  EXPECT_FALSE(found.interrupted);
}

TEST_F(StudySessionTest, ASuspendedMachineIsAwayBeyondTheIdleLimit) {
  const auto session = open();
  session->selectOrgan(kLiver);
  session->beginReading();
  look(*session, 20);
  clock.goOn(2 * kHourMs);  // the boot clock runs on, the wall clock too
  look(*session, 10);
  stroke(*session, 3);
  session->noteAcceptable();
  finish(*session);
  for (const double limit : {10.0, 30.0, 120.0}) {
    const EditTimes found = times(limit);
    expectSeconds(found.total.editS, 3);
    expectSeconds(found.total.inspectS, 30 + limit);
    expectSeconds(found.total.awayS, 7200 - limit);
    EXPECT_TRUE(found.interrupted);
  }
}

TEST_F(StudySessionTest, AShortSuspensionInterruptsNothing) {
  const auto session = open();
  session->beginReading();
  look(*session, 20);
  clock.goOn(599'000);
  look(*session, 10);
  session->noteAcceptable();
  finish(*session);
  EXPECT_FALSE(times().interrupted);
  expectSeconds(times().total.inspectS, 60);
  expectSeconds(times().total.awayS, 569);
}

TEST_F(StudySessionTest, ARestartOfTheMachineCountsInNothing) {
  {
    const auto session = open();
    session->beginReading();
    look(*session, 20);
    finish(*session);
  }
  clock.nowMs = 500;  // counts from the machine's start
  clock.setWallForward(kHourMs);
  const auto session = open();
  look(*session, 7);
  session->beginReading();
  look(*session, 10);
  session->noteAcceptable();
  finish(*session);
  expectSeconds(times().total.wallS, 30);
  EXPECT_FALSE(times().interrupted);
}

TEST_F(StudySessionTest, AreAlsoThoseOfTheRunningSession) {
  const auto session = open();
  look(*session, 20);
  session->beginReading();
  look(*session, 10);
  expectSeconds(session->times().total.wallS, 10);
  session->noteAcceptable();
  clock.goOn(50'000);
  expectSeconds(session->times().total.wallS, 10);
  session->beginReading();
  look(*session, 5);
  expectSeconds(session->times().total.wallS, 15);
}

TEST_F(StudySessionTest, ChainHeadIsThatOfTheLastEventOnDisk) {
  const auto session = open();
  session->beginReading();
  session->noteHint({"flags", kLiver, true});
  const ChainHead head = session->chainHead();
  finish(*session);
  const auto events = readSessionLog(log()).events;
  EXPECT_EQ(events.at(head.sequence).type, "hint");
  std::string bytes = readWholeFile(log());
  const auto end = readSessionLog(log()).ends.at(head.sequence);
  Sha256Digest hash{};
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(end) - 32, 32, hash.begin());
  EXPECT_EQ(head.hash, toHex(hash));
  EXPECT_ANY_THROW(open(true)->chainHead());
}

}  // namespace
}  // namespace recontour
