#include <algorithm>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "core/base/json.h"
#include "core/session/edit_times.h"

namespace recontour {
namespace {

using Kind = TimedEvent::Kind;

Label organOf(const Json& header) { return header.value("organ", Label{0}); }

/// A span's own times where the event has them, else the moment it was appended.
TimedEvent spanned(Kind kind, const Event& event, const Json& header) {
  const std::int64_t from = header.value("t0", event.timeMs);
  return {kind, from, std::max(from, header.value("t1", event.timeMs)), organOf(header)};
}

std::optional<Kind> kindOf(const Event& event, const Json& header) {
  static const std::unordered_map<std::string, Kind> kKinds = {
      {"open", Kind::Open},          {"close", Kind::Close},
      {"accept", Kind::Accept},      {"select_organ", Kind::Select},
      {"edit", Kind::Stroke},        {"scribble", Kind::Stroke},
      {"scribble_undo", Kind::Undo}, {"scribble_redo", Kind::Undo},
      {"undo", Kind::Undo},          {"redo", Kind::Undo},
      {"look", Kind::Activity},      {"busy", Kind::Wait},
      {"heartbeat", Kind::Activity}, {"pause", Kind::Pause},
      {"resume", Kind::Resume},      {"organ_state", Kind::Activity},
      {"lock", Kind::Activity},      {"comment", Kind::Activity},
      {"check", Kind::Activity},     {"reference", Kind::Activity},
      {"begin", Kind::Begin},        {"acceptable", Kind::Acceptable},
      {"rating", Kind::Form},        {"hint", Kind::Activity}};
  if (event.type == "focus") return header.value("focused", true) ? Kind::FocusGained : Kind::FocusLost;
  if (event.type == "hint" && !header.value("used", true))
    return std::nullopt;  // it was shown, by no act of the reader
  const auto found = kKinds.find(event.type);
  return found == kKinds.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::vector<TimedEvent> timedEvents(std::span<const Event> events) {
  std::vector<TimedEvent> timed;
  for (const Event& event : events) {
    if (event.type == "partial" || event.type == "snapshot") continue;  // many, or large
    const Json header = parseJson(event.header, "event");
    if (const auto kind = kindOf(event, header)) timed.push_back(spanned(*kind, event, header));
  }
  return timed;
}

}  // namespace recontour
