// The definitions of docs/formats/session-log.md, "Times", on event lists that can be added up by hand.
#include "core/session/edit_times.h"

#include <gtest/gtest.h>

namespace recontour {
namespace {

using Kind = TimedEvent::Kind;
constexpr Label kLiver = 1, kSpleen = 2;

TimedEvent moment(Kind kind, double atS, Label organ = 0) {
  const auto ms = static_cast<std::int64_t>(atS * 1000);
  return {kind, ms, ms, organ};
}
TimedEvent span(Kind kind, double fromS, double toS, Label organ = 0) {
  return {kind, static_cast<std::int64_t>(fromS * 1000), static_cast<std::int64_t>(toS * 1000), organ};
}
EditTimes times(const std::vector<TimedEvent>& events, double idleS = 30, Attribution who = Attribution::Selected) {
  return computeTimes(events, idleS, who);
}
void expectSumsToWall(const TimeShare& t) {
  EXPECT_NEAR(t.wallS, t.editS + t.inspectS + t.waitS + t.awayS + t.pausedS, 1e-9);
}

TEST(EditTimes, EveryMomentIsExactlyOneOfFive) {
  const auto t = times({moment(Kind::Open, 0), span(Kind::Activity, 0, 5), span(Kind::Stroke, 5, 8, kLiver),
                        moment(Kind::Pause, 10), moment(Kind::Resume, 14), span(Kind::Wait, 15, 18),
                        moment(Kind::FocusLost, 20), moment(Kind::FocusGained, 26), moment(Kind::Close, 30)})
                     .total;
  EXPECT_DOUBLE_EQ(t.wallS, 30);
  EXPECT_DOUBLE_EQ(t.editS, 3);
  EXPECT_DOUBLE_EQ(t.pausedS, 4);
  EXPECT_DOUBLE_EQ(t.waitS, 3);
  EXPECT_DOUBLE_EQ(t.awayS, 6);
  EXPECT_DOUBLE_EQ(t.inspectS, 14);
  EXPECT_DOUBLE_EQ(t.activeS(), 17);
  expectSumsToWall(t);
}

TEST(EditTimes, SilenceBeyondTheIdleLimitIsAway) {
  const std::vector<TimedEvent> events = {moment(Kind::Open, 0), span(Kind::Stroke, 2, 5, kLiver),
                                          span(Kind::Activity, 5, 6), moment(Kind::Close, 100)};
  const auto thirty = times(events, 30).total;
  EXPECT_DOUBLE_EQ(thirty.editS, 3);
  EXPECT_DOUBLE_EQ(thirty.inspectS, 33);  // 0..2 and 5..36
  EXPECT_DOUBLE_EQ(thirty.awayS, 64);
  const auto ten = times(events, 10).total;
  EXPECT_DOUBLE_EQ(ten.inspectS, 13);
  const auto long120 = times(events, 120).total;
  EXPECT_DOUBLE_EQ(long120.inspectS, 97);
  for (const auto& t : {thirty, ten, long120}) expectSumsToWall(t);
}

TEST(EditTimes, AStrokeLongerThanTheIdleLimitIsAllEditing) {
  const auto t = times({moment(Kind::Open, 0), span(Kind::Stroke, 1, 71, kLiver), moment(Kind::Close, 72)}).total;
  EXPECT_DOUBLE_EQ(t.editS, 70);
  EXPECT_DOUBLE_EQ(t.activeS(), 72);
  EXPECT_DOUBLE_EQ(t.awayS, 0);
}

TEST(EditTimes, BelongToTheSelectedOrgan) {
  const auto t = times({moment(Kind::Open, 0), moment(Kind::Select, 0, kLiver), span(Kind::Stroke, 4, 6, kLiver),
                        moment(Kind::Select, 10, kSpleen), span(Kind::Stroke, 12, 13, kSpleen),
                        moment(Kind::Undo, 14, kSpleen), moment(Kind::Close, 15)});
  EXPECT_DOUBLE_EQ(t.organs.at(kLiver).wallS, 10);
  EXPECT_DOUBLE_EQ(t.organs.at(kLiver).editS, 2);
  EXPECT_DOUBLE_EQ(t.organs.at(kSpleen).wallS, 5);
  EXPECT_EQ(t.organs.at(kSpleen).strokes, 1);
  EXPECT_EQ(t.organs.at(kSpleen).undos, 1);
  EXPECT_DOUBLE_EQ(t.review.wallS, 0);
}

TEST(EditTimes, OrLookingBackToTheOrganOfTheStrokeThatFollows) {
  const auto t = times({moment(Kind::Open, 0), moment(Kind::Select, 0, kLiver), span(Kind::Stroke, 4, 6, kLiver),
                        span(Kind::Stroke, 12, 13, kSpleen), moment(Kind::Close, 20)},
                       30, Attribution::LookBack);
  EXPECT_DOUBLE_EQ(t.organs.at(kLiver).wallS, 6);
  EXPECT_DOUBLE_EQ(t.organs.at(kSpleen).wallS, 7);
  EXPECT_DOUBLE_EQ(t.review.wallS, 7);  // after the last stroke
}

TEST(EditTimes, OrgansAndReviewAddUpToTheActiveTimeForBoth) {
  const std::vector<TimedEvent> events = {moment(Kind::Open, 0),
                                          moment(Kind::Select, 1, kLiver),
                                          span(Kind::Stroke, 4, 6, kLiver),
                                          span(Kind::Stroke, 6, 7, kSpleen),
                                          moment(Kind::Select, 10, kSpleen),
                                          moment(Kind::FocusLost, 11),
                                          moment(Kind::FocusGained, 13),
                                          span(Kind::Stroke, 14, 15, kLiver),
                                          moment(Kind::Close, 80)};
  for (const auto who : {Attribution::Selected, Attribution::LookBack}) {
    const auto t = times(events, 30, who);
    double active = t.review.activeS();
    for (const auto& [organ, share] : t.organs) active += share.activeS();
    EXPECT_NEAR(active, t.total.activeS(), 1e-9);
  }
}

TEST(EditTimes, StrokesThatTouchKeepTheirOwnOrgans) {
  const auto t = times({moment(Kind::Open, 0), span(Kind::Stroke, 0, 2, kLiver), span(Kind::Stroke, 2, 5, kSpleen),
                        moment(Kind::Close, 5)},
                       30, Attribution::LookBack);
  EXPECT_DOUBLE_EQ(t.organs.at(kLiver).editS, 2);
  EXPECT_DOUBLE_EQ(t.organs.at(kSpleen).editS, 3);
}

TEST(EditTimes, EndWithAccept) {
  const auto t = times({moment(Kind::Open, 0), span(Kind::Stroke, 1, 2, kLiver), moment(Kind::Accept, 5),
                        span(Kind::Activity, 5, 20), moment(Kind::Close, 20)});
  EXPECT_DOUBLE_EQ(t.total.wallS, 5);
  EXPECT_FALSE(t.interrupted);
}

TEST(EditTimes, GoOnWhenEditedAfterAccept) {
  const auto t = times({moment(Kind::Open, 0), moment(Kind::Accept, 5), moment(Kind::Close, 6), moment(Kind::Open, 100),
                        span(Kind::Stroke, 103, 104, kLiver), moment(Kind::Close, 106)});
  EXPECT_DOUBLE_EQ(t.total.wallS, 12);
}

TEST(EditTimes, BetweenCloseAndTheNextOpeningCountInNothing) {
  const auto t =
      times({moment(Kind::Open, 0), moment(Kind::Close, 10), moment(Kind::Open, 5000), moment(Kind::Close, 5003)});
  EXPECT_DOUBLE_EQ(t.total.wallS, 13);
  EXPECT_FALSE(t.interrupted);
}

TEST(EditTimes, SurviveARestartOfTheMachine) {
  const auto t =
      times({moment(Kind::Open, 9000), moment(Kind::Close, 9010), moment(Kind::Open, 20), moment(Kind::Close, 25)});
  EXPECT_DOUBLE_EQ(t.total.wallS, 15);
}

TEST(EditTimes, TellAnInterruption) {
  EXPECT_TRUE(times({moment(Kind::Open, 0), span(Kind::Stroke, 1, 2, kLiver)}).interrupted);  // no close: a crash
  EXPECT_TRUE(times({moment(Kind::Open, 0), moment(Kind::Activity, 700), moment(Kind::Close, 701)}).interrupted);
  EXPECT_FALSE(times({moment(Kind::Open, 0), moment(Kind::Activity, 500), moment(Kind::Close, 900)}).interrupted);
}

TEST(EditTimes, ARunningSessionCountsUntilNow) {
  const std::vector<TimedEvent> events = {moment(Kind::Open, 0), span(Kind::Stroke, 1, 2, kLiver)};
  const auto t = computeTimes(events, 30, Attribution::Selected, 12'000);
  EXPECT_DOUBLE_EQ(t.total.wallS, 12);
  EXPECT_FALSE(t.interrupted);
}

TEST(EditTimesOfAStudy, CountNothingWhileTheCaseIsBlank) {
  const auto t = times({moment(Kind::Open, 0), span(Kind::Activity, 0, 50), moment(Kind::Begin, 60),
                        span(Kind::Stroke, 61, 63, kLiver), moment(Kind::Acceptable, 70), span(Kind::Activity, 70, 90),
                        moment(Kind::Accept, 91), moment(Kind::Close, 95)});
  EXPECT_DOUBLE_EQ(t.total.wallS, 10);
  EXPECT_DOUBLE_EQ(t.total.editS, 2);
  EXPECT_DOUBLE_EQ(t.total.inspectS, 8);
  EXPECT_FALSE(t.interrupted);
}

TEST(EditTimesOfAStudy, CountNothingWhereItNeverBegan) {
  // The reader's second opening of the case, after a first one that he read.
  const auto t =
      times({moment(Kind::Open, 0), moment(Kind::Begin, 1), moment(Kind::Acceptable, 5), moment(Kind::Close, 6),
             moment(Kind::Open, 100), span(Kind::Activity, 100, 200), moment(Kind::Close, 210)});
  EXPECT_DOUBLE_EQ(t.total.wallS, 4);
}

TEST(EditTimesOfAStudy, GoOnWhenItBeginsAgain) {
  const auto t = times({moment(Kind::Open, 0), moment(Kind::Begin, 0), moment(Kind::Acceptable, 10),
                        span(Kind::Form, 10, 30), moment(Kind::Begin, 31), span(Kind::Stroke, 32, 34, kLiver),
                        moment(Kind::Acceptable, 36), moment(Kind::Accept, 37), moment(Kind::Close, 38)});
  EXPECT_DOUBLE_EQ(t.total.wallS, 15);
  EXPECT_DOUBLE_EQ(t.formS, 20);
}

TEST(EditTimesOfAStudy, TimeFormsApart) {
  const auto t = times({moment(Kind::Open, 0), moment(Kind::Begin, 0), span(Kind::Form, 0, 8),
                        span(Kind::Activity, 8, 12), moment(Kind::Acceptable, 12), span(Kind::Form, 12, 17),
                        moment(Kind::Accept, 18), moment(Kind::Close, 19)});
  EXPECT_DOUBLE_EQ(t.total.wallS, 4);
  EXPECT_DOUBLE_EQ(t.total.inspectS, 4);
  EXPECT_DOUBLE_EQ(t.formS, 13);
}

TEST(EditTimesOfAStudy, AreInterruptedByACrash) {
  const auto t =
      times({moment(Kind::Open, 0), moment(Kind::Begin, 1), span(Kind::Stroke, 2, 4, kLiver),  // and no close
             moment(Kind::Open, 300), moment(Kind::Begin, 310), moment(Kind::Acceptable, 315),
             moment(Kind::Accept, 316), moment(Kind::Close, 317)});
  EXPECT_TRUE(t.interrupted);
  EXPECT_DOUBLE_EQ(t.total.wallS, 3 + 5);  // the time between counts in nothing
}

TEST(EditTimesOfAStudy, AreInterruptedByALongPause) {
  EXPECT_TRUE(times({moment(Kind::Open, 0), moment(Kind::Begin, 1), moment(Kind::Pause, 5), moment(Kind::Resume, 606),
                     moment(Kind::Acceptable, 607)})
                  .interrupted);
  EXPECT_FALSE(times({moment(Kind::Open, 0), moment(Kind::Begin, 1), moment(Kind::Pause, 5), moment(Kind::Resume, 604),
                      moment(Kind::Acceptable, 607)})
                   .interrupted);
}

TEST(EditTimesOfAStudy, KnowThatTheWindowHadNoFocusWhenItBegan) {
  const auto t = times({moment(Kind::Open, 0), moment(Kind::FocusLost, 1), moment(Kind::Begin, 2),
                        moment(Kind::FocusGained, 6), moment(Kind::Acceptable, 9)});
  EXPECT_DOUBLE_EQ(t.total.awayS, 4);
  EXPECT_DOUBLE_EQ(t.total.inspectS, 3);
}

TEST(EditTimesOfAStudy, BelongToTheOrganThatWasSelectedBeforeItBegan) {
  const auto t = times({moment(Kind::Open, 0), moment(Kind::Select, 1, kSpleen), moment(Kind::Begin, 2),
                        moment(Kind::Select, 7, kLiver), moment(Kind::Acceptable, 9)});
  EXPECT_DOUBLE_EQ(t.organs.at(kSpleen).inspectS, 5);
  EXPECT_DOUBLE_EQ(t.organs.at(kLiver).inspectS, 2);
  EXPECT_DOUBLE_EQ(t.review.wallS, 0);
}

TEST(EditTimesOfAStudy, AHintThatWasOnlyShownIsNoActivity) {
  Event shown, used;
  shown.type = used.type = "hint";
  shown.header = R"({"cue": "flags", "organ": 1, "used": false})";
  used.header = R"({"cue": "flags", "organ": 1, "used": true})";
  EXPECT_EQ(timedEvents(std::vector{shown}).size(), 0U);
  EXPECT_EQ(timedEvents(std::vector{used}).size(), 1U);
}

TEST(EditTimes, LookBackToTheStrokeThatEndsNextWhateverTheirOrderInTheLog) {
  const auto t = times({moment(Kind::Open, 0), span(Kind::Stroke, 10, 12, kSpleen), span(Kind::Stroke, 3, 4, kLiver),
                        moment(Kind::Close, 12)},
                       30, Attribution::LookBack);
  EXPECT_DOUBLE_EQ(t.organs.at(kLiver).wallS, 4);
  EXPECT_DOUBLE_EQ(t.organs.at(kSpleen).wallS, 8);
}

}  // namespace
}  // namespace recontour
