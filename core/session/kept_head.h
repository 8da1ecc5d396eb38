#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "core/base/sha256.h"
#include "core/session/study_events.h"

namespace recontour {

/// result.json with the log's head at that time, so that a log that is cut or built anew later can be told from it.
std::string withChainHead(const std::string& resultJson, const ChainHead& head);

/// The head that the result.json in a session's folder keeps; none without one, or in an older one.
/// @throws Error when the file is no result
std::optional<ChainHead> headInResult(const std::filesystem::path& sessionFolder);

/// What is wrong with a log that should have this head among its events, one clause; empty when nothing is.
/// @param hashes  of its events
std::string compareWithHead(std::span<const Sha256Digest> hashes, const ChainHead& head);

}  // namespace recontour
