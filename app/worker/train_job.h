#pragma once
#include <filesystem>

#include "core/base/helper_server.h"
#include "core/base/json.h"

namespace recontour::worker {

/// A "train" request of the job protocol (docs/formats/jobs.md): everything is written into its folder.
/// @param base  folder that relative paths of the request start from
/// @return      the result message, without type and id
/// @throws Error
Json train(const Json& request, const std::filesystem::path& base, JobReport& report);

}  // namespace recontour::worker
