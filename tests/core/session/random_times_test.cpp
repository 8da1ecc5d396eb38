// What holds of the times of any log, on 10,000 of them, and a second way of counting that is too slow to be the first.
#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "core/base/portable_random.h"
#include "core/session/edit_times.h"

namespace recontour {
namespace {

using Kind = TimedEvent::Kind;
constexpr std::array kLimitsS = {10.0, 30.0, 60.0, 120.0};

/// Events as a program might write them, whole seconds apart: spans that began long ago and overlap, pauses and lost
/// focus without an end, crashes, restarts of the machine.
class RandomLog {
 public:
  RandomLog(std::uint64_t seed, bool study) : random_(seed), study_(study) {}

  std::vector<TimedEvent> events() {
    const int openings = 1 + random_.below(3);
    for (int i = 0; i < openings; ++i) opening();
    return std::move(events_);
  }

 private:
  void moment(Kind kind, Label organ = 0) { events_.push_back({kind, now_ * 1000, now_ * 1000, organ}); }
  /// That ended just now or lately.
  void span(Kind kind, int longestS, Label organ = 0) {
    const std::int64_t to = std::max(begun_, now_ - (random_.below(4) == 0 ? random_.below(20) : 0));
    const std::int64_t from = std::max(begun_, to - random_.below(longestS + 1));
    events_.push_back({kind, from * 1000, to * 1000, organ});
  }
  Label organ() { return static_cast<Label>(random_.below(5)); }
  void goOn() { now_ += random_.below(10) == 0 ? random_.below(1200) : random_.below(25); }

  void opening() {
    if (random_.below(5) == 0) now_ = random_.below(50);  // the machine was restarted
    begun_ = now_;
    moment(Kind::Open);
    const int count = random_.below(25);
    if (study_) something(random_.below(3));
    if (study_ && random_.below(8) != 0) begin();
    something(count);
    if (study_ && random_.below(3) != 0) {
      moment(Kind::Acceptable);
      something(random_.below(3));
      if (random_.below(3) == 0) begin(), something(random_.below(5)), moment(Kind::Acceptable);
    }
    if (random_.below(2) == 0) moment(Kind::Accept);
    if (random_.below(5) != 0) moment(Kind::Close);  // else it crashed
    goOn();
  }
  void begin() {
    begun_ = now_;
    moment(Kind::Begin);
  }
  void something(int count) {
    for (int i = 0; i < count; ++i) goOn(), one();
  }
  void one() {
    switch (random_.below(12)) {
      case 0:
      case 1:
        return span(Kind::Stroke, random_.below(6) == 0 ? 600 : 5, organ());
      case 2:
        return span(Kind::Wait, 40);
      case 3:
        return study_ ? span(Kind::Form, 60) : moment(Kind::Undo, organ());
      case 4:
        return moment(Kind::Pause);
      case 5:
        return moment(Kind::Resume);
      case 6:
        return moment(Kind::FocusLost);
      case 7:
        return moment(Kind::FocusGained);
      case 8:
        return moment(Kind::Select, organ());
      case 9:
        return moment(Kind::Undo, organ());
      default:
        return span(Kind::Activity, 30);
    }
  }

  PortableRandom random_;
  bool study_;
  std::int64_t now_ = 100, begun_ = 100;
  std::vector<TimedEvent> events_;
};

constexpr std::array kClasses = {&TimeShare::editS, &TimeShare::inspectS, &TimeShare::waitS, &TimeShare::awayS,
                                 &TimeShare::pausedS};

void expectWhole(const TimeShare& share, const char* whose) {
  double sum = 0;
  for (const auto seconds : kClasses) {
    EXPECT_GE(share.*seconds, 0) << whose;
    sum += share.*seconds;
  }
  EXPECT_NEAR(sum, share.wallS, 1e-6) << whose;
}

/// Organs and review make up the total, in every class.
void expectPartsAddUp(const EditTimes& times) {
  std::vector<TimeShare> parts = {times.review};
  for (const auto& [organ, share] : times.organs) parts.push_back(share);
  TimeShare sum;
  for (const TimeShare& part : parts) {
    expectWhole(part, "an organ");
    for (const auto seconds : kClasses) sum.*seconds += part.*seconds;
    sum.strokes += part.strokes;
    sum.undos += part.undos;
  }
  for (const auto seconds : kClasses) EXPECT_NEAR(sum.*seconds, times.total.*seconds, 1e-6);
  EXPECT_EQ(sum.strokes, times.total.strokes);
  EXPECT_EQ(sum.undos, times.total.undos);
}

TEST(RandomTimes, SumToWallAndToTheirParts) {
  double longest = 0, inForms = 0;
  int interrupted = 0;
  for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
    const auto events = RandomLog(seed, seed % 2 == 1).events();
    for (const auto who : {Attribution::Selected, Attribution::LookBack}) {
      double active = 0, wall = -1;
      for (const double limit : kLimitsS) {
        const EditTimes times = computeTimes(events, limit, who);
        expectWhole(times.total, "the total");
        expectPartsAddUp(times);
        EXPECT_GE(times.total.activeS(), active - 1e-6) << "less active for a longer idle limit";
        EXPECT_NEAR(times.total.wallS, wall < 0 ? times.total.wallS : wall, 1e-6) << "wall depends on the idle limit";
        EXPECT_GE(times.formS, 0);
        active = times.total.activeS();
        wall = times.total.wallS;
        longest = std::max(longest, times.total.editS);
        inForms += times.formS;
        interrupted += times.interrupted;
      }
    }
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(longest, 600);  // else the sequences were tame
  EXPECT_GT(inForms, 0);
  EXPECT_GT(interrupted, 1000);
}

/// Looks at each second by itself, and at each event anew: only of one opening that is closed.
class SlowCount {
 public:
  SlowCount(std::span<const TimedEvent> events, double idleS) : events_(events), idleS_(idleS) {}

  TimeShare total() const {
    TimeShare share;
    for (std::int64_t second = begin(); second < end(); ++second)
      if (!within(Kind::Form, second)) share.*stateOf(second) += 1, share.wallS += 1;
    return share;
  }

 private:
  std::int64_t begin() const { return events_.front().fromMs / 1000; }
  std::int64_t end() const { return events_.back().toMs / 1000; }
  bool within(Kind kind, std::int64_t second) const {
    return std::ranges::any_of(events_, [&](const TimedEvent& event) {
      return event.kind == kind && event.fromMs / 1000 <= second && second < event.toMs / 1000;
    });
  }
  /// Whether of the two kinds `on` was the last one until then.
  bool since(Kind on, Kind off, std::int64_t second) const {
    bool is = false;
    for (const TimedEvent& event : events_)
      if (event.fromMs / 1000 <= second && (event.kind == on || event.kind == off)) is = event.kind == on;
    return is;
  }
  bool idle(std::int64_t second) const {
    std::int64_t last = begin();
    for (const TimedEvent& event : events_) {
      if (event.kind == Kind::Wait || event.kind == Kind::FocusLost || event.fromMs / 1000 > second) continue;
      last = std::max(last, std::min(event.toMs / 1000, second));
    }
    return static_cast<double>(second - last) >= idleS_;
  }
  double TimeShare::*stateOf(std::int64_t second) const {
    if (within(Kind::Stroke, second)) return &TimeShare::editS;
    if (since(Kind::Pause, Kind::Resume, second)) return &TimeShare::pausedS;
    if (within(Kind::Wait, second)) return &TimeShare::waitS;
    if (since(Kind::FocusLost, Kind::FocusGained, second) || idle(second)) return &TimeShare::awayS;
    return &TimeShare::inspectS;
  }
  std::span<const TimedEvent> events_;
  double idleS_;
};

/// Events of a log from its first Open or Begin to the end, as one opening.
std::vector<TimedEvent> oneOpening(std::uint64_t seed, bool study) {
  auto events = RandomLog(seed, study).events();
  const Kind first = study ? Kind::Begin : Kind::Open;
  const auto begin = std::ranges::find(events, first, &TimedEvent::kind);
  if (begin == events.end()) return {};
  std::vector<TimedEvent> kept = {*begin};
  std::int64_t now = begin->fromMs;
  for (auto event = std::next(begin); event != events.end() && event->toMs >= begin->toMs; ++event) {
    using enum Kind;
    if (event->kind == Open || event->kind == Close) break;
    if (event->kind == Begin || event->kind == Accept || event->kind == Acceptable) continue;
    kept.push_back(*event);
    now = std::max(now, event->toMs);
  }
  kept.push_back({study ? Kind::Acceptable : Kind::Close, now, now, 0});
  return kept;
}

TEST(RandomTimes, AreThoseOfCountingSecondBySecond) {
  int counted = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const auto events = oneOpening(seed, seed % 2 == 1);
    if (events.size() < 6) continue;
    for (const double limit : {10.0, 60.0}) {
      const TimeShare slow = SlowCount(events, limit).total();
      const TimeShare fast = computeTimes(events, limit, Attribution::LookBack).total;
      for (const auto seconds : kClasses) EXPECT_NEAR(fast.*seconds, slow.*seconds, 1e-6) << "seed " << seed;
      EXPECT_NEAR(fast.wallS, slow.wallS, 1e-6) << "seed " << seed;
      ++counted;
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(counted, 300);
}

}  // namespace
}  // namespace recontour
