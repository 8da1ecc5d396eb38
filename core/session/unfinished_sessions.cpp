#include "core/session/unfinished_sessions.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/session/session_lock.h"
#include "core/session/session_log_reader.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// Folders of a folder; none where it cannot be read.
std::vector<fs::path> foldersIn(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->is_directory(error)) found.push_back(entry->path());
  }
  return found;
}

std::optional<UnfinishedSession> summaryOf(const fs::path& folder, const std::vector<Event>& events) {
  if (events.empty() || events.front().type != "first" || events.back().type == "close") return {};
  UnfinishedSession session;
  session.folder = folder;
  session.reader = folder.filename().string();
  session.imageHash = Json::parse(events.front().header).value("image_hash", "");
  for (const Event& event : events) {
    if (event.type == "close") session.edits = 0;
    if (event.type == "close") session.last.reset();
    if (event.type != "edit") continue;
    ++session.edits;
    session.last = stepSummaryFrom(Json::parse(event.header), event.wallMs);
  }
  if (!session.last) return {};
  return session;
}

std::optional<UnfinishedSession> unfinishedIn(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder / "lock", error) || SessionLock::heldBy(folder) || SessionLock::heldHere(folder)) return {};
  try {
    return summaryOf(folder, readSessionLog(folder / "session.rclog").events);
  } catch (const std::exception&) {
    return {};  // opening the case says what is wrong with it
  }
}

std::int64_t latestMs(const UnfinishedSession& session) { return session.last ? session.last->wallMs : 0; }

}  // namespace

std::vector<UnfinishedSession> unfinishedSessions(const fs::path& sessions) {
  std::vector<UnfinishedSession> found;
  for (const fs::path& image : foldersIn(sessions)) {
    for (const fs::path& reader : foldersIn(image)) {
      if (auto session = unfinishedIn(reader)) found.push_back(std::move(*session));
    }
  }
  std::ranges::sort(found, std::greater(), latestMs);
  return found;
}

}  // namespace recontour
