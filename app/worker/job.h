#pragma once
#include <filesystem>

#include "core/base/json.h"
#include "core/base/progress_sink.h"

namespace recontour::worker {

/// Runs one request of the job protocol (docs/formats/jobs.md): "predict" writes the labels into the job folder,
/// "check" tries a model folder.
/// @param base  folder that relative paths of the request start from
/// @return      the result message, without type and id
/// @throws Error
Json runJob(const Json& request, const std::filesystem::path& base, ProgressSink& progress);

}  // namespace recontour::worker
