#include "core/session/edit_times.h"

#include <algorithm>

namespace recontour {
namespace {

using Kind = TimedEvent::Kind;
constexpr std::int64_t kInterruptionMs = 600'000;

struct Span {
  std::int64_t from, to;
};

/// Sorted spans without overlaps that answer "is this moment inside".
class Spans {
 public:
  void add(std::int64_t from, std::int64_t to) { spans_.push_back({from, to}); }
  void merge() {
    std::ranges::sort(spans_, {}, &Span::from);
    std::vector<Span> merged;
    for (const Span& span : spans_) {
      if (merged.empty() || span.from > merged.back().to) {
        merged.push_back(span);
      } else {
        merged.back().to = std::max(merged.back().to, span.to);
      }
    }
    spans_ = std::move(merged);
  }
  bool holds(double moment) const {
    const Span* span = lastFrom(moment);
    return span != nullptr && moment < static_cast<double>(span->to);
  }
  /// End of the last span that began before `moment`; `otherwise` when there is none.
  std::int64_t lastEnd(double moment, std::int64_t otherwise) const {
    const Span* span = lastFrom(moment);
    return span == nullptr ? otherwise : span->to;
  }
  const std::vector<Span>& all() const { return spans_; }

 private:
  const Span* lastFrom(double moment) const {
    const auto after =
        std::ranges::upper_bound(spans_, moment, {}, [](const Span& span) { return static_cast<double>(span.from); });
    return after == spans_.begin() ? nullptr : &*std::prev(after);
  }
  std::vector<Span> spans_;
};

/// One opening of the case, from its first moment to its last.
struct Opening {
  std::int64_t from = 0, to = 0;
  bool closed = false;
  std::vector<TimedEvent> events;
};

std::vector<Opening> openingsOf(std::span<const TimedEvent> events, std::optional<std::int64_t> untilMs) {
  std::vector<Opening> openings;
  const bool inStudy = std::ranges::find(events, Kind::Begin, &TimedEvent::kind) != events.end();
  bool counts = false, focused = true;
  Label selected = 0;
  for (const TimedEvent& event : events) {
    if (inStudy && event.kind == Kind::Open) counts = false;  // blank until it begins
    if (event.kind == Kind::Open || event.kind == Kind::FocusGained) focused = true;
    if (event.kind == Kind::FocusLost) focused = false;
    if (event.kind == Kind::Select) selected = event.organ;
    if (event.kind == (inStudy ? Kind::Begin : Kind::Open)) {
      openings.push_back({event.fromMs, event.fromMs, false, {}});
      if (!focused) openings.back().events.push_back({Kind::FocusLost, event.fromMs, event.fromMs, 0});
      if (inStudy) openings.back().events.push_back({Kind::Select, event.fromMs, event.fromMs, selected});
      counts = true;
    }
    if (!counts) continue;
    Opening& opening = openings.back();
    opening.events.push_back(event);
    opening.to = std::max(opening.to, event.toMs);
    opening.closed = event.kind == Kind::Close || event.kind == Kind::Acceptable;
    if (opening.closed) counts = false;
  }
  if (counts && untilMs && !openings.back().closed) {
    openings.back().to = std::max(openings.back().to, *untilMs);
    openings.back().closed = true;
  }
  return openings;
}

/// The work ends with the Accept behind which no stroke follows.
void endAtAccept(std::vector<Opening>& openings) {
  for (auto opening = openings.begin(); opening != openings.end(); ++opening) {
    for (std::size_t i = 0; i < opening->events.size(); ++i) {
      if (opening->events[i].kind != Kind::Accept) continue;
      const auto edits = [](const TimedEvent& event) { return event.kind == Kind::Stroke || event.kind == Kind::Undo; };
      const bool here =
          std::any_of(opening->events.begin() + static_cast<std::ptrdiff_t>(i), opening->events.end(), edits);
      const bool later = std::any_of(std::next(opening), openings.end(),
                                     [&](const Opening& other) { return std::ranges::any_of(other.events, edits); });
      if (here || later) continue;
      opening->to = opening->events[i].toMs;
      opening->closed = true;
      opening->events.resize(i + 1);
      openings.erase(std::next(opening), openings.end());
      return;
    }
  }
}

/// Spans of every state in one opening, and the moments at which the state can change.
class Timeline {
 public:
  Timeline(const Opening& opening, std::int64_t idleMs) : opening_(opening), idleMs_(idleMs) {
    for (const TimedEvent& event : opening.events) collect(event);
    if (pausedSince_ >= 0) paused_.add(pausedSince_, opening.to);
    if (unfocusedSince_ >= 0) unfocused_.add(unfocusedSince_, opening.to);
    for (Spans* spans : {&edit_, &wait_, &paused_, &unfocused_, &activity_, &form_}) spans->merge();
  }

  std::vector<std::int64_t> moments() const {
    std::vector<std::int64_t> cuts = {opening_.from, opening_.to};
    for (const Spans* spans : {&edit_, &wait_, &paused_, &unfocused_, &activity_, &form_}) {
      for (const Span& span : spans->all()) {
        cuts.push_back(span.from);
        cuts.push_back(span.to);
        if (spans == &activity_) cuts.push_back(span.to + idleMs_);
      }
    }
    cuts.push_back(opening_.from + idleMs_);
    // Merged spans have lost where one stroke ends and the next begins, but owners change there.
    for (const TimedEvent& event : opening_.events) {
      if (event.kind == Kind::Select || event.kind == Kind::Stroke) cuts.push_back(event.toMs);
    }
    std::erase_if(cuts, [this](std::int64_t cut) { return cut < opening_.from || cut > opening_.to; });
    std::ranges::sort(cuts);
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    return cuts;
  }

  bool inForm(double moment) const { return form_.holds(moment); }

  /// Where the seconds of a moment go.
  double TimeShare::*state(double moment) const {
    if (edit_.holds(moment)) return &TimeShare::editS;
    if (paused_.holds(moment)) return &TimeShare::pausedS;
    if (wait_.holds(moment)) return &TimeShare::waitS;
    if (unfocused_.holds(moment)) return &TimeShare::awayS;
    const std::int64_t lastActive = activity_.lastEnd(moment, opening_.from);
    if (moment - static_cast<double>(lastActive) > static_cast<double>(idleMs_)) return &TimeShare::awayS;
    return &TimeShare::inspectS;
  }

  bool hasLongGap() const {
    std::int64_t last = opening_.from;
    for (const Span& span : activity_.all()) {
      if (span.from - last > kInterruptionMs) return true;
      last = span.to;
    }
    return opening_.to - last > kInterruptionMs;
  }

 private:
  void collect(const TimedEvent& event) {
    switch (event.kind) {
      case Kind::Stroke:
        edit_.add(event.fromMs, event.toMs);
        break;
      case Kind::Wait:
        wait_.add(event.fromMs, event.toMs);
        return;
      case Kind::Form:
        form_.add(event.fromMs, event.toMs);
        break;
      case Kind::Pause:
        if (pausedSince_ < 0) pausedSince_ = event.fromMs;
        break;
      case Kind::Resume:
        endSpan(paused_, pausedSince_, event.fromMs);
        break;
      case Kind::FocusLost:
        if (unfocusedSince_ < 0) unfocusedSince_ = event.fromMs;
        return;
      case Kind::FocusGained:
        endSpan(unfocused_, unfocusedSince_, event.fromMs);
        break;
      default:
        break;
    }
    activity_.add(event.fromMs, event.toMs);
  }
  static void endSpan(Spans& spans, std::int64_t& since, std::int64_t now) {
    if (since >= 0) spans.add(since, now);
    since = -1;
  }
  const Opening& opening_;
  std::int64_t idleMs_;
  Spans edit_, wait_, paused_, unfocused_, activity_, form_;
  std::int64_t pausedSince_ = -1, unfocusedSince_ = -1;
};

/// Whose a moment is, by events of the right kind: the last Select before it, or the next Stroke's end behind it.
class Owners {
 public:
  Owners(std::span<const TimedEvent> events, Attribution attribution, Label selected)
      : attribution_(attribution), selected_(selected) {
    const Kind wanted = attribution == Attribution::Selected ? Kind::Select : Kind::Stroke;
    std::ranges::copy_if(events, std::back_inserter(events_), [&](const TimedEvent& e) { return e.kind == wanted; });
    std::ranges::stable_sort(events_, {}, &TimedEvent::toMs);  // a span may be written behind one that ended later
  }
  Label at(double moment) const {
    const auto next = std::ranges::upper_bound(events_, moment, {},
                                               [](const TimedEvent& event) { return static_cast<double>(event.toMs); });
    if (attribution_ == Attribution::LookBack) return next == events_.end() ? Label{0} : next->organ;
    return next == events_.begin() ? selected_ : std::prev(next)->organ;
  }
  Label last() const {
    return events_.empty() || attribution_ == Attribution::LookBack ? selected_ : events_.back().organ;
  }

 private:
  Attribution attribution_;
  Label selected_;
  std::vector<TimedEvent> events_;
};

void addShare(TimeShare& share, double TimeShare::*state, double seconds) {
  share.*state += seconds;
  share.wallS += seconds;
}

}  // namespace

EditTimes computeTimes(std::span<const TimedEvent> events, double idleLimitS, Attribution attribution,
                       std::optional<std::int64_t> untilMs) {
  EditTimes times;
  auto openings = openingsOf(events, untilMs);
  endAtAccept(openings);
  Label selected = 0;
  for (const TimedEvent& event : events)
    if (event.kind == Kind::Form) times.formS += static_cast<double>(event.toMs - event.fromMs) / 1000;
  const auto shareOf = [&](Label organ) -> TimeShare& { return organ == 0 ? times.review : times.organs[organ]; };
  for (const Opening& opening : openings) {
    const Timeline timeline(opening, static_cast<std::int64_t>(idleLimitS * 1000));
    const Owners owners(opening.events, attribution, selected);
    const auto moments = timeline.moments();
    for (std::size_t i = 1; i < moments.size(); ++i) {
      const double middle = (static_cast<double>(moments[i - 1]) + static_cast<double>(moments[i])) / 2;
      const double seconds = static_cast<double>(moments[i] - moments[i - 1]) / 1000;
      if (timeline.inForm(middle)) continue;
      const auto state = timeline.state(middle);
      addShare(times.total, state, seconds);
      addShare(shareOf(owners.at(middle)), state, seconds);
    }
    for (const TimedEvent& event : opening.events) {
      if (event.kind == Kind::Stroke) ++times.total.strokes, ++shareOf(event.organ).strokes;
      if (event.kind == Kind::Undo) ++times.total.undos, ++shareOf(event.organ).undos;
    }
    selected = owners.last();
    times.interrupted = times.interrupted || !opening.closed || timeline.hasLongGap();
  }
  return times;
}

}  // namespace recontour
