#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sha256.h"
#include "core/session/event.h"

namespace recontour {

inline constexpr int kSessionLogVersion = 2;

/// What a log file holds: its longest valid prefix.
struct SessionLogContent {
  std::vector<Event> events;
  std::vector<std::uint64_t> ends;   ///< byte offset after each event
  std::vector<Sha256Digest> hashes;  ///< of each event
  Sha256Digest lastHash{};           ///< of the last event; zeros when there is none
  std::uint64_t validBytes = 0;
  std::uint64_t fileBytes = 0;
  std::optional<std::string> damage;  ///< why the rest could not be read; empty when all of it could
};

/// Reads the events of a log up to the first one that is damaged: wrong length, checksum, hash or sequence.
/// @throws Error when there is no such file or it is no session log at all
SessionLogContent readSessionLog(const std::filesystem::path& file);

/// Takes the records at the start of `bytes` that follow those in `content`; stops at one that is damaged.
/// @return how many bytes that are
std::size_t takeRecords(std::string_view bytes, SessionLogContent& content);

/// The bytes of a log. @throws Error unless it is a regular file that can be read
std::string logBytes(const std::filesystem::path& file);

/// @throws Error unless it begins as a session's log of this version or an older one
void requireSessionLog(const std::filesystem::path& file, const SessionLogContent& content);

/// The log of a session folder, or the file itself when a file is named.
std::filesystem::path sessionLogPath(const std::filesystem::path& sessionFolderOrFile);

}  // namespace recontour
