#include "core/session/session_log_reader.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/safe_file.h"
#include "core/session/log_record.h"

namespace recontour {

void requireSessionLog(const std::filesystem::path& file, const SessionLogContent& content) {
  if (content.events.empty()) {
    throw Error(file, "is not a session log, or its first event is damaged (" + content.damage.value_or("empty") + ")",
                "name a session folder or its session.rclog");
  }
  const Json first = parseJson(content.events.front().header, file);
  const Json format = first.contains("format") ? first["format"] : Json();
  if (content.events.front().type != "first" || format != "recontour-session") {
    throw Error(file, "is not a session log", "name a session folder or its session.rclog");
  }
  const Json version = first.contains("version") ? first["version"] : Json(0);
  if (!version.is_number_integer() || version > kSessionLogVersion) {
    throw Error(file, "was written by a newer version of Recontour", "update Recontour");
  }
}

std::size_t takeRecords(std::string_view bytes, SessionLogContent& content) {
  std::string_view rest = bytes;
  std::string why;
  while (!rest.empty()) {
    auto record = decodeRecord(rest, content.lastHash, why);
    if (record && record->event.sequence != content.events.size()) {
      why = "its number is " + std::to_string(record->event.sequence);
      record.reset();
    }
    if (!record) {
      content.damage = "event " + std::to_string(content.events.size()) + " at byte " +
                       std::to_string(content.validBytes) + ": " + why;
      break;
    }
    content.lastHash = record->hash;
    content.validBytes += record->bytes;
    content.ends.push_back(content.validBytes);
    content.hashes.push_back(record->hash);
    content.events.push_back(std::move(record->event));
    rest.remove_prefix(record->bytes);
  }
  return bytes.size() - rest.size();
}

/// A pipe would never end, and a device may not either.
std::string logBytes(const std::filesystem::path& file) {
  std::error_code code;
  const auto status = std::filesystem::status(file, code);
  const bool odd = !code && std::filesystem::exists(status) && !std::filesystem::is_directory(status) &&
                   !std::filesystem::is_regular_file(status);
  if (odd) throw Error(file, "is no ordinary file", "name a session folder or its session.rclog");
  return readWholeFile(file);
}

SessionLogContent readSessionLog(const std::filesystem::path& file) {
  const std::string bytes = logBytes(file);
  SessionLogContent content;
  content.fileBytes = bytes.size();
  takeRecords(bytes, content);
  requireSessionLog(file, content);
  return content;
}

std::filesystem::path sessionLogPath(const std::filesystem::path& sessionFolderOrFile) {
  return std::filesystem::is_directory(sessionFolderOrFile) ? sessionFolderOrFile / "session.rclog"
                                                            : sessionFolderOrFile;
}

}  // namespace recontour
