#include "core/session/event_lines.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include <nlohmann/json.hpp>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/json.h"

namespace recontour {
namespace {

/// A member as text, whatever it is; nothing where it is missing.
std::string text(const Json& header, const char* name) {
  const auto found = header.find(name);
  if (found == header.end() || found->is_null()) return {};
  return found->is_string() ? found->get<std::string>() : found->dump();
}

std::string seconds(const Json& header) {
  const double from = header.value("t0", 0.0), to = header.value("t1", 0.0);
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.1f s", (to - from) / 1000);
  return digits;
}

bool yes(const Json& header, const char* name) { return header.value(name, false); }

std::string shortHash(const Json& header, const char* name) { return text(header, name).substr(0, 12); }

std::string slices(const Json& header) {
  const auto counted = [&](const char* name) { return std::to_string(header.value(name, 0) + 1); };
  return text(header, "plane") + " slices " + counted("first") + " to " + counted("last") + ", " + seconds(header);
}

std::string answers(const Json& header) {
  std::string told = text(header, "when") + ":";
  const Json given = header.value("answers", Json::object());
  for (const auto& [question, answer] : given.items())
    told += " " + question + " = " + (answer.is_string() ? answer.get<std::string>() : answer.dump()) + ";";
  return told + " " + seconds(header);
}

std::string reasoned(const Json& header, const char* first, const char* second) {
  const std::string reason = text(header, second);
  return text(header, first) + (reason.empty() ? "" : ": " + reason);
}

using Teller = std::string (*)(const Json& header);
const std::map<std::string, Teller>& tellers() {
  static const std::map<std::string, Teller> kTellers = {
      {"first", [](const Json& h) { return text(h, "case") + ", Recontour " + text(h, "app_version"); }},
      {"open", [](const Json& h) { return "by " + text(h, "reader") + ", Recontour " + text(h, "app_version"); }},
      {"start",
       [](const Json& h) { return text(h, "source") + " " + text(h, "name") + ", SHA-256 " + shortHash(h, "sha256"); }},
      {"edit",
       [](const Json& h) {
         return text(h, "name") + ", " + text(h, "voxels") + " voxels, " + seconds(h) +
                (yes(h, "unfinished") ? ", unfinished" : "");
       }},
      {"partial",
       [](const Json& h) {
         return yes(h, "cancelled") ? std::string("cancelled") : text(h, "name") + ", so far " + seconds(h);
       }},
      {"snapshot", [](const Json& h) { return "of all labels, after " + text(h, "depth") + " steps"; }},
      {"scribble", [](const Json& h) { return text(h, "name") + ", " + seconds(h); }},
      {"undo", [](const Json& h) { return "of event " + text(h, "undo"); }},
      {"redo", [](const Json& h) { return "of event " + text(h, "redo"); }},
      {"scribble_undo", [](const Json& h) { return "of event " + text(h, "undo"); }},
      {"scribble_redo", [](const Json& h) { return "of event " + text(h, "redo"); }},
      {"lock", [](const Json& h) { return std::string(yes(h, "locked") ? "locked" : "unlocked"); }},
      {"organ_state", [](const Json& h) { return reasoned(h, "state", "reason"); }},
      {"look", slices},
      {"heartbeat", seconds},
      {"busy", seconds},
      {"focus", [](const Json& h) { return std::string(yes(h, "focused") ? "gained" : "lost"); }},
      {"reference", [](const Json& h) { return std::string(yes(h, "shown") ? "shown" : "hidden"); }},
      {"measure", [](const Json& h) { return text(h, "kind") + ", " + text(h, "plane"); }},
      {"accept", [](const Json& h) { return "revision.nii.gz, SHA-256 " + shortHash(h, "revision_sha256"); }},
      {"comment", [](const Json& h) { return text(h, "text"); }},
      {"check", [](const Json& h) { return (yes(h, "approved") ? "approved " : "returned ") + text(h, "text"); }},
      {"study",
       [](const Json& h) { return "task " + text(h, "task") + ", start map " + shortHash(h, "start_sha256"); }},
      {"rating", answers},
      {"hint", [](const Json& h) { return text(h, "cue") + (yes(h, "used") ? " used" : " shown"); }}};
  return kTellers;
}

std::string whatOf(const std::string& type, const Json& header) {
  const auto teller = tellers().find(type);
  return teller == tellers().end() ? std::string() : teller->second(header);
}

std::string organOf(const Json& header, const OrganTable& organs) {
  const int label = header.value("organ", 0);
  if (label <= 0) return {};
  const Organ* organ = label > 255 ? nullptr : organs.find(static_cast<Label>(label));
  return organ == nullptr ? std::to_string(label) : organ->name;
}

/// One line is one line, whatever a reader wrote.
std::string onOneLine(std::string words) {
  std::ranges::replace_if(
      words, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return words;
}

double secondsBetween(const Event& before, const Event& after) {
  const std::int64_t ms = after.timeMs >= before.timeMs ? after.timeMs - before.timeMs : after.wallMs - before.wallMs;
  return static_cast<double>(std::max<std::int64_t>(ms, 0)) / 1000;
}

}  // namespace

std::vector<EventLine> eventLines(std::span<const Event> events, const OrganTable& organs) {
  std::vector<EventLine> lines;
  double sinceStartS = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    if (i > 0) sinceStartS += secondsBetween(events[i - 1], event);
    try {
      const Json header = parseJson(event.header, "event");
      lines.push_back({event.sequence, sinceStartS, isoTime(event.wallMs), event.type, organOf(header, organs),
                       onOneLine(whatOf(event.type, header))});
    } catch (const Json::exception& error) {
      throw Error("event " + std::to_string(event.sequence) + ": " + error.what());
    }
  }
  return lines;
}

}  // namespace recontour
