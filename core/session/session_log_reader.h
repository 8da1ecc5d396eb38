#pragma once
#include <filesystem>
#include <optional>
#include <string>
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

/// The log of a session folder, or the file itself when a file is named.
std::filesystem::path sessionLogPath(const std::filesystem::path& sessionFolderOrFile);

}  // namespace recontour
