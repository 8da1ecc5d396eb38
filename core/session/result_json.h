#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/image/case.h"
#include "core/session/session.h"

namespace recontour {

/// What the result says of one organ beyond what the session knows.
struct OrganResult {
  Label organ = 0;
  bool seen = false;                          ///< it was looked at whole
  std::optional<double> dscBefore, dscAfter;  ///< against a reference, where there is one
};

/// Content of result.json (docs/formats/result.md, schema beside it): who revised what, volumes, voxels changed, times
/// by organ, DSC where given.
std::string resultJson(const Case& opened, const OrganTable& organs, const Session& session,
                       const WrittenRevision& written, const std::vector<OrganResult>& results);

}  // namespace recontour
