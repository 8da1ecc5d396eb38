#pragma once
#include <filesystem>
#include <functional>
#include <vector>

#include "core/session/event.h"

namespace recontour {

/// What someone does who wants to change a log unseen: decodes it, changes its events, and writes it anew with right
/// numbers, checksums and hashes.
void rebuildLog(const std::filesystem::path& log, const std::function<void(std::vector<Event>&)>& change);

/// Sets a member of an event's header. @param json  JSON text
void setMember(Event& event, const char* name, const char* json);

}  // namespace recontour
