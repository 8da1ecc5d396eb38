#pragma once
// Private to core/session: one event as bytes.
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/sha256.h"
#include "core/session/event.h"

namespace recontour {

struct LogRecord {
  std::string bytes;
  Sha256Digest hash{};
};

/// The event's bytes as they follow an event with hash `previous`.
LogRecord encodeRecord(const Event& event, const Sha256Digest& previous);

struct DecodedRecord {
  Event event;
  Sha256Digest hash{};
  std::size_t bytes = 0;  ///< length of the record
};
/// Reads the record at the start of `bytes`. @param why  set when there is no valid one
std::optional<DecodedRecord> decodeRecord(std::string_view bytes, const Sha256Digest& previous, std::string& why);

/// One event of a log, which lies there from byte `start` to `end`. @throws Error
Event readEvent(const std::filesystem::path& log, std::uint64_t start, std::uint64_t end, std::uint64_t sequence);

}  // namespace recontour
