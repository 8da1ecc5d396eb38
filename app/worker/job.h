#pragma once
#include <filesystem>

#include "core/base/helper_server.h"
#include "core/base/json.h"

namespace recontour::worker {

/// Runs one request of the job protocol (docs/formats/jobs.md): "predict" writes the labels into the job folder,
/// "check" tries a model folder, "train" makes one.
/// @param base  folder that relative paths of the request start from
/// @return      the result message, without type and id
/// @throws Error
Json runJob(const Json& request, const std::filesystem::path& base, JobReport& report);

}  // namespace recontour::worker
