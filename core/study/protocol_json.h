#pragma once
// Private to core/study: parts of a protocol that packages have too.
#include "core/base/json.h"
#include "core/study/study_protocol.h"

namespace recontour {

void to_json(Json& json, const StudyRating& rating);
void from_json(const Json& json, StudyRating& rating);

/// @param what  "study" or "package". @throws Error unless it is an object of this format, of a version up to `newest`
void requireFormat(const Json& json, const std::string& what, int newest, const std::filesystem::path& source);

}  // namespace recontour
