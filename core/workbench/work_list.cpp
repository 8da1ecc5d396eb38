#include "core/workbench/work_list.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/io/open_case.h"
#include "core/session/edit_times.h"
#include "core/session/session_log_reader.h"
#include "core/workbench/label_map_beside.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

/// Changes when the file does.
Json stampOf(const fs::path& path) {
  std::error_code ignored;
  const auto bytes = fs::is_regular_file(path, ignored) ? fs::file_size(path, ignored) : 0;
  return {{"bytes", bytes}, {"modified", fs::last_write_time(path, ignored).time_since_epoch().count()}};
}

constexpr const char* kCases = "cases";    // by path
constexpr const char* kSeries = "series";  // by Series Instance UID

/// @param part  kCases or kSeries
Json readIndex(const fs::path& sessions, const char* part) {
  try {
    Json index = readJsonFile(sessions / "cases.json").at(part);
    return index.is_object() ? index : Json::object();
  } catch (const std::exception&) {
    return Json::object();  // no cache yet, or one that is not to be used
  }
}

void writeIndex(const fs::path& sessions, const char* part, Json index) {
  Json document = {{"format", "recontour-cases"}, {"version", 1}};
  for (const char* other : {kCases, kSeries}) document[other] = readIndex(sessions, other);
  document[part] = std::move(index);
  try {
    writeFileSafely(sessions / "cases.json", document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  } catch (const Error&) {  // a cache; the case opens without it
  }
}

std::string knownHash(const fs::path& sessions, const WorkItem& item) {
  const Json index = readIndex(sessions, kSeries);
  const auto entry = index.find(item.series);
  if (entry == index.end() || entry->value("content", "") != item.content) return {};
  return entry->value("image_hash", "");
}

std::string knownHash(const fs::path& sessions, const fs::path& casePath) {
  const Json index = readIndex(sessions, kCases);
  const auto entry = index.find(fs::absolute(casePath).string());
  if (entry == index.end() || entry->value("stamp", Json()) != stampOf(casePath)) return {};
  return entry->value("image_hash", "");
}

bool changesLabels(const Event& event) {
  return event.type == "edit" || event.type == "start" || event.type == "undo" || event.type == "redo";
}

WorkItem::State stateOf(const std::vector<Event>& events) {
  auto state = WorkItem::State::Waiting;
  for (const Event& event : events) {
    if (changesLabels(event)) state = WorkItem::State::Started;
    if (event.type == "accept") state = WorkItem::State::Accepted;
  }
  return state;
}

}  // namespace

std::optional<fs::path> caseOfImage(const fs::path& sessions, const std::string& imageHash) {
  const Json index = readIndex(sessions, kCases);
  for (const auto& [file, entry] : index.items()) {
    const bool same = entry.value("image_hash", "") == imageHash;
    if (same && fs::exists(file) && entry.value("stamp", Json()) == stampOf(file)) return fs::path(file);
  }
  return std::nullopt;
}

std::optional<fs::path> lastPlaceOfImage(const fs::path& sessions, const std::string& imageHash) {
  if (auto file = caseOfImage(sessions, imageHash)) return file;
  const Json cases = readIndex(sessions, kCases), series = readIndex(sessions, kSeries);
  for (const auto& [file, entry] : cases.items()) {
    if (entry.value("image_hash", "") == imageHash) return fs::path(file);
  }
  for (const auto& [uid, entry] : series.items()) {
    if (entry.value("image_hash", "") == imageHash) return fs::path(entry.value("path", ""));
  }
  return std::nullopt;
}

void rememberImage(const fs::path& sessions, const fs::path& casePath, const std::string& imageHash) {
  Json index = readIndex(sessions, kCases);
  Json entry = {{"image_hash", imageHash}, {"stamp", stampOf(casePath)}};
  Json& place = index[fs::absolute(casePath).string()];
  if (place == entry) return;
  place = std::move(entry);
  writeIndex(sessions, kCases, std::move(index));
}

void rememberSeries(const fs::path& sessions, const WorkItem& item, const std::string& imageHash) {
  Json index = readIndex(sessions, kSeries);
  Json entry = {{"image_hash", imageHash}, {"content", item.content}, {"path", fs::absolute(item.path).string()}};
  Json& place = index[item.series];
  if (place == entry) return;
  place = std::move(entry);
  writeIndex(sessions, kSeries, std::move(index));
}

bool isReaderName(const std::string& reader) {
  const auto isPlain = [](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.');
  };
  return !reader.empty() && reader.size() <= 64 && reader.front() != '.' && std::ranges::all_of(reader, isPlain);
}

fs::path sessionFolderOf(const fs::path& sessions, const std::string& imageHash, const std::string& reader) {
  if (!isReaderName(reader)) {
    throw Error("'" + reader.substr(0, 40) + "' cannot name a reader; use 1 to 64 letters, digits, '-', '_' and '.', " +
                "with another than '.' first");
  }
  return sessions / imageHash.substr(0, 16) / reader;
}

namespace {

/// @param hash  of its image; empty when it is not known
WorkItem withProgress(WorkItem item, const fs::path& sessions, const std::string& reader, const std::string& hash) {
  item.state = WorkItem::State::Waiting;
  item.activeSeconds = 0;
  const fs::path log = sessionFolderOf(sessions, hash, reader) / "session.rclog";
  if (hash.empty() || !fs::exists(log)) return item;
  try {
    const auto events = readSessionLog(log).events;
    item.state = stateOf(events);
    item.activeSeconds = computeTimes(timedEvents(events), 30, Attribution::Selected).total.activeS();
  } catch (const Error&) {
    item.state = WorkItem::State::Started;  // opening the case will say what is wrong with its log
  }
  return item;
}

}  // namespace

WorkItem workItemOf(const fs::path& sessions, const std::string& reader, const fs::path& casePath) {
  WorkItem item;
  item.path = casePath;
  item.name = caseName(casePath);
  return withProgress(std::move(item), sessions, reader, knownHash(sessions, casePath));
}

WorkItem workItemOf(const fs::path& sessions, const std::string& reader, WorkItem item) {
  if (item.series.empty()) return workItemOf(sessions, reader, item.path);
  const std::string hash = knownHash(sessions, item);
  return withProgress(std::move(item), sessions, reader, hash);
}

std::vector<WorkItem> workListOf(const fs::path& folder, const fs::path& sessions, const std::string& reader) {
  std::vector<fs::path> cases = casesIn(folder);
  dropLabelMaps(cases);
  std::vector<WorkItem> items;
  for (const fs::path& path : cases) items.push_back(workItemOf(sessions, reader, path));
  return items;
}

}  // namespace recontour
