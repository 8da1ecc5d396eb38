#pragma once
#include "core/base/helper_server.h"

namespace recontour::reader {

/// Does one request of the job protocol (docs/formats/jobs.md): "open" writes a CT's voxels into the job folder,
/// "labels" a label map's. @return the result message without type and id. @throws Error
Json runJob(const Json& request, JobReport& report);

}  // namespace recontour::reader
