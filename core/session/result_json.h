#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/image/case.h"
#include "core/session/session.h"

namespace recontour {

/// DSC of one organ against a reference, where there is one.
struct ReferenceFigures {
  Label organ = 0;
  std::optional<double> dscBefore, dscAfter;
};

/// Content of result.json (docs/formats/result.md, schema beside it): who revised what, volumes, voxels changed, times
/// by organ, DSC where given.
/// @param revisionSha256  of revision.nii.gz
std::string resultJson(const Case& opened, const OrganTable& organs, const Session& session,
                       const std::string& revisionSha256, const std::vector<ReferenceFigures>& figures);

}  // namespace recontour
