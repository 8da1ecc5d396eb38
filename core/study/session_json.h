#pragma once
// Private to core/study.
#include <string>

#include "core/study/study_results.h"

namespace recontour {

/// All of a session but its task and state, as JSON text.
std::string toJson(const StudySession& session);
/// @throws Error
void readJson(const std::string& text, StudySession& session);

}  // namespace recontour
