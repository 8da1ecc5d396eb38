#include "core/session/hand_over.h"

#include <algorithm>
#include <array>
#include <span>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/session/replay.h"

namespace recontour {
namespace {

struct Counts {
  std::array<std::int64_t, 256> before{}, after{}, both{};
};

void count(const LabelMap& before, const LabelMap& after, Counts& counts) {
  forEachBrickOfEither(before, after, [&](const Box&, const DenseBox& from, const DenseBox& to) {
    for (std::size_t i = 0; i < from.labels.size(); ++i) {
      ++counts.before[from.labels[i]];
      ++counts.after[to.labels[i]];
      if (from.labels[i] == to.labels[i]) ++counts.both[from.labels[i]];
    }
  });
}

/// What the stay brought to the end of the session so far.
void endStay(ReaderStay& stay, const std::vector<Event>& events, const ReplayedSession& session, double idleLimitS) {
  const auto own = std::span(events).subspan(stay.firstEvent, stay.lastEvent - stay.firstEvent + 1);
  stay.times = computeTimes(timedEvents(own), idleLimitS, Attribution::Selected);
  stay.labels = session.labels;
  for (const CaseComment& comment : session.comments) {
    if (comment.event >= stay.firstEvent) stay.comments.push_back(comment);
  }
}

bool showsContours(const Event& event) {
  if (event.type != "start" && event.type != "reference" && event.type != "scribble" && event.type != "beside")
    return false;
  const Json header = parseJson(event.header, "event");
  if (event.type == "start") return header.value("source", "") != "empty";
  if (event.type == "beside") return header.value("what", "") == "prior";
  if (event.type == "reference") return header.value("shown", true);
  const auto& strokes = header.at("added");
  return header.value("name", "") == "import" || std::ranges::any_of(strokes, [](const Json& stroke) {
           const std::string origin = stroke.value("origin", "");
           return origin == "model" || origin == "grown";
         });
}

}  // namespace

std::vector<ReaderStay> readerStays(const std::vector<Event>& events, double idleLimitS) {
  std::vector<ReaderStay> stays;
  ReplayedSession session;
  session.recall = [&events](std::uint64_t event) { return events.at(event); };
  for (const Event& event : events) {
    applyEvent(session, event);
    boundUndo(session, event.sequence + 1);
    if (event.type == "open" && (stays.empty() || stays.back().reader != session.reader)) {
      if (!stays.empty()) endStay(stays.back(), events, session, idleLimitS);
      stays.push_back({session.reader, stays.empty() ? 0 : event.sequence, 0, {}, {}, {}, {}});
    }
    if (stays.empty()) continue;
    stays.back().lastEvent = event.sequence;
    if (event.type == "check") stays.back().check = session.check;
  }
  if (!stays.empty()) endStay(stays.back(), events, session, idleLimitS);
  return stays;
}

std::map<std::string, std::vector<TimedEvent>> timedEventsByReader(const std::vector<Event>& events) {
  std::map<std::string, std::vector<TimedEvent>> byReader;
  std::string reader;
  for (const Event& event : events) {
    if (event.type == "first" || event.type == "open")
      reader = parseJson(event.header, "event").value("reader", reader);
    const auto timed = timedEvents(std::span(&event, 1));
    auto& own = byReader[reader];
    own.insert(own.end(), timed.begin(), timed.end());
  }
  return byReader;
}

std::vector<OrganDifference> organDifferences(const LabelLayers& before, const LabelLayers& after) {
  Counts counts;
  for (const Label layer : after.numbers()) {
    const bool wasThere = layer == LabelLayers::kOrgans || before.structures()[layer];
    count(wasThere ? before.layer(layer) : LabelMap(after.size()), after.layer(layer), counts);
  }
  std::vector<OrganDifference> differences;
  for (std::size_t label = 1; label < 256; ++label) {
    const auto from = counts.before[label], to = counts.after[label], both = counts.both[label];
    if (from + to == 0) continue;
    differences.push_back({static_cast<Label>(label), from, to, to - both, from - both,
                           2.0 * static_cast<double>(both) / static_cast<double>(from + to)});
  }
  return differences;
}

std::vector<std::uint64_t> eventsThatShowContours(const std::vector<Event>& events) {
  std::vector<std::uint64_t> found;
  for (const Event& event : events) {
    if (showsContours(event)) found.push_back(event.sequence);
  }
  return found;
}

}  // namespace recontour
